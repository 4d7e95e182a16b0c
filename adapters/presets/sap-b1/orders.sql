-- What SAP Business One itself adds up for its credit check: open orders, and
-- deliveries that are not invoiced.
SELECT
	c.CardCode AS customer_id,
	CONCAT(c.CardCode, '/', v.kind) AS id,
	COALESCE(NULLIF(n.ISOCurrCod, ''), a.MainCurncy) AS currency,
	v.amount
FROM dbo.OCRD AS c
CROSS JOIN dbo.OADM AS a
LEFT JOIN dbo.OCRN AS n ON n.CurrCode = a.MainCurncy
CROSS APPLY (VALUES ('orders', c.OrdersBal), ('deliveries', c.DNotesBal)) AS v (kind, amount)
WHERE c.CardType = 'C' AND v.amount <> 0
