-- Payments and credit memos set against an invoice. The sign of the amount is
-- in no document, so its size is taken. The receipt is no document of its own
-- once it is applied.
SELECT
	CONCAT(p.ARDivisionNo, '/', p.CustomerNo, '/', p.InvoiceNo, '/', p.InvoiceType, '/', CONVERT(char(8), p.TransactionDate, 112), '/',
		p.SequenceNo) AS id,
	CONCAT(p.ARDivisionNo, '/', p.CustomerNo) AS customer_id,
	CAST(NULL AS varchar(40)) AS receipt_id,
	CONCAT(p.ARDivisionNo, '/', p.CustomerNo, '/', p.InvoiceNo, '/', p.InvoiceType, '/', p.InvoiceHistoryHeaderSeqNo) AS document_id,
	'{{currency}}' AS currency,
	ABS(p.TransactionAmt) AS amount,
	p.TransactionDate AS applied_on,
	DATEADD(second, FLOOR(CAST(COALESCE(NULLIF(p.TimeUpdated, ''), '0') AS decimal(9,5)) * 3600), p.DateUpdated) AS changed_at
FROM dbo.AR_Customer AS c
JOIN dbo.AR_TransactionPaymentHistory AS p ON p.ARDivisionNo = c.ARDivisionNo AND p.CustomerNo = c.CustomerNo
LEFT JOIN dbo.AR_OpenInvoice AS o ON o.ARDivisionNo = p.ARDivisionNo AND o.CustomerNo = p.CustomerNo AND o.InvoiceNo = p.InvoiceNo
	AND o.InvoiceType = p.InvoiceType AND o.InvoiceHistoryHeaderSeqNo = p.InvoiceHistoryHeaderSeqNo AND o.Balance <> 0
WHERE p.TransactionType IN ('P', 'C')
	AND p.InvoiceType IN ('IN', 'DM', 'FC', 'BF', 'BC')
	AND (
		o.InvoiceNo IS NOT NULL
		OR p.TransactionDate >= CAST(:closed_since AS datetime2) --? closed_since
	)
	AND DATEADD(second, FLOOR(CAST(COALESCE(NULLIF(p.TimeUpdated, ''), '0') AS decimal(9,5)) * 3600), p.DateUpdated) >= :since --? since
	AND CONCAT(c.ARDivisionNo, '/', c.CustomerNo) IN (:customers) --? customers
