-- A division is always two signs: the key is taken apart, so that the index is
-- used and no other row is touched.
SELECT
	c.CreditHold AS value,
	CONCAT(CONVERT(char(8), c.DateUpdated, 112), '-', c.TimeUpdated) AS version
FROM dbo.AR_Customer AS c
WHERE c.ARDivisionNo = LEFT(:customer, 2) AND c.CustomerNo = SUBSTRING(:customer, 4, 20)
