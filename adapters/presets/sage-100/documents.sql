-- What is open, and invoices that were paid and are no longer in the file of
-- open ones. A number is used again after some years: only with the sequence
-- of its history header is it one document. The day of none is 1753-01-01.
--
-- The customers are looked up first, so that the two-part key leads into the
-- indexes of the large tables.
WITH customer AS (
	SELECT c.ARDivisionNo, c.CustomerNo, CONCAT(c.ARDivisionNo, '/', c.CustomerNo) AS id
	FROM dbo.AR_Customer AS c
	WHERE 1 = 1
		AND CONCAT(c.ARDivisionNo, '/', c.CustomerNo) IN (:customers) --? customers
), moved AS (
	-- Payments and credits leave a row; the open one may not carry its own stamp.
	SELECT
		p.ARDivisionNo, p.CustomerNo, p.InvoiceNo, p.InvoiceType, p.InvoiceHistoryHeaderSeqNo,
		MAX(p.TransactionDate) AS last_on,
		MAX(DATEADD(second, FLOOR(CAST(COALESCE(NULLIF(p.TimeUpdated, ''), '0') AS decimal(9,5)) * 3600), p.DateUpdated)) AS stamp
	FROM customer
	JOIN dbo.AR_TransactionPaymentHistory AS p ON p.ARDivisionNo = customer.ARDivisionNo AND p.CustomerNo = customer.CustomerNo
	GROUP BY p.ARDivisionNo, p.CustomerNo, p.InvoiceNo, p.InvoiceType, p.InvoiceHistoryHeaderSeqNo
), item AS (
	SELECT
		customer.id AS customer_id, o.ARDivisionNo, o.CustomerNo, o.InvoiceNo, o.InvoiceType, o.InvoiceHistoryHeaderSeqNo,
		o.InvoiceDate AS issued_on,
		CONVERT(date, o.InvoiceDueDate) AS due_on,
		CASE WHEN o.InvoiceType = 'CM' THEN -ABS(o.Balance) ELSE o.Balance END AS balance,
		DATEADD(second, FLOOR(CAST(COALESCE(NULLIF(o.TimeUpdated, ''), '0') AS decimal(9,5)) * 3600), o.DateUpdated) AS stamp
	FROM customer
	JOIN dbo.AR_OpenInvoice AS o ON o.ARDivisionNo = customer.ARDivisionNo AND o.CustomerNo = customer.CustomerNo
	UNION ALL
	SELECT
		customer.id, h.ARDivisionNo, h.CustomerNo, h.InvoiceNo, h.InvoiceType, h.HeaderSeqNo,
		h.InvoiceDate,
		CONVERT(date, NULLIF(h.InvoiceDueDate, '')),
		0,
		DATEADD(second, FLOOR(CAST(COALESCE(NULLIF(h.TimeUpdated, ''), '0') AS decimal(9,5)) * 3600), h.DateUpdated)
	FROM customer
	JOIN dbo.AR_InvoiceHistoryHeader AS h ON h.ARDivisionNo = customer.ARDivisionNo AND h.CustomerNo = customer.CustomerNo
	WHERE h.InvoiceType IN ('IN', 'CM', 'DM', 'FC')
		AND NOT EXISTS (
			SELECT 1 FROM dbo.AR_OpenInvoice AS o
			WHERE o.ARDivisionNo = h.ARDivisionNo AND o.CustomerNo = h.CustomerNo AND o.InvoiceNo = h.InvoiceNo
				AND o.InvoiceType = h.InvoiceType AND o.InvoiceHistoryHeaderSeqNo = h.HeaderSeqNo
		)
), document AS (
	SELECT
		i.*,
		CONCAT(i.customer_id, '/', i.InvoiceNo, '/', i.InvoiceType, '/', i.InvoiceHistoryHeaderSeqNo) AS id,
		h.CustomerPONo, h.SalesOrderNo, h.ShipToCode,
		CASE WHEN i.InvoiceType = 'CM' THEN -1 ELSE 1 END *
			ABS(h.TaxableSalesAmt + h.NonTaxableSalesAmt - h.DiscountAmt + h.FreightAmt + h.SalesTaxAmt) AS total,
		CASE WHEN i.balance = 0 THEN COALESCE(m.last_on, i.issued_on) END AS closed_on,
		CASE WHEN m.stamp > i.stamp OR i.stamp IS NULL THEN m.stamp ELSE i.stamp END AS changed_at
	FROM item AS i
	LEFT JOIN dbo.AR_InvoiceHistoryHeader AS h ON h.InvoiceNo = i.InvoiceNo AND h.HeaderSeqNo = i.InvoiceHistoryHeaderSeqNo
	LEFT JOIN moved AS m ON m.ARDivisionNo = i.ARDivisionNo AND m.CustomerNo = i.CustomerNo AND m.InvoiceNo = i.InvoiceNo
		AND m.InvoiceType = i.InvoiceType AND m.InvoiceHistoryHeaderSeqNo = i.InvoiceHistoryHeaderSeqNo
)
SELECT
	d.id,
	d.customer_id,
	CONCAT(d.InvoiceNo, '-', d.InvoiceType) AS number,
	d.InvoiceType AS kind,
	1 AS instalment,
	d.issued_on,
	d.due_on,
	'{{currency}}' AS currency,
	COALESCE(d.total, d.balance) AS amount,
	d.balance AS [open],
	d.balance AS base_open,
	d.CustomerPONo AS po_number,
	d.SalesOrderNo AS order_number,
	d.ShipToCode AS ship_to_id,
	d.closed_on,
	d.changed_at
FROM document AS d
WHERE (
		d.balance <> 0
		OR d.balance IS NULL
		OR d.closed_on >= CAST(:closed_since AS datetime2) --? closed_since
	)
	AND d.changed_at >= :since --? since
	AND d.id IN (:ids) --? ids
