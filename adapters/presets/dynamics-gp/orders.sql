-- Orders and back orders, without tax and freight; quotes, invoices and returns
-- are no orders.
WITH functional AS (
	SELECT MAX(s.FUNLCURR) AS id FROM MC40000 AS s
)
SELECT
	CONCAT(o.SOPTYPE, '|', RTRIM(o.SOPNUMBE)) AS id,
	RTRIM(o.CUSTNMBR) AS customer_id,
	COALESCE(NULLIF(c.ISOCURRC, ''), NULLIF(o.CURNCYID, ''), NULLIF(f.id, ''), '{{currency}}') AS currency,
	CASE WHEN o.CURNCYID IN ('', f.id) THEN o.REMSUBTO ELSE o.OREMSUBT END AS amount
FROM SOP10100 AS o
CROSS JOIN functional AS f
LEFT JOIN [{{system}}].[dbo].[MC40200] AS c ON c.CURNCYID = COALESCE(NULLIF(o.CURNCYID, ''), f.id)
WHERE o.SOPTYPE IN (2, 5) AND o.VOIDSTTS = 0 AND o.CUSTNMBR <> ''
