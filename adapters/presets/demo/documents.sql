-- One row per instalment of an invoice, per receipt and per credit memo. Money
-- is kept in cents; credits are turned negative here. A receipt that the bank
-- took back is closed and voided.
WITH document AS (
	SELECT
		i.instalment_id AS id, i.customer_id, v.invoice_no AS number, 'invoice' AS kind, i.instalment,
		v.issued_on, v.issued_on AS posted_on, i.due_on, v.currency, i.amount AS amount, i.open_amount AS open,
		v.po_number, v.order_no AS order_number, NULL AS related_id,
		i.disputed_amount, i.dispute_reason, 0 AS voided, i.closed_on, i.changed_at
	FROM invoice_instalment AS i
	JOIN invoice AS v ON v.invoice_no = i.invoice_no
	UNION ALL
	SELECT
		r.receipt_no, r.customer_id, r.receipt_no, 'receipt', 1,
		r.received_on, r.received_on, r.received_on, r.currency, -r.amount, CASE WHEN r.returned THEN 0 ELSE -r.unapplied END,
		r.bank_reference, NULL, NULL,
		0, '', r.returned, r.closed_on, r.changed_at
	FROM receipt AS r
	UNION ALL
	SELECT
		m.memo_no, m.customer_id, m.memo_no, 'credit_memo', 1,
		m.issued_on, m.issued_on, m.issued_on, m.currency, -m.amount, -m.unapplied,
		NULL, NULL, m.instalment_id,
		0, '', 0, m.closed_on, m.changed_at
	FROM credit_memo AS m
)
SELECT
	d.id,
	d.customer_id,
	d.number,
	d.kind,
	d.instalment,
	d.issued_on,
	d.posted_on,
	d.due_on,
	d.currency,
	CASE WHEN d.amount < 0 THEN '-' ELSE '' END || printf('%d.%02d', abs(d.amount) / 100, abs(d.amount) % 100) AS amount,
	CASE WHEN d.open < 0 THEN '-' ELSE '' END || printf('%d.%02d', abs(d.open) / 100, abs(d.open) % 100) AS open,
	CASE WHEN d.open < 0 THEN '-' ELSE '' END || printf('%d.%02d',
		(abs(d.open) * x.rate_e4 + 5000) / 10000 / 100, (abs(d.open) * x.rate_e4 + 5000) / 10000 % 100) AS base_open,
	printf('%d.%04d', x.rate_e4 / 10000, x.rate_e4 % 10000) AS rate,
	d.po_number,
	d.order_number,
	d.related_id,
	d.disputed_amount > 0 AS disputed,
	printf('%d.%02d', d.disputed_amount / 100, d.disputed_amount % 100) AS disputed_amount,
	d.dispute_reason,
	d.voided,
	d.closed_on,
	d.changed_at
FROM document AS d
JOIN customer AS c ON c.customer_id = d.customer_id
JOIN exchange_rate AS x ON x.currency = d.currency
WHERE c.company_id = :company
  AND (d.closed_on IS NULL
    OR d.closed_on >= :closed_since --? closed_since
    OR d.changed_at >= :since --? since
    OR d.id IN (:ids) --? ids
  )
  AND d.changed_at >= :since --? since
  AND d.customer_id IN (:customers) --? customers
  AND d.id IN (:ids) --? ids
