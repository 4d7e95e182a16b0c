UPDATE Erp.Customer
SET CreditHold = CAST(:value AS bit)
WHERE Company = :company AND CustNum = :customer
	AND CreditHold = CAST(:seen AS bit)
	AND SysRevID = CONVERT(binary(8), CAST(:version AS bigint))
