-- A currency of SAP Business One has a name of the company's own, such as $;
-- its ISO code stands beside it.
SELECT
	DB_NAME() AS id,
	a.CompnyName AS name,
	COALESCE(NULLIF(n.ISOCurrCod, ''), a.MainCurncy) AS base_currency
FROM dbo.OADM AS a
LEFT JOIN dbo.OCRN AS n ON n.CurrCode = a.MainCurncy
