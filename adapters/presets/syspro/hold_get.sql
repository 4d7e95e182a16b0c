SELECT
	c.CustomerOnHold AS value,
	CONVERT(varchar(20), CONVERT(bigint, c.[TimeStamp])) AS version
FROM ArCustomer AS c
WHERE c.Customer = :customer
