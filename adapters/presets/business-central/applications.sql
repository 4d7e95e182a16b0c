-- An application is two detailed entries: one on the applying ledger entry
-- itself, and one on the other entry, which is taken. Which of the two is the
-- invoice tells the sign: what lowers an invoice is below zero.
--
-- Undoing it adds a pair that mirrors the first and marks both as Unapplied; only
-- the first knows by which entry.
SELECT
	x.[Entry No_] AS id,
	x.[Customer No_] AS customer_id,
	CASE WHEN x.[Amount] < 0 THEN x.[Applied Cust_ Ledger Entry No_] ELSE x.[Cust_ Ledger Entry No_] END AS receipt_id,
	CASE WHEN x.[Amount] < 0 THEN x.[Cust_ Ledger Entry No_] ELSE x.[Applied Cust_ Ledger Entry No_] END AS document_id,
	COALESCE(u.iso, NULLIF(x.[Currency Code], N''), g.lcy) AS currency,
	ABS(x.[Amount]) AS amount,
	x.[Posting Date] AS applied_on,
	x.[Posting Date] AS posted_on,
	x.[Unapplied] AS reversed
FROM (SELECT N'' AS [ISO Code]) AS older
CROSS JOIN [{{co}}$Detailed Cust_ Ledg_ Entry{{app}}] AS x
JOIN [{{co}}$Cust_ Ledger Entry{{app}}] AS a ON a.[Entry No_] = x.[Applied Cust_ Ledger Entry No_]
JOIN [{{co}}$Cust_ Ledger Entry{{app}}] AS b ON b.[Entry No_] = x.[Cust_ Ledger Entry No_]
OUTER APPLY (
	SELECT NULLIF([ISO Code], N'') AS iso
	FROM [{{co}}$Currency{{app}}] AS y
	WHERE y.[Code] = x.[Currency Code]
) AS u
CROSS JOIN (SELECT MAX(s.[LCY Code]) AS lcy FROM [{{co}}$General Ledger Setup{{app}}] AS s) AS g
WHERE x.[Entry Type] = 2
	AND x.[Cust_ Ledger Entry No_] <> x.[Applied Cust_ Ledger Entry No_]
	AND (x.[Unapplied] = 0 OR x.[Unapplied by Entry No_] <> 0)
	-- The amount is the other entry's; it is the invoice's only in one currency.
	AND (x.[Amount] < 0 OR a.[Currency Code] = b.[Currency Code])
	AND ( --? closed_since
		x.[Posting Date] >= CAST(:closed_since AS datetime2) --? closed_since
		OR a.[Open] = 1 OR b.[Open] = 1 --? closed_since
	) --? closed_since
	AND x.[timestamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
	AND x.[Customer No_] IN (:customers) --? customers
