-- Amount and Remaining Amount are flow fields: no column holds them. They are
-- sums over the detailed entries, credits below zero already. An open entry
-- without any has no known amount, and is named.
--
-- A column that only newer versions have is written without its table: where
-- the table lacks it, the name falls through to the constant of "older".
SELECT
	e.[Entry No_] AS id,
	e.[Customer No_] AS customer_id,
	e.[Document No_] AS number,
	CASE
		WHEN e.[Document Type] = 1 AND e.[Prepayment] = 1 THEN 'prepayment'
		WHEN e.[Document Type] = 0 AND d.amount >= 0 THEN 'opening'
		WHEN e.[Document Type] = 0 THEN 'receipt'
		ELSE CONVERT(varchar(11), e.[Document Type])
	END AS kind,
	NULLIF(e.[Document Date], '17530101') AS issued_on,
	e.[Posting Date] AS posted_on,
	NULLIF(e.[Due Date], '17530101') AS due_on,
	COALESCE(u.iso, NULLIF(e.[Currency Code], N''), g.lcy) AS currency,
	COALESCE(d.amount, 0) AS amount,
	CASE WHEN e.[Open] = 1 THEN d.remaining ELSE 0 END AS [open],
	CASE WHEN e.[Open] = 1 THEN d.remaining_lcy ELSE 0 END AS base_open,
	e.[External Document No_] AS po_number,
	CASE WHEN e.dispute <> N'' OR e.[On Hold] <> N'' THEN 1 ELSE 0 END AS disputed,
	COALESCE(NULLIF(e.dispute, N''), NULLIF(e.[On Hold], N'')) AS dispute_reason,
	e.[Reversed] AS voided,
	CASE WHEN e.[Open] = 0 THEN COALESCE(NULLIF(e.[Closed at Date], '17530101'), e.[Posting Date]) END AS closed_on
FROM (SELECT N'' AS [Dispute Status], N'' AS [ISO Code], 0 AS [Excluded from calculation]) AS older
CROSS APPLY (
	SELECT
		i.[Entry No_], i.[Customer No_], i.[Document Type], i.[Document No_], i.[Document Date], i.[Posting Date], i.[Due Date],
		i.[Currency Code], i.[Open], i.[On Hold], i.[External Document No_], i.[Prepayment], i.[Reversed], i.[Closed at Date],
		[Dispute Status] AS dispute
	FROM [{{co}}$Cust_ Ledger Entry{{app}}] AS i
	WHERE (
			i.[Open] = 1
			OR i.[Closed at Date] >= CAST(:closed_since AS datetime2) --? closed_since
			OR i.[Closed at Date] = '17530101' AND i.[Posting Date] >= CAST(:closed_since AS datetime2) --? closed_since
		)
		AND ( --? since_no
			i.[timestamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
			OR i.[Entry No_] IN ( --? since_no
				SELECT n.[Cust_ Ledger Entry No_] FROM [{{co}}$Detailed Cust_ Ledg_ Entry{{app}}] AS n --? since_no
				WHERE n.[timestamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
			) --? since_no
		) --? since_no
		AND i.[Customer No_] IN (:customers) --? customers
		AND i.[Entry No_] IN (:ids) --? ids
) AS e
OUTER APPLY (
	SELECT
		SUM(CASE WHEN t.type = 1 THEN t.amount ELSE 0 END) AS amount,
		SUM(CASE WHEN t.excluded = 0 THEN t.amount ELSE 0 END) AS remaining,
		SUM(CASE WHEN t.excluded = 0 THEN t.amount_lcy ELSE 0 END) AS remaining_lcy
	FROM (
		SELECT x.[Entry Type] AS type, x.[Amount] AS amount, x.[Amount (LCY)] AS amount_lcy,
			[Excluded from calculation] AS excluded
		FROM [{{co}}$Detailed Cust_ Ledg_ Entry{{app}}] AS x
		WHERE x.[Cust_ Ledger Entry No_] = e.[Entry No_]
	) AS t
) AS d
OUTER APPLY (
	SELECT NULLIF([ISO Code], N'') AS iso
	FROM [{{co}}$Currency{{app}}] AS y
	WHERE y.[Code] = e.[Currency Code]
) AS u
CROSS JOIN (SELECT MAX(s.[LCY Code]) AS lcy FROM [{{co}}$General Ledger Setup{{app}}] AS s) AS g
