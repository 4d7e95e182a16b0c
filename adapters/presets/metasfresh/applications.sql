-- One row per allocation line of a sales invoice. Where the invoice has
-- instalments the line is laid on them as in documents.sql, the earliest first,
-- and has a row for each of them. Where exactly one credit memo is set off against
-- invoices of the same customer it stands as what paid them; its own line, which
-- would say the same again, is left out. Otherwise what was set off against what
-- is not recorded: each document is lowered by itself.
WITH invoice AS (
	SELECT
		i.c_invoice_id, i.c_bpartner_id, i.c_currency_id, i.ispaid, i.ispayschedulevalid, i.grandtotal,
		CASE WHEN d.docbasetype = 'ARC' THEN -1 ELSE 1 END AS side
	FROM c_invoice i
	JOIN c_doctype d ON d.c_doctype_id = i.c_doctype_id AND d.docbasetype IN ('ARI', 'ARC')
	WHERE i.ad_client_id = :company AND i.issotrx = 'Y' AND i.docstatus IN ('CO', 'CL', 'RE', 'VO')
		AND i.c_bpartner_id IN (:customers) --? customers
		AND i.c_invoice_id IN ( --? since
			SELECT x.c_invoice_id FROM c_invoice x WHERE x.updated >= :since --? since
			UNION --? since
			SELECT s.c_invoice_id FROM c_invoicepayschedule s WHERE s.updated >= :since --? since
			UNION --? since
			SELECT l.c_invoice_id FROM c_allocationline l WHERE l.updated >= :since --? since
			UNION --? since
			SELECT l.c_invoice_id FROM c_allocationhdr h JOIN c_allocationline l ON l.c_allocationhdr_id = h.c_allocationhdr_id WHERE h.updated >= :since --? since
		) --? since
), usual AS (
	SELECT k.c_conversiontype_id, ROW_NUMBER() OVER (ORDER BY k.validfrom DESC, k.ad_client_id DESC, k.c_conversiontype_id) AS place
	FROM c_conversiontype_default k
	WHERE k.ad_client_id IN (0, :company) AND k.ad_org_id = 0 AND k.validfrom <= CURRENT_DATE
), line AS (
	SELECT
		l.c_allocationline_id, l.c_allocationhdr_id, l.c_payment_id, l.c_invoice_id, h.c_currency_id, i.c_currency_id AS target, c.iso_code, c.stdprecision,
		h.ad_org_id, CAST(h.datetrx + INTERVAL '12 hours' AS date) AS datetrx, CAST(h.dateacct + INTERVAL '12 hours' AS date) AS dateacct,
		h.isactive, l.amount, COALESCE(l.discountamt, 0) AS discountamt, COALESCE(l.writeoffamt, 0) AS writeoffamt, GREATEST(h.updated, l.updated) AS updated
	FROM invoice i
	JOIN c_currency c ON c.c_currency_id = i.c_currency_id
	JOIN c_allocationline l ON l.c_invoice_id = i.c_invoice_id
	JOIN c_allocationhdr h ON h.c_allocationhdr_id = l.c_allocationhdr_id
), rate AS (
	SELECT
		l.c_allocationline_id, r.multiplyrate,
		ROW_NUMBER() OVER (PARTITION BY l.c_allocationline_id ORDER BY r.ad_client_id DESC, r.ad_org_id DESC, r.validfrom DESC) AS place
	FROM line l
	JOIN usual ON usual.place = 1
	JOIN c_conversion_rate r ON r.c_currency_id = l.c_currency_id AND r.c_currency_id_to = l.target AND r.isactive = 'Y'
		AND r.c_conversiontype_id = usual.c_conversiontype_id AND r.ad_client_id IN (0, :company) AND r.ad_org_id IN (0, l.ad_org_id)
		AND r.validfrom <= l.datetrx AND r.validto >= l.datetrx
	WHERE l.c_currency_id <> l.target
), converted AS (
	SELECT
		l.c_allocationline_id, l.c_allocationhdr_id, l.c_payment_id, l.c_invoice_id, l.iso_code, l.datetrx, l.dateacct, l.isactive, l.updated,
		CASE WHEN l.c_currency_id = l.target THEN l.amount ELSE ROUND(l.amount * r.multiplyrate, CAST(l.stdprecision AS integer)) END AS amount,
		CASE WHEN l.c_currency_id = l.target THEN l.discountamt ELSE ROUND(l.discountamt * r.multiplyrate, CAST(l.stdprecision AS integer)) END AS discount,
		CASE WHEN l.c_currency_id = l.target THEN l.writeoffamt ELSE ROUND(l.writeoffamt * r.multiplyrate, CAST(l.stdprecision AS integer)) END AS write_off
	FROM line l
	LEFT JOIN rate r ON r.c_allocationline_id = l.c_allocationline_id AND r.place = 1
), running AS (
	SELECT
		v.*, v.amount + v.discount + v.write_off AS whole,
		SUM(CASE WHEN v.isactive = 'Y' THEN v.amount + v.discount + v.write_off ELSE 0 END)
			OVER (PARTITION BY v.c_invoice_id ORDER BY v.datetrx, v.c_allocationline_id) AS upto
	FROM converted v
), instalment AS (
	SELECT
		i.c_invoice_id, i.c_bpartner_id, i.side, s.c_invoicepayschedule_id,
		i.side * COALESCE(s.dueamt, i.grandtotal) AS amount,
		SUM(i.side * COALESCE(s.dueamt, i.grandtotal)) OVER (PARTITION BY i.c_invoice_id) AS total,
		SUM(i.side * COALESCE(s.dueamt, i.grandtotal)) OVER (PARTITION BY i.c_invoice_id ORDER BY s.duedate, s.c_invoicepayschedule_id) AS upto,
		ROW_NUMBER() OVER (PARTITION BY i.c_invoice_id ORDER BY s.duedate, s.c_invoicepayschedule_id) AS instalment,
		COUNT(*) OVER (PARTITION BY i.c_invoice_id) AS instalments
	FROM invoice i
	LEFT JOIN c_invoicepayschedule s ON s.c_invoice_id = i.c_invoice_id AND s.isvalid = 'Y' AND i.ispayschedulevalid = 'Y'
), filled AS (
	SELECT
		n.*, CASE WHEN n.total < 0 THEN -1 ELSE 1 END AS turn,
		CASE WHEN n.instalment = 1 THEN -1000000000000000 ELSE ABS(n.upto - n.amount) END AS low,
		CASE WHEN n.instalment = n.instalments THEN 1000000000000000 ELSE ABS(n.upto) END AS high
	FROM instalment n
), set_off AS (
	-- Read from the whole allocation, whatever rows were asked for.
	SELECT l.c_allocationhdr_id, MAX(CASE WHEN d.docbasetype = 'ARC' THEN i.c_invoice_id END) AS memo
	FROM (SELECT DISTINCT x.c_allocationhdr_id FROM line x WHERE x.c_payment_id IS NULL) a
	JOIN c_allocationline l ON l.c_allocationhdr_id = a.c_allocationhdr_id AND l.c_payment_id IS NULL AND l.c_invoice_id IS NOT NULL
	JOIN c_invoice i ON i.c_invoice_id = l.c_invoice_id
	JOIN c_doctype d ON d.c_doctype_id = i.c_doctype_id
	GROUP BY l.c_allocationhdr_id
	HAVING SUM(CASE WHEN d.docbasetype = 'ARC' THEN 1 ELSE 0 END) = 1 AND SUM(l.amount + COALESCE(l.discountamt, 0) + COALESCE(l.writeoffamt, 0)) = 0
		AND MIN(i.issotrx) = 'Y' AND COUNT(DISTINCT i.c_bpartner_id) = 1 AND COUNT(DISTINCT i.c_currency_id) = 1
		AND MAX(CASE WHEN d.docbasetype = 'ARC' THEN i.ispayschedulevalid END) <> 'Y'
)
SELECT
	CASE WHEN n.instalments = 1 THEN v.c_allocationline_id || '' ELSE v.c_allocationline_id || '/' || n.c_invoicepayschedule_id END AS id,
	CASE
		WHEN p.c_payment_id IS NOT NULL THEN 'P' || p.c_payment_id
		WHEN v.c_payment_id IS NULL THEN o.memo || ''
	END AS receipt_id,
	CASE WHEN n.c_invoicepayschedule_id IS NULL THEN v.c_invoice_id || '' ELSE v.c_invoice_id || '/' || n.c_invoicepayschedule_id END AS document_id,
	n.c_bpartner_id AS customer_id,
	v.iso_code AS currency,
	v.datetrx AS applied_on,
	v.dateacct AS posted_on,
	-- Of a line that reaches over several instalments the discount is not told apart.
	CASE
		WHEN n.instalments = 1 THEN v.amount
		ELSE n.turn * (LEAST(GREATEST(n.turn * v.upto, n.low), n.high) - LEAST(GREATEST(n.turn * (v.upto - v.whole), n.low), n.high))
	END AS amount,
	CASE WHEN n.instalments = 1 THEN v.discount END AS discount,
	CASE WHEN n.instalments = 1 THEN v.write_off END AS write_off,
	CASE WHEN v.isactive = 'Y' THEN 'N' ELSE 'Y' END AS reversed,
	v.updated AS changed_at
FROM running v
JOIN filled n ON n.c_invoice_id = v.c_invoice_id
JOIN invoice i ON i.c_invoice_id = v.c_invoice_id
LEFT JOIN c_payment p ON p.c_payment_id = v.c_payment_id AND p.isreceipt = 'Y' AND COALESCE(p.c_charge_id, 0) = 0
LEFT JOIN set_off o ON o.c_allocationhdr_id = v.c_allocationhdr_id AND v.c_payment_id IS NULL
WHERE (o.memo IS NULL OR o.memo <> v.c_invoice_id)
	AND ( --? closed_since
		i.ispaid = 'N' --? closed_since
		OR v.datetrx >= TO_DATE(:closed_since, 'YYYY-MM-DD') --? closed_since
	) --? closed_since
