-- A payment's details say which instalment they pay; those of a credit memo that
-- was set off in a payment are negative. Credit left by one payment and used by
-- another stands in FIN_PAYMENT_CREDIT: it is moved from the one to the other.
WITH org AS (
	SELECT o.ad_org_id
	FROM ad_org o
	WHERE o.ad_legalentity_org_id = :company OR o.ad_org_id = :company
), payment AS NOT MATERIALIZED (
	SELECT p.fin_payment_id, p.c_bpartner_id, p.c_currency_id, p.paymentdate, p.status, p.updated
	FROM fin_payment p
	JOIN org ON org.ad_org_id = p.ad_org_id
	WHERE p.isreceipt = 'Y' AND p.processed = 'Y' AND p.status NOT IN ('RPAP', 'RPAE')
		AND p.paymentdate >= TO_DATE(:closed_since, 'YYYY-MM-DD') --? closed_since
), application AS (
	SELECT
		d.fin_payment_scheduledetail_id AS id, i.c_bpartner_id AS customer_id, p.fin_payment_id AS receipt_id,
		s.fin_payment_schedule_id AS document_id, s.c_currency_id, p.paymentdate, d.amount, COALESCE(d.writeoffamt, 0) AS write_off,
		CASE WHEN p.status = 'RPVOID' OR d.iscanceled = 'Y' THEN 'Y' ELSE 'N' END AS reversed,
		GREATEST(p.updated, d.updated) AS updated
	FROM payment p
	JOIN fin_payment_detail e ON e.fin_payment_id = p.fin_payment_id
	JOIN fin_payment_scheduledetail d ON d.fin_payment_detail_id = e.fin_payment_detail_id
	JOIN fin_payment_schedule s ON s.fin_payment_schedule_id = d.fin_payment_schedule_invoice
	JOIN c_invoice i ON i.c_invoice_id = s.c_invoice_id AND i.issotrx = 'Y'
	UNION ALL
	SELECT
		c.fin_payment_credit_id, p.c_bpartner_id, c.fin_payment_id_used, p.fin_payment_id, c.c_currency_id, p.paymentdate,
		c.amount, 0, CASE WHEN p.status = 'RPVOID' OR c.isactive = 'N' THEN 'Y' ELSE 'N' END, GREATEST(p.updated, c.updated)
	FROM payment p
	JOIN fin_payment_credit c ON c.fin_payment_id = p.fin_payment_id
	WHERE p.c_bpartner_id IS NOT NULL
)
SELECT
	a.id,
	a.receipt_id,
	a.document_id,
	a.customer_id,
	c.iso_code AS currency,
	a.paymentdate AS applied_on,
	a.paymentdate AS posted_on,
	a.amount,
	a.write_off,
	a.reversed,
	a.updated AS changed_at
FROM application a
JOIN c_currency c ON c.c_currency_id = a.c_currency_id
WHERE 1 = 1
	AND a.customer_id IN (:customers) --? customers
	AND a.updated >= :since --? since
