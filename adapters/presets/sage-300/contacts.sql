-- The two addresses of the customer's record. The delivery method says which
-- of them gets invoices and statements: 2 the customer's, 4 the contact's.
SELECT
	RTRIM(c.IDCUST) AS customer_id,
	CONCAT(RTRIM(c.IDCUST), '/contact') AS id,
	CASE WHEN c.DELMETHOD = 4 THEN 'invoice' ELSE 'contact' END AS role,
	c.NAMECTAC AS name,
	c.EMAIL1 AS email,
	c.CTACPHONE AS phone
FROM dbo.ARCUS AS c
WHERE (c.EMAIL1 <> '' OR c.CTACPHONE <> '')
	AND c.IDCUST IN (:customers) --? customers
UNION ALL
SELECT
	RTRIM(c.IDCUST),
	CONCAT(RTRIM(c.IDCUST), '/company'),
	CASE WHEN c.DELMETHOD = 2 THEN 'invoice' ELSE 'company' END,
	c.NAMECUST,
	c.EMAIL2,
	c.TEXTPHON1
FROM dbo.ARCUS AS c
WHERE (c.EMAIL2 <> '' OR c.TEXTPHON1 <> '')
	AND c.IDCUST IN (:customers) --? customers
