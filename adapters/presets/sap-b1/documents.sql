-- One row per journal line of a customer, as the customer receivables ageing of
-- SAP Business One itself reads them: instalments of invoices (SourceLine),
-- credit memos, receipts, journal entries and opening balances. Debit is what
-- the customer owes. A line without a currency of its own is in the company's.
WITH line AS (
	SELECT
		j.TransId, j.Line_ID, j.ShortName, j.TransType, j.CreatedBy, j.BaseRef, j.SourceLine, j.RefDate, j.TaxDate, j.DueDate,
		COALESCE(NULLIF(j.FCCurrency, ''), a.MainCurncy) AS currency,
		CASE WHEN j.FCCurrency <> a.MainCurncy AND j.FCCurrency <> '' THEN COALESCE(j.FCDebit, 0) - COALESCE(j.FCCredit, 0)
			ELSE COALESCE(j.Debit, 0) - COALESCE(j.Credit, 0) END AS amount,
		CASE WHEN j.FCCurrency <> a.MainCurncy AND j.FCCurrency <> '' THEN j.BalFcDeb - j.BalFcCred
			ELSE j.BalDueDeb - j.BalDueCred END AS amount_open,
		j.BalDueDeb - j.BalDueCred AS base_open,
		t.CreateDate, t.UpdateDate
	FROM dbo.OCRD AS c
	JOIN dbo.JDT1 AS j ON j.ShortName = c.CardCode
	JOIN dbo.OJDT AS t ON t.TransId = j.TransId
	CROSS JOIN dbo.OADM AS a
	WHERE c.CardType = 'C'
		AND (COALESCE(j.Debit, 0) <> COALESCE(j.Credit, 0) OR COALESCE(j.FCDebit, 0) <> COALESCE(j.FCCredit, 0))
		AND c.CardCode IN (:customers) --? customers
), settled AS (
	-- Reconciliations change what is open and leave the line's own stamp alone.
	-- Undoing one makes another.
	SELECT
		r.TransId, r.TransRowId,
		MAX(o.CreateDate) AS changed_on,
		MAX(CASE WHEN o.Canceled = 'N' THEN o.ReconDate END) AS settled_on
	FROM dbo.ITR1 AS r
	JOIN dbo.OITR AS o ON o.ReconNum = r.ReconNum
	WHERE o.IsCard = 'C'
		AND r.ShortName IN (:customers) --? customers
	GROUP BY r.TransId, r.TransRowId
)
SELECT
	CONCAT(l.TransId, '/', l.Line_ID) AS id,
	l.ShortName AS customer_id,
	COALESCE(NULLIF(l.BaseRef, ''), CAST(l.TransId AS nvarchar(11))) AS number,
	CASE
		WHEN l.amount < 0 AND l.TransType = '24' THEN 'receipt'
		WHEN l.amount < 0 THEN 'credit_memo'
		WHEN l.TransType IN ('13', '203') THEN 'invoice'
		WHEN l.TransType = '-2' THEN 'opening'
		ELSE 'debit_memo'
	END AS kind,
	CASE WHEN l.TransType = '13' AND l.SourceLine > 0 THEN l.SourceLine ELSE 1 END AS instalment,
	l.TaxDate AS issued_on,
	l.RefDate AS posted_on,
	l.DueDate AS due_on,
	COALESCE(NULLIF(n.ISOCurrCod, ''), l.currency) AS currency,
	l.amount,
	l.amount_open AS [open],
	l.base_open,
	COALESCE(i.NumAtCard, m.NumAtCard) AS po_number,
	i.ShipToCode AS ship_to_id,
	CASE WHEN i.BlockDunn = 'Y' THEN 1 ELSE 0 END AS disputed,
	CASE WHEN i.BlockDunn = 'Y' THEN 'dunning blocked' END AS dispute_reason,
	CASE WHEN i.CANCELED IN ('Y', 'C') OR m.CANCELED IN ('Y', 'C') OR p.Canceled = 'Y' THEN 1 ELSE 0 END AS voided,
	CASE WHEN l.amount_open = 0 THEN COALESCE(s.settled_on, l.RefDate) END AS closed_on,
	g.changed_at
FROM line AS l
LEFT JOIN dbo.OCRN AS n ON n.CurrCode = l.currency
LEFT JOIN settled AS s ON s.TransId = l.TransId AND s.TransRowId = l.Line_ID
LEFT JOIN dbo.OINV AS i ON l.TransType = '13' AND i.DocEntry = l.CreatedBy
LEFT JOIN dbo.ORIN AS m ON l.TransType = '14' AND m.DocEntry = l.CreatedBy
LEFT JOIN dbo.ORCT AS p ON l.TransType = '24' AND p.DocEntry = l.CreatedBy
CROSS APPLY (
	SELECT MAX(v.stamp) AS changed_at
	FROM (VALUES (l.CreateDate), (l.UpdateDate), (s.changed_on), (i.UpdateDate), (m.UpdateDate), (p.UpdateDate)) AS v (stamp)
) AS g
WHERE (
		l.amount_open <> 0
		OR l.amount_open IS NULL
		OR COALESCE(s.settled_on, l.RefDate) >= CAST(:closed_since AS datetime2) --? closed_since
	)
	AND g.changed_at >= :since --? since
	AND CONCAT(l.TransId, '/', l.Line_ID) IN (:ids) --? ids
