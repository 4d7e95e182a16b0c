-- One row per payment schedule: an instalment of an invoice, a memo, a
-- chargeback, a receipt. Oracle keeps credits and receipts below zero already.
-- Deposits (DEP) and guarantees (GUAR) are left out: a guarantee is not owed.
-- Receipts that nobody has confirmed, or that are of nobody, are left out too.
-- The tables are those of all operating units, with the unit's own number: the
-- names without _ALL show nothing without a responsibility.
SELECT
	d.payment_schedule_id AS id,
	d.customer_id,
	d.trx_number AS "number",
	d.class AS kind,
	COALESCE(d.terms_sequence_number, 1) AS instalment,
	d.trx_date AS issued_on,
	d.gl_date AS posted_on,
	CASE WHEN d.class <> 'PMT' THEN d.due_date END AS due_on,
	d.invoice_currency_code AS currency,
	d.amount_due_original AS amount,
	CASE WHEN d.status = 'OP' THEN d.amount_due_remaining ELSE 0 END AS open,
	CASE WHEN d.status = 'OP' THEN d.acctd_amount_due_remaining ELSE 0 END AS base_open,
	d.exchange_rate AS rate,
	t.purchase_order AS po_number,
	t.ct_reference AS order_number,
	TO_CHAR(d.cons_inv_id) AS consolidation_no,
	CASE WHEN COALESCE(d.amount_in_dispute, 0) > 0 THEN 1 ELSE 0 END AS disputed,
	COALESCE(d.amount_in_dispute, 0) AS disputed_amount,
	CASE WHEN r.status IN ('REV', 'NSF', 'STOP') THEN 1 ELSE 0 END AS voided,
	CASE WHEN d.status = 'CL' THEN d.actual_date_closed END AS closed_on,
	GREATEST(d.last_update_date, COALESCE(t.last_update_date, d.last_update_date), COALESCE(r.last_update_date, d.last_update_date)) AS changed_at
FROM {{schema}}ar_payment_schedules_all d
LEFT JOIN {{schema}}ra_customer_trx_all t ON t.customer_trx_id = d.customer_trx_id
LEFT JOIN {{schema}}ar_cash_receipts_all r ON r.cash_receipt_id = d.cash_receipt_id AND d.class = 'PMT'
WHERE d.org_id = TO_NUMBER(:company)
	AND d.payment_schedule_id > 0
	AND d.customer_id > 0
	AND d.class IN ('INV', 'DM', 'CB', 'CM', 'PMT', 'BR')
	AND COALESCE(d.receipt_confirmed_flag, 'Y') = 'Y'
	AND COALESCE(t.complete_flag, 'Y') = 'Y'
	AND (
		d.status = 'OP'
		OR d.actual_date_closed >= TO_DATE(:closed_since, 'YYYY-MM-DD') --? closed_since
	)
	AND (d.last_update_date >= :since OR t.last_update_date >= :since OR r.last_update_date >= :since) --? since
	AND d.customer_id IN (:customers) --? customers
	AND d.payment_schedule_id IN (:ids) --? ids
