-- An invoice number is a key only with its customer and document type. There is
-- no due date: it is the invoice's day and the days of its terms.
--
-- InvoiceBal1 is what is open in local currency. CurrencyValue is the whole
-- document in its own; ConvRate leads from there to local, by division where
-- MulDiv is D. What is open of a foreign document is the same part of it as of
-- its local value, so that one nobody has paid anything of is open to the cent.
WITH base AS (
	SELECT '{{currency}}' AS currency
), document AS (
	SELECT
		i.Customer, i.Invoice, i.DocumentType, i.InvoiceDate, i.CustomerPoNumber, i.SalesOrder, i.CurrencyValue, i.InvoiceBal1,
		DATEADD(day, CAST(t.DueDays AS int), i.InvoiceDate) AS due_on,
		COALESCE(NULLIF(i.PostCurrency, ''), b.currency) AS currency,
		CASE WHEN COALESCE(i.PostCurrency, '') IN ('', b.currency) THEN 1 ELSE 0 END AS is_local,
		CASE WHEN i.MulDiv = 'D' THEN ROUND(i.CurrencyValue / NULLIF(i.ConvRate, 0), 2) ELSE ROUND(i.CurrencyValue * NULLIF(i.ConvRate, 0), 2) END AS local_value,
		COALESCE(paid.last_on, i.InvoiceDate) AS last_on
	FROM ArInvoice AS i
	CROSS JOIN base AS b
	LEFT JOIN TblArTerms AS t ON t.TermsCode = i.TermsCode
	OUTER APPLY (
		SELECT MAX(p.JournalDate) AS last_on
		FROM ArInvoicePay AS p
		WHERE p.Customer = i.Customer AND p.Invoice = i.Invoice AND p.DocumentType = i.DocumentType AND i.InvoiceBal1 = 0
	) AS paid
	WHERE 1 = 1
		AND ( --? since_no
			i.[TimeStamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
			OR t.[TimeStamp] > CONVERT(binary(8), CAST(:since_no AS bigint)) --? since_no
		) --? since_no
		AND i.Customer IN (:customers) --? customers
		AND CONCAT(i.Customer, '|', i.Invoice, '|', i.DocumentType) IN (:ids) --? ids
), measured AS (
	SELECT
		d.*,
		CASE
			WHEN d.is_local = 1 THEN d.InvoiceBal1
			WHEN d.InvoiceBal1 = 0 THEN 0
			WHEN d.InvoiceBal1 = d.local_value THEN d.CurrencyValue
			ELSE ROUND(
				d.CurrencyValue * d.InvoiceBal1 / NULLIF(d.local_value, 0),
				CASE WHEN d.currency IN ('CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'UGX', 'VND', 'XAF', 'XOF', 'XPF') THEN 0 ELSE 2 END
			)
		END AS still
	FROM document AS d
)
SELECT
	CONCAT(m.Customer, '|', m.Invoice, '|', m.DocumentType) AS id,
	m.Customer AS customer_id,
	m.Invoice AS number,
	m.DocumentType AS kind,
	m.InvoiceDate AS issued_on,
	m.due_on,
	m.currency,
	CASE WHEN m.DocumentType = 'C' THEN -ABS(m.CurrencyValue) ELSE m.CurrencyValue END AS amount,
	CASE WHEN m.DocumentType = 'C' THEN -ABS(m.still) ELSE m.still END AS [open],
	CASE WHEN m.DocumentType = 'C' THEN -ABS(m.InvoiceBal1) ELSE m.InvoiceBal1 END AS base_open,
	m.CustomerPoNumber AS po_number,
	m.SalesOrder AS order_number,
	CASE WHEN m.InvoiceBal1 = 0 THEN m.last_on END AS closed_on
FROM measured AS m
WHERE (
		m.InvoiceBal1 <> 0
		OR m.InvoiceBal1 IS NULL
		OR m.last_on >= CAST(:closed_since AS datetime2) --? closed_since
		OR m.last_on IS NULL --? closed_since
	)
