-- The address for bills first, then those of the three contacts, which have
-- names and telephones of their own and no e-mail.
SELECT
	a.cust_num AS customer_id,
	CONCAT(a.cust_num, '/', v.id) AS id,
	v.role,
	v.name,
	v.email,
	v.phone
FROM dbo.custaddr_mst AS a
JOIN dbo.customer_mst AS c ON c.site_ref = a.site_ref AND c.cust_num = a.cust_num AND c.cust_seq = a.cust_seq
CROSS APPLY (VALUES
	(0, N'invoice', a.name, COALESCE(NULLIF(a.bill_to_email, ''), a.external_email_addr), NULL),
	(1, N'contact', c.[contact##1], NULL, c.[phone##1]),
	(2, N'contact', c.[contact##2], NULL, c.[phone##2]),
	(3, N'contact', c.[contact##3], NULL, c.[phone##3])
) AS v (id, role, name, email, phone)
WHERE a.site_ref = :company AND a.cust_seq = 0
	AND (v.email <> '' OR v.phone <> '')
	AND a.cust_num IN (:customers) --? customers
