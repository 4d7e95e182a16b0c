-- Amounts have their true sign. Unapplied money stands among the invoices as a
-- credit memo with UnappliedCash; it is a receipt.
--
-- DueDate is that of the earliest instalment that is unpaid, and moves: the
-- instalments of InvcSched do not. What is paid is laid on them, the earliest
-- first; the first also takes what is paid below nothing, the last what is over.
WITH invoice AS (
	SELECT
		h.InvoiceNum, h.CustNum, h.CreditMemo, h.UnappliedCash, h.DebitNote, h.InvoiceDate, h.ApplyDate, h.DueDate, h.CurrencyCode,
		h.DocInvoiceAmt, h.DocInvoiceBal, h.InvoiceBal, h.PONum, h.OrderNum, h.BlockedRemLetters, h.BlockedRemLettersReason, h.ClosedDate,
		h.DocInvoiceAmt - h.DocInvoiceBal AS paid
	FROM Erp.InvcHead AS h
	WHERE h.Company = :company
		AND h.Posted = 1
		AND (
			h.OpenInvoice = 1
			OR COALESCE(h.ClosedDate, h.InvoiceDate) >= CAST(:closed_since AS datetime2) --? closed_since
		)
		AND ( --? since_no
			h.SysRevID > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
			OR h.InvoiceNum IN ( --? since_no
				SELECT n.InvoiceNum FROM Erp.InvcSched AS n --? since_no
				WHERE n.Company = :company AND n.SysRevID > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
			) --? since_no
		) --? since_no
		AND h.CustNum IN (:customers) --? customers
), instalment AS (
	SELECT
		i.InvoiceNum, s.PayDueDate, s.DocPayAmount,
		ROW_NUMBER() OVER (PARTITION BY i.InvoiceNum ORDER BY s.PaySeq) AS number,
		COUNT(*) OVER (PARTITION BY i.InvoiceNum) AS instalments,
		SUM(s.DocPayAmount) OVER (PARTITION BY i.InvoiceNum ORDER BY s.PaySeq ROWS UNBOUNDED PRECEDING) AS upto
	FROM invoice AS i
	LEFT JOIN Erp.InvcSched AS s ON s.Company = :company AND s.InvoiceNum = i.InvoiceNum AND i.CreditMemo = 0
), bounded AS (
	SELECT
		t.InvoiceNum, t.number, t.instalments, t.PayDueDate,
		CASE WHEN t.number = 1 THEN 0 ELSE t.upto - t.DocPayAmount END AS low,
		CASE WHEN t.number = t.instalments THEN i.DocInvoiceAmt ELSE t.upto END AS high
	FROM instalment AS t
	JOIN invoice AS i ON i.InvoiceNum = t.InvoiceNum
), laid AS (
	SELECT
		i.*, b.number, b.instalments, b.PayDueDate, b.high - b.low AS amount,
		b.high - CASE
			WHEN b.number > 1 AND i.paid < b.low THEN b.low
			WHEN b.number < b.instalments AND i.paid > b.high THEN b.high
			ELSE i.paid
		END AS still
	FROM invoice AS i
	JOIN bounded AS b ON b.InvoiceNum = i.InvoiceNum
)
SELECT
	CONCAT(l.InvoiceNum, '/', l.number) AS id,
	l.CustNum AS customer_id,
	l.InvoiceNum AS number,
	CASE
		WHEN l.UnappliedCash = 1 THEN 'receipt'
		WHEN l.DebitNote = 1 THEN 'debit_memo'
		WHEN l.CreditMemo = 1 THEN 'credit_memo'
		ELSE 'invoice'
	END AS kind,
	l.number AS instalment,
	l.InvoiceDate AS issued_on,
	l.ApplyDate AS posted_on,
	COALESCE(l.PayDueDate, l.DueDate) AS due_on,
	l.CurrencyCode AS currency,
	l.amount,
	l.still AS [open],
	CASE
		WHEN l.instalments = 1 THEN l.InvoiceBal
		WHEN l.InvoiceBal = l.DocInvoiceBal THEN l.still
		WHEN l.DocInvoiceBal = 0 THEN 0
		ELSE ROUND(
			l.InvoiceBal * l.still / l.DocInvoiceBal,
			CASE WHEN b.code IN ('CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'UGX', 'VND', 'XAF', 'XOF', 'XPF') THEN 0 ELSE 2 END
		)
	END AS base_open,
	l.PONum AS po_number,
	NULLIF(l.OrderNum, 0) AS order_number,
	l.BlockedRemLetters AS disputed,
	NULLIF(l.BlockedRemLettersReason, N'') AS dispute_reason,
	CASE WHEN l.still = 0 THEN COALESCE(
		l.ClosedDate,
		(SELECT MAX(d.TranDate) FROM Erp.CashDtl AS d WHERE d.Company = :company AND d.InvoiceNum = l.InvoiceNum AND d.Posted = 1 AND d.GainLossType = N''),
		l.InvoiceDate
	) END AS closed_on
FROM laid AS l
CROSS JOIN (SELECT MAX(y.CurrencyCode) AS code FROM Erp.Currency AS y WHERE y.Company = :company AND y.BaseCurr = 1) AS b
WHERE (
		l.still <> 0
		OR 1 = 1 --? closed_since
	)
	AND CONCAT(l.InvoiceNum, '/', l.number) IN (:ids) --? ids
