SELECT
	CONVERT(varchar(1), c.CreditHold) AS value,
	CONVERT(varchar(20), CONVERT(bigint, c.SysRevID)) AS version
FROM Erp.Customer AS c
WHERE c.Company = :company AND c.CustNum = :customer
