SELECT
	c.Company AS id,
	c.Name AS name,
	COALESCE(
		(SELECT MAX(y.CurrencyCode) FROM Erp.Currency AS y WHERE y.Company = c.Company AND y.BaseCurr = 1),
		N''
	) AS base_currency
FROM Erp.Company AS c
