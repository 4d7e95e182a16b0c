-- The stamps are of the server's own clock, in hours and their fraction.
UPDATE dbo.AR_Customer
SET CreditHold = :value,
	DateUpdated = CAST(CAST(GETDATE() AS date) AS datetime),
	TimeUpdated = CAST(CAST(DATEDIFF(second, CAST(CAST(GETDATE() AS date) AS datetime), GETDATE()) / 3600.0 AS decimal(7,5)) AS varchar(8))
WHERE ARDivisionNo = LEFT(:customer, 2) AND CustomerNo = SUBSTRING(:customer, 4, 20)
	AND CreditHold = :seen
	AND CONCAT(CONVERT(char(8), DateUpdated, 112), '-', TimeUpdated) = :version
