SELECT
	c.Customer AS customer_id,
	CONCAT(c.Customer, '|card') AS id,
	'invoice' AS role,
	c.Contact AS name,
	c.Email AS email,
	c.Telephone AS phone
FROM ArCustomer AS c
WHERE c.Customer <> ''
	AND (c.Email <> '' OR c.Telephone <> '')
	AND c.[TimeStamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	AND c.Customer IN (:customers) --? customers
