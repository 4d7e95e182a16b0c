-- One row per instalment (FIN_PAYMENT_SCHEDULE of an invoice) and per payment
-- received. The instalment's amounts are signed already: those of a credit memo
-- are negative although the head's total is positive, so nothing is turned here.
-- What a payment has left is the credit that it generated less what was used of
-- it; on a payment that consumes credit, used_credit means the contrary. Money
-- received for an order has no invoice yet and is a prepayment.
WITH base AS (
	SELECT o.ad_org_id, o.ad_client_id, c.c_currency_id, c.stdprecision
	FROM ad_org o
	JOIN ad_client t ON t.ad_client_id = o.ad_client_id
	JOIN c_currency c ON c.c_currency_id = COALESCE(o.c_currency_id, t.c_currency_id)
	WHERE o.ad_org_id = :company
), org AS (
	SELECT o.ad_org_id
	FROM ad_org o
	WHERE o.ad_legalentity_org_id = :company OR o.ad_org_id = :company
), invoice AS (
	SELECT
		i.c_invoice_id, i.ad_org_id, i.c_bpartner_id, i.c_order_id, i.documentno, i.poreference,
		i.dateinvoiced, i.dateacct, i.docstatus, i.updated, t.docbasetype
	FROM c_invoice i
	JOIN org ON org.ad_org_id = i.ad_org_id
	JOIN c_doctype t ON t.c_doctype_id = i.c_doctype_id
	WHERE i.issotrx = 'Y' AND i.processed = 'Y' AND i.docstatus IN ('CO', 'CL', 'VO')
		AND i.c_bpartner_id IN (:customers) --? customers
		AND i.c_invoice_id IN (SELECT s.c_invoice_id FROM fin_payment_schedule s WHERE s.fin_payment_schedule_id IN (:ids)) --? ids
		AND i.c_invoice_id IN ( --? since
			SELECT x.c_invoice_id FROM c_invoice x WHERE x.updated >= :since --? since
			UNION --? since
			SELECT s.c_invoice_id FROM fin_payment_schedule s WHERE s.updated >= :since --? since
		) --? since
), instalment AS (
	SELECT
		s.fin_payment_schedule_id AS id, i.c_invoice_id, i.ad_org_id, i.c_bpartner_id, i.c_order_id,
		i.documentno, i.poreference, i.dateinvoiced, i.dateacct, i.docbasetype,
		s.c_currency_id, s.duedate, s.amount,
		CASE WHEN i.docstatus = 'VO' THEN 0 ELSE s.outstandingamt END AS outstanding,
		CASE WHEN i.docstatus = 'VO' THEN 'Y' ELSE 'N' END AS voided,
		GREATEST(i.updated, s.updated) AS updated,
		ROW_NUMBER() OVER (PARTITION BY i.c_invoice_id ORDER BY s.duedate, s.fin_payment_schedule_id) AS instalment
	FROM invoice i
	JOIN fin_payment_schedule s ON s.c_invoice_id = i.c_invoice_id
), settled AS (
	SELECT d.fin_payment_schedule_invoice AS id, MAX(p.paymentdate) AS paid_on
	FROM instalment i
	JOIN fin_payment_scheduledetail d ON d.fin_payment_schedule_invoice = i.id AND d.iscanceled = 'N'
	JOIN fin_payment_detail e ON e.fin_payment_detail_id = d.fin_payment_detail_id
	JOIN fin_payment p ON p.fin_payment_id = e.fin_payment_id AND p.processed = 'Y'
	WHERE i.outstanding = 0
	GROUP BY d.fin_payment_schedule_invoice
), payment AS (
	SELECT
		p.fin_payment_id AS id, p.ad_org_id, p.c_bpartner_id, p.documentno, p.paymentdate, p.c_currency_id, p.status,
		p.amount, p.updated,
		CASE WHEN COALESCE(p.generated_credit, 0) <> 0 THEN p.generated_credit - COALESCE(p.used_credit, 0) ELSE 0 END AS credit
	FROM fin_payment p
	JOIN org ON org.ad_org_id = p.ad_org_id
	WHERE p.isreceipt = 'Y' AND p.processed = 'Y' AND p.status NOT IN ('RPAP', 'RPAE') AND p.c_bpartner_id IS NOT NULL
		AND p.c_bpartner_id IN (:customers) --? customers
		AND p.fin_payment_id IN (:ids) --? ids
		AND p.fin_payment_id IN ( --? since
			SELECT x.fin_payment_id FROM fin_payment x WHERE x.updated >= :since --? since
			UNION --? since
			SELECT e.fin_payment_id FROM fin_payment_detail e --? since
			JOIN fin_payment_scheduledetail d ON d.fin_payment_detail_id = e.fin_payment_detail_id --? since
			WHERE d.fin_payment_schedule_order IS NOT NULL AND d.updated >= :since --? since
		) --? since
), advance AS (
	SELECT
		p.id, MAX(d.updated) AS updated,
		SUM(CASE WHEN d.fin_payment_schedule_invoice IS NULL AND d.iscanceled = 'N' THEN d.amount ELSE 0 END) AS amount
	FROM payment p
	JOIN fin_payment_detail e ON e.fin_payment_id = p.id
	JOIN fin_payment_scheduledetail d ON d.fin_payment_detail_id = e.fin_payment_detail_id
	WHERE d.fin_payment_schedule_order IS NOT NULL
	GROUP BY p.id
), consumed AS (
	SELECT c.fin_payment_id_used AS id, MAX(u.paymentdate) AS used_on
	FROM payment p
	JOIN fin_payment_credit c ON c.fin_payment_id_used = p.id
	JOIN fin_payment u ON u.fin_payment_id = c.fin_payment_id
	WHERE p.credit = 0
	GROUP BY c.fin_payment_id_used
), document AS (
	SELECT
		i.id, i.ad_org_id, i.c_invoice_id AS head, i.c_bpartner_id, CAST(i.documentno AS VARCHAR2(255)) AS documentno, i.poreference, o.documentno AS order_number,
		CASE WHEN i.amount < 0 OR i.amount = 0 AND i.docbasetype <> 'ARI' THEN 'credit_memo' ELSE 'invoice' END AS kind,
		i.instalment, i.dateinvoiced AS issued_on, i.dateacct AS posted_on, i.duedate AS due_on, i.c_currency_id,
		i.amount, i.outstanding AS open, i.voided,
		COALESCE(s.paid_on, i.dateinvoiced) AS closed_on, i.updated
	FROM instalment i
	LEFT JOIN settled s ON s.id = i.id
	LEFT JOIN c_order o ON o.c_order_id = i.c_order_id
	UNION ALL
	SELECT
		p.id, p.ad_org_id, p.id, p.c_bpartner_id, CAST(p.documentno AS VARCHAR2(255)), NULL, NULL,
		CASE WHEN p.credit = 0 AND a.amount <> 0 THEN 'prepayment' ELSE 'receipt' END,
		1, p.paymentdate, p.paymentdate, NULL, p.c_currency_id,
		-p.amount, CASE WHEN p.status = 'RPVOID' THEN 0 ELSE -p.credit - COALESCE(a.amount, 0) END,
		CASE WHEN p.status = 'RPVOID' THEN 'Y' ELSE 'N' END,
		COALESCE(c.used_on, p.paymentdate), GREATEST(p.updated, COALESCE(a.updated, p.updated))
	FROM payment p
	LEFT JOIN advance a ON a.id = p.id
	LEFT JOIN consumed c ON c.id = p.id
), foreign_rate AS (
	SELECT
		d.id, r.multiplyrate,
		ROW_NUMBER() OVER (PARTITION BY d.id ORDER BY
			CASE WHEN r.ad_org_id = d.ad_org_id THEN 0 WHEN r.ad_org_id = base.ad_org_id THEN 1 ELSE 2 END,
			r.ad_client_id DESC, r.validfrom DESC) AS n
	FROM document d
	CROSS JOIN base
	JOIN c_conversion_rate r ON r.c_currency_id = d.c_currency_id AND r.c_currency_id_to = base.c_currency_id
		AND r.ad_client_id IN ('0', base.ad_client_id) AND r.ad_org_id IN ('0', base.ad_org_id, d.ad_org_id)
		AND r.conversionratetype = 'S' AND r.isactive = 'Y'
		AND r.validfrom <= d.posted_on AND (r.validto >= d.posted_on OR r.validto IS NULL)
	WHERE d.open <> 0 AND d.c_currency_id <> base.c_currency_id
)
SELECT
	d.id,
	d.c_bpartner_id AS customer_id,
	d.documentno AS "number",
	d.kind,
	d.instalment,
	d.issued_on,
	d.posted_on,
	d.due_on,
	c.iso_code AS currency,
	d.amount,
	d.open,
	CASE
		WHEN d.c_currency_id = base.c_currency_id OR d.open = 0 THEN d.open
		ELSE ROUND(d.open * COALESCE(own.rate, paid.rate, r.multiplyrate), base.stdprecision)
	END AS base_open,
	d.poreference AS po_number,
	d.order_number,
	d.voided,
	CASE WHEN d.open = 0 THEN d.closed_on END AS closed_on,
	d.updated AS changed_at
FROM document d
CROSS JOIN base
JOIN c_currency c ON c.c_currency_id = d.c_currency_id
-- A rate entered on the document itself goes before the table of rates.
LEFT JOIN c_conversion_rate_document own ON own.c_invoice_id = d.head AND own.fin_payment_id IS NULL
	AND own.c_currency_id = d.c_currency_id AND own.c_currency_id_to = base.c_currency_id
	AND own.fin_finacc_transaction_id IS NULL AND own.aprm_finacc_transaction_v_id IS NULL
LEFT JOIN c_conversion_rate_document paid ON paid.fin_payment_id = d.head AND paid.c_invoice_id IS NULL
	AND paid.c_currency_id = d.c_currency_id AND paid.c_currency_id_to = base.c_currency_id
	AND paid.fin_finacc_transaction_id IS NULL AND paid.aprm_finacc_transaction_v_id IS NULL
LEFT JOIN foreign_rate r ON r.id = d.id AND r.n = 1
WHERE (
		d.open <> 0
		OR d.closed_on >= TO_DATE(:closed_since, 'YYYY-MM-DD') --? closed_since
	)
	AND d.id IN (:ids) --? ids
