-- Each company is a database; the system database names it and knows the ISO
-- code of a currency, whose own code is the site's.
SELECT
	DB_NAME() AS id,
	COALESCE(
		(SELECT MAX(y.CMPNYNAM) FROM [{{system}}].[dbo].[SY01500] AS y WHERE y.INTERID = DB_NAME()),
		DB_NAME()
	) AS name,
	COALESCE(NULLIF(c.ISOCURRC, ''), NULLIF(f.id, ''), '{{currency}}') AS base_currency
FROM (SELECT MAX(s.FUNLCURR) AS id FROM MC40000 AS s) AS f
LEFT JOIN [{{system}}].[dbo].[MC40200] AS c ON c.CURNCYID = f.id
