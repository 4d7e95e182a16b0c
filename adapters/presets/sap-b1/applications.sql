-- SAP Business One says which lines were reconciled together and with how much
-- of each, not which paid which: within a reconciliation the credits of one
-- currency are laid on the debits of that currency, in the order in which they
-- were posted. This also has what never appears among the lines of a payment:
-- manual matches and credit memos.
WITH line AS (
	SELECT
		r.ReconNum, r.TransId, r.TransRowId, r.ShortName, o.ReconDate, j.RefDate,
		CASE WHEN u.CreateDate > o.CreateDate THEN u.CreateDate ELSE o.CreateDate END AS changed_at,
		CASE WHEN u.ReconNum IS NULL THEN 0 ELSE 1 END AS reversed,
		COALESCE(NULLIF(j.FCCurrency, ''), a.MainCurncy) AS currency,
		ABS(CASE WHEN j.FCCurrency <> a.MainCurncy AND j.FCCurrency <> '' THEN r.ReconSumFC ELSE r.ReconSum END) AS amount,
		CASE WHEN COALESCE(j.Debit, 0) < COALESCE(j.Credit, 0) OR COALESCE(j.FCDebit, 0) < COALESCE(j.FCCredit, 0) THEN 1 ELSE 0 END AS is_credit,
		CASE WHEN j.BalDueDeb = j.BalDueCred THEN 0 ELSE 1 END AS is_open
	FROM dbo.OITR AS o
	LEFT JOIN dbo.OITR AS u ON u.ReconNum = o.CancelAbs AND u.ReconNum > o.ReconNum -- what undid it
	JOIN dbo.ITR1 AS r ON r.ReconNum = o.ReconNum
	JOIN dbo.JDT1 AS j ON j.TransId = r.TransId AND j.Line_ID = r.TransRowId
	JOIN dbo.OCRD AS c ON c.CardCode = r.ShortName AND c.CardType = 'C'
	CROSS JOIN dbo.OADM AS a
	WHERE o.IsCard = 'C' AND o.ReconType <> '7'
		AND (o.Canceled = 'N' AND COALESCE(o.CancelAbs, 0) = 0 OR o.Canceled = 'Y' AND u.ReconNum IS NOT NULL)
		AND (o.CreateDate >= :since OR u.CreateDate >= :since) --? since
		AND r.ShortName IN (:customers) --? customers
), summed AS (
	SELECT
		l.*,
		SUM(l.amount) OVER (PARTITION BY l.ReconNum, l.ShortName, l.currency, l.is_credit
			ORDER BY l.RefDate, l.TransId, l.TransRowId ROWS UNBOUNDED PRECEDING) AS upto
	FROM line AS l
), pair AS (
	SELECT
		d.ReconNum, d.ShortName, d.currency, d.ReconDate, d.changed_at, d.reversed, d.is_open,
		c.TransId AS credit_trans, c.TransRowId AS credit_row, d.TransId AS debit_trans, d.TransRowId AS debit_row,
		CASE WHEN d.upto < c.upto THEN d.upto ELSE c.upto END
			- CASE WHEN d.upto - d.amount > c.upto - c.amount THEN d.upto - d.amount ELSE c.upto - c.amount END AS amount
	FROM summed AS d
	JOIN summed AS c ON c.ReconNum = d.ReconNum AND c.ShortName = d.ShortName AND c.currency = d.currency AND c.is_credit = 1
	WHERE d.is_credit = 0
)
SELECT
	CONCAT(p.ReconNum, '/', p.credit_trans, '/', p.credit_row, '/', p.debit_trans, '/', p.debit_row) AS id,
	p.ShortName AS customer_id,
	CONCAT(p.credit_trans, '/', p.credit_row) AS receipt_id,
	CONCAT(p.debit_trans, '/', p.debit_row) AS document_id,
	COALESCE(NULLIF(n.ISOCurrCod, ''), p.currency) AS currency,
	p.amount,
	p.ReconDate AS applied_on,
	p.reversed,
	p.changed_at
FROM pair AS p
LEFT JOIN dbo.OCRN AS n ON n.CurrCode = p.currency
WHERE p.amount > 0
	AND (
		p.is_open = 1
		OR p.ReconDate >= CAST(:closed_since AS datetime2) --? closed_since
	)
