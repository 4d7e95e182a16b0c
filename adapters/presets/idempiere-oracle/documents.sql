-- One row per invoice or, where it has a valid payment schedule, per instalment;
-- and one per receipt. The ERP works out what is open by a function per row; here
-- it is worked out in one go by the same rule: the total, turned for credit memos,
-- less active allocations with their discounts and write-offs, in the invoice's
-- currency. An allocation pays the invoice, not an instalment: the earliest is
-- filled first, and what is over lies on the last. Without a schedule the due day
-- is worked out from the payment term as the ERP does.
WITH base AS (
	SELECT f.ad_client_id, c.c_currency_id, c.stdprecision
	FROM ad_clientinfo f
	JOIN c_acctschema s ON s.c_acctschema_id = f.c_acctschema1_id
	JOIN c_currency c ON c.c_currency_id = s.c_currency_id
	WHERE f.ad_client_id = :company
), kinds_of_rate AS (
	SELECT k.c_conversiontype_id, ROW_NUMBER() OVER (ORDER BY k.ad_client_id DESC, k.c_conversiontype_id) AS place
	FROM c_conversiontype k
	WHERE k.isdefault = 'Y' AND k.isactive = 'Y' AND k.ad_client_id IN (0, TO_NUMBER(:company))
), invoice AS (
	SELECT
		i.c_invoice_id, i.ad_org_id, i.c_bpartner_id, i.documentno, i.dateinvoiced, i.dateacct, i.c_currency_id, i.c_order_id,
		COALESCE(NULLIF(i.c_conversiontype_id, 0), k.c_conversiontype_id) AS c_conversiontype_id,
		CASE WHEN i.isoverridecurrencyrate = 'Y' THEN NULLIF(i.currencyrate, 0) END AS own_rate,
		i.ispaid, i.ispayschedulevalid, i.isindispute, i.poreference, i.grandtotal,
		CASE WHEN d.docbasetype = 'ARC' THEN -1 ELSE 1 END AS side,
		CASE WHEN i.docstatus IN ('RE', 'VO') THEN 'Y' ELSE 'N' END AS voided,
		GREATEST(i.updated, COALESCE(t.updated, i.updated)) AS updated,
		CASE
			WHEN t.isduefixed = 'Y' THEN ADD_MONTHS(ADD_MONTHS(TRUNC(i.dateinvoiced, 'MM') + (t.fixmonthday - 1), t.fixmonthoffset),
				CASE WHEN EXTRACT(DAY FROM i.dateinvoiced) - 1 > t.fixmonthcutoff THEN 1 ELSE 0 END)
			ELSE i.dateinvoiced + t.netdays
		END AS due_on
	FROM c_invoice i
	JOIN c_doctype d ON d.c_doctype_id = i.c_doctype_id AND d.docbasetype IN ('ARI', 'ARC')
	LEFT JOIN c_paymentterm t ON t.c_paymentterm_id = i.c_paymentterm_id
	LEFT JOIN kinds_of_rate k ON k.place = 1
	WHERE i.ad_client_id = :company AND i.issotrx = 'Y' AND i.docstatus IN ('CO', 'CL', 'RE', 'VO')
		AND i.c_bpartner_id IN (:customers) --? customers
		AND (TO_CHAR(i.c_invoice_id) IN (:ids) --? ids
			OR i.c_invoice_id IN (SELECT s.c_invoice_id FROM c_invoicepayschedule s WHERE s.c_invoice_id || '/' || s.c_invoicepayschedule_id IN (:ids))) --? ids
		AND i.c_invoice_id IN ( --? since
			SELECT x.c_invoice_id FROM c_invoice x WHERE x.updated >= :since --? since
			UNION --? since
			SELECT x.c_invoice_id FROM c_invoice x JOIN c_paymentterm y ON y.c_paymentterm_id = x.c_paymentterm_id WHERE y.updated >= :since --? since
			UNION --? since
			SELECT s.c_invoice_id FROM c_invoicepayschedule s WHERE s.updated >= :since --? since
			UNION --? since
			SELECT l.c_invoice_id FROM c_allocationline l WHERE l.updated >= :since --? since
			UNION --? since
			SELECT l.c_invoice_id FROM c_allocationhdr h JOIN c_allocationline l ON l.c_allocationhdr_id = h.c_allocationhdr_id WHERE h.updated >= :since --? since
		) --? since
), payment AS (
	SELECT
		p.c_payment_id, p.ad_org_id, p.c_bpartner_id, p.documentno, p.datetrx, p.dateacct, p.c_currency_id, p.payamt, p.updated,
		COALESCE(NULLIF(p.c_conversiontype_id, 0), k.c_conversiontype_id) AS c_conversiontype_id,
		CASE WHEN p.isoverridecurrencyrate = 'Y' THEN NULLIF(p.currencyrate, 0) END AS own_rate,
		p.isallocated, p.isprepayment,
		CASE WHEN p.docstatus IN ('RE', 'VO') THEN 'Y' ELSE 'N' END AS voided
	FROM c_payment p
	LEFT JOIN kinds_of_rate k ON k.place = 1
	WHERE p.ad_client_id = :company AND p.isreceipt = 'Y' AND p.docstatus IN ('CO', 'CL', 'RE', 'VO')
		AND COALESCE(p.c_charge_id, 0) = 0 AND p.c_bpartner_id IS NOT NULL
		AND p.c_bpartner_id IN (:customers) --? customers
		AND 'P' || p.c_payment_id IN (:ids) --? ids
		AND p.c_payment_id IN ( --? since
			SELECT x.c_payment_id FROM c_payment x WHERE x.updated >= :since --? since
			UNION --? since
			SELECT l.c_payment_id FROM c_allocationline l WHERE l.updated >= :since --? since
			UNION --? since
			SELECT l.c_payment_id FROM c_allocationhdr h JOIN c_allocationline l ON l.c_allocationhdr_id = h.c_allocationhdr_id WHERE h.updated >= :since --? since
		) --? since
), line AS (
	SELECT
		'I' AS of_kind, i.c_invoice_id AS of_id, i.c_currency_id AS target, c.stdprecision, h.c_currency_id, h.datetrx, h.ad_org_id,
		CASE WHEN h.isactive = 'Y' THEN l.amount + COALESCE(l.discountamt, 0) + COALESCE(l.writeoffamt, 0) ELSE 0 END AS amount,
		GREATEST(h.updated, l.updated) AS updated
	FROM invoice i
	JOIN c_currency c ON c.c_currency_id = i.c_currency_id
	JOIN c_allocationline l ON l.c_invoice_id = i.c_invoice_id
	JOIN c_allocationhdr h ON h.c_allocationhdr_id = l.c_allocationhdr_id
	UNION ALL
	SELECT
		'P', p.c_payment_id, p.c_currency_id, c.stdprecision, h.c_currency_id, h.datetrx, h.ad_org_id,
		CASE WHEN h.isactive = 'Y' THEN l.amount ELSE 0 END, GREATEST(h.updated, l.updated)
	FROM payment p
	JOIN c_currency c ON c.c_currency_id = p.c_currency_id
	JOIN c_allocationline l ON l.c_payment_id = p.c_payment_id
	JOIN c_allocationhdr h ON h.c_allocationhdr_id = l.c_allocationhdr_id
), needed AS (
	SELECT l.c_currency_id, l.target, l.datetrx AS on_day, l.ad_org_id, k.c_conversiontype_id
	FROM line l
	JOIN kinds_of_rate k ON k.place = 1
	WHERE l.c_currency_id <> l.target
	UNION
	SELECT i.c_currency_id, base.c_currency_id, i.dateacct, i.ad_org_id, i.c_conversiontype_id
	FROM invoice i
	JOIN base ON base.c_currency_id <> i.c_currency_id
	WHERE i.ispaid = 'N'
	UNION
	SELECT p.c_currency_id, base.c_currency_id, p.dateacct, p.ad_org_id, p.c_conversiontype_id
	FROM payment p
	JOIN base ON base.c_currency_id <> p.c_currency_id
	WHERE p.isallocated = 'N'
), rate AS (
	SELECT
		e.c_currency_id, e.target, e.on_day, e.ad_org_id, e.c_conversiontype_id, r.multiplyrate,
		ROW_NUMBER() OVER (PARTITION BY e.c_currency_id, e.target, e.on_day, e.ad_org_id, e.c_conversiontype_id
			ORDER BY r.ad_client_id DESC, r.ad_org_id DESC, r.validfrom DESC) AS place
	FROM needed e
	CROSS JOIN base
	JOIN c_conversion_rate r ON r.c_currency_id = e.c_currency_id AND r.c_currency_id_to = e.target
		AND r.c_conversiontype_id = e.c_conversiontype_id AND r.isactive = 'Y'
		AND r.ad_client_id IN (0, base.ad_client_id) AND r.ad_org_id IN (0, e.ad_org_id)
		AND r.validfrom <= e.on_day AND r.validto >= e.on_day
), settled AS (
	SELECT
		l.of_kind, l.of_id, MAX(CASE WHEN l.amount <> 0 THEN l.datetrx END) AS settled_on, MAX(l.updated) AS updated,
		SUM(CASE WHEN l.c_currency_id = l.target THEN l.amount ELSE ROUND(l.amount * r.multiplyrate, l.stdprecision) END) AS amount,
		-- An allocation in another currency without a rate: what is open is not known.
		MAX(CASE WHEN l.c_currency_id <> l.target AND l.amount <> 0 AND r.multiplyrate IS NULL THEN 1 ELSE 0 END) AS unknown
	FROM line l
	LEFT JOIN kinds_of_rate k ON k.place = 1
	LEFT JOIN rate r ON r.c_currency_id = l.c_currency_id AND r.target = l.target AND r.on_day = l.datetrx AND r.ad_org_id = l.ad_org_id
		AND r.c_conversiontype_id = k.c_conversiontype_id AND r.place = 1
	GROUP BY l.of_kind, l.of_id
), instalment AS (
	SELECT
		i.c_invoice_id, s.c_invoicepayschedule_id, COALESCE(s.duedate, i.due_on) AS due_on,
		GREATEST(i.updated, COALESCE(s.updated, i.updated)) AS updated,
		i.side * COALESCE(s.dueamt, i.grandtotal) AS amount,
		SUM(i.side * COALESCE(s.dueamt, i.grandtotal)) OVER (PARTITION BY i.c_invoice_id) AS total,
		SUM(i.side * COALESCE(s.dueamt, i.grandtotal)) OVER (PARTITION BY i.c_invoice_id ORDER BY s.duedate, s.c_invoicepayschedule_id) AS upto,
		ROW_NUMBER() OVER (PARTITION BY i.c_invoice_id ORDER BY s.duedate, s.c_invoicepayschedule_id) AS instalment,
		COUNT(*) OVER (PARTITION BY i.c_invoice_id) AS instalments
	FROM invoice i
	LEFT JOIN c_invoicepayschedule s ON s.c_invoice_id = i.c_invoice_id AND s.isvalid = 'Y' AND i.ispayschedulevalid = 'Y'
), filled AS (
	-- How far the allocations reach, within what this instalment may take.
	SELECT
		n.*,
		CASE WHEN n.total < 0 THEN -1 ELSE 1 END AS turn,
		CASE WHEN n.instalment = 1 THEN -1000000000000000 ELSE ABS(n.upto - n.amount) END AS low,
		CASE WHEN n.instalment = n.instalments THEN 1000000000000000 ELSE ABS(n.upto) END AS high
	FROM instalment n
), document AS (
	SELECT
		CASE
			WHEN n.c_invoicepayschedule_id IS NULL THEN i.c_invoice_id || ''
			ELSE i.c_invoice_id || '/' || n.c_invoicepayschedule_id
		END AS id,
		i.c_bpartner_id, i.ad_org_id, CAST(i.documentno AS VARCHAR2(255)) AS documentno, CASE WHEN n.total < 0 THEN 'credit_memo' ELSE 'invoice' END AS kind,
		n.instalment, i.dateinvoiced AS issued_on, i.dateacct AS posted_on, n.due_on, i.c_currency_id, i.c_conversiontype_id, i.own_rate,
		n.amount,
		CASE
			WHEN i.voided = 'Y' OR i.ispaid = 'Y' THEN 0
			WHEN s.unknown = 1 THEN NULL
			ELSE n.amount - n.turn * (LEAST(GREATEST(n.turn * COALESCE(s.amount, 0), n.low), n.high) - GREATEST(n.low, 0))
		END AS open,
		i.poreference, o.documentno AS order_number, i.isindispute AS disputed, i.voided,
		COALESCE(s.settled_on, i.dateinvoiced) AS closed_on,
		GREATEST(n.updated, COALESCE(s.updated, n.updated)) AS updated
	FROM filled n
	JOIN invoice i ON i.c_invoice_id = n.c_invoice_id
	LEFT JOIN settled s ON s.of_kind = 'I' AND s.of_id = i.c_invoice_id
	LEFT JOIN c_order o ON o.c_order_id = i.c_order_id
	UNION ALL
	SELECT
		'P' || p.c_payment_id, p.c_bpartner_id, p.ad_org_id, CAST(p.documentno AS VARCHAR2(255)), CASE WHEN p.isprepayment = 'Y' THEN 'prepayment' ELSE 'receipt' END,
		1, p.datetrx, p.dateacct, NULL, p.c_currency_id, p.c_conversiontype_id, p.own_rate,
		-p.payamt,
		CASE
			WHEN p.voided = 'Y' OR p.isallocated = 'Y' THEN 0
			WHEN s.unknown = 1 THEN NULL
			ELSE COALESCE(s.amount, 0) - p.payamt
		END,
		NULL, NULL, 'N', p.voided,
		COALESCE(s.settled_on, p.datetrx),
		GREATEST(p.updated, COALESCE(s.updated, p.updated))
	FROM payment p
	LEFT JOIN settled s ON s.of_kind = 'P' AND s.of_id = p.c_payment_id
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
	ROUND(d.open, c.stdprecision) AS open,
	CASE
		WHEN d.c_currency_id = base.c_currency_id OR d.open = 0 THEN ROUND(d.open, c.stdprecision)
		ELSE ROUND(d.open * COALESCE(d.own_rate, r.multiplyrate), base.stdprecision)
	END AS base_open,
	d.poreference AS po_number,
	d.order_number,
	d.disputed,
	d.voided,
	CASE WHEN ROUND(d.open, c.stdprecision) = 0 THEN d.closed_on END AS closed_on,
	d.updated AS changed_at
FROM document d
CROSS JOIN base
JOIN c_currency c ON c.c_currency_id = d.c_currency_id
LEFT JOIN rate r ON r.c_currency_id = d.c_currency_id AND r.target = base.c_currency_id AND r.on_day = d.posted_on AND r.ad_org_id = d.ad_org_id
	AND r.c_conversiontype_id = d.c_conversiontype_id AND r.place = 1
WHERE (
		d.open IS NULL OR ROUND(d.open, c.stdprecision) <> 0
		OR d.closed_on >= TO_DATE(:closed_since, 'YYYY-MM-DD') --? closed_since
	)
	AND d.id IN (:ids) --? ids
