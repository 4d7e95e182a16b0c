-- Each application of a receipt writes counter-rows (UNAPP); only APP says which
-- invoice. Taking one back writes a row of the opposite amount, and neither is
-- displayed any more. Adjustments, which have no receipt, are write-offs; one
-- below zero lowers the invoice.
WITH document AS (
	SELECT d.payment_schedule_id, d.customer_id, d.invoice_currency_code
	FROM {{schema}}ar_payment_schedules_all d
	WHERE d.org_id = TO_NUMBER(:company)
		AND d.payment_schedule_id > 0
		AND d.customer_id > 0
		AND (
			d.status = 'OP'
			OR d.actual_date_closed >= TO_DATE(:closed_since, 'YYYY-MM-DD') --? closed_since
		)
		AND d.customer_id IN (:customers) --? customers
)
SELECT
	'A/' || a.receivable_application_id AS id,
	d.customer_id,
	a.payment_schedule_id AS receipt_id,
	d.payment_schedule_id AS document_id,
	d.invoice_currency_code AS currency,
	a.apply_date AS applied_on,
	a.gl_date AS posted_on,
	a.amount_applied AS amount,
	COALESCE(a.earned_discount_taken, 0) + COALESCE(a.unearned_discount_taken, 0) AS discount,
	0 AS write_off,
	CASE WHEN a.display = 'Y' THEN 0 ELSE 1 END AS reversed,
	a.last_update_date AS changed_at
FROM document d
JOIN {{schema}}ar_receivable_applications_all a ON a.applied_payment_schedule_id = d.payment_schedule_id
WHERE a.status = 'APP'
	AND a.last_update_date >= :since --? since
UNION ALL
SELECT
	'J/' || j.adjustment_id,
	d.customer_id,
	NULL,
	d.payment_schedule_id,
	d.invoice_currency_code,
	j.apply_date,
	j.gl_date,
	0,
	0,
	-j.amount,
	0,
	j.last_update_date
FROM document d
JOIN {{schema}}ar_adjustments_all j ON j.payment_schedule_id = d.payment_schedule_id
WHERE j.status = 'A'
	AND j.last_update_date >= :since --? since
