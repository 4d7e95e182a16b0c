-- What is ordered and not shipped, and shipped and not invoiced, tax included.
-- The bill-to customer owes it.
SELECT
	o.number AS id,
	o.customer AS customer_id,
	COALESCE(u.iso, NULLIF(o.currency, N''), g.lcy) AS currency,
	o.amount
FROM (SELECT N'' AS [ISO Code]) AS older
CROSS JOIN (
	SELECT
		l.[Document No_] AS number, l.[Bill-to Customer No_] AS customer, l.[Currency Code] AS currency,
		SUM(l.[Outstanding Amount] + l.[Shipped Not Invoiced]) AS amount
	FROM [{{co}}$Sales Line{{app}}] AS l
	WHERE l.[Document Type] = 1 AND l.[Bill-to Customer No_] <> N''
	GROUP BY l.[Document No_], l.[Bill-to Customer No_], l.[Currency Code]
) AS o
OUTER APPLY (
	SELECT NULLIF([ISO Code], N'') AS iso
	FROM [{{co}}$Currency{{app}}] AS y
	WHERE y.[Code] = o.currency
) AS u
CROSS JOIN (SELECT MAX(s.[LCY Code]) AS lcy FROM [{{co}}$General Ledger Setup{{app}}] AS s) AS g
WHERE o.amount <> 0
