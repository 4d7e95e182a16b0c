-- The address of the customer's own record is where Sage 100 sends documents;
-- the others are persons.
SELECT
	CONCAT(c.ARDivisionNo, '/', c.CustomerNo) AS customer_id,
	CONCAT(c.ARDivisionNo, '/', c.CustomerNo, '/') AS id,
	'invoice' AS role,
	c.CustomerName AS name,
	c.EmailAddress AS email,
	c.TelephoneNo AS phone
FROM dbo.AR_Customer AS c
WHERE (c.EmailAddress <> '' OR c.TelephoneNo <> '')
	AND CONCAT(c.ARDivisionNo, '/', c.CustomerNo) IN (:customers) --? customers
UNION ALL
SELECT
	CONCAT(k.ARDivisionNo, '/', k.CustomerNo),
	CONCAT(k.ARDivisionNo, '/', k.CustomerNo, '/', k.ContactCode),
	k.ContactTitle,
	k.ContactName,
	k.EmailAddress,
	k.TelephoneNo1
FROM dbo.AR_CustomerContact AS k
WHERE (k.EmailAddress <> '' OR k.TelephoneNo1 <> '')
	AND CONCAT(k.ARDivisionNo, '/', k.CustomerNo) IN (:customers) --? customers
