-- Payments stand on the invoice itself, in its currency, and are no records of
-- their own: an application here has no receipt.
WITH upto AS (
	-- A row's own transaction number is 32 bits wide; age() would count from another
	-- moment than the snapshot, and rows beside running transactions would be missed.
	SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS no
), paid AS (
	SELECT
		t.trans_id, t.transdate, COALESCE(t.id, 0) AS payment, COALESCE(t.vr_id, 0) AS voucher,
		-sum(CASE WHEN 'AR_discount' = ANY (string_to_array(h.link, ':')) THEN 0 ELSE t.amount::numeric END) AS amount,
		-sum(CASE WHEN 'AR_discount' = ANY (string_to_array(h.link, ':')) THEN t.amount::numeric ELSE 0 END) AS discount,
		min(((SELECT no FROM upto) - t.xmin::text::bigint) & 4294967295) AS age
	FROM acc_trans AS t
	JOIN chart AS h ON h.id = t.chart_id AND string_to_array(h.link, ':') && ARRAY['AR_paid', 'AR_discount']
	WHERE NOT t.fx_transaction
		AND t.trans_id IN (SELECT x.id FROM ar AS x WHERE x.customer_id IN (:customers)) --? customers
	GROUP BY t.trans_id, t.transdate, COALESCE(t.id, 0), COALESCE(t.vr_id, 0)
)
SELECT
	p.trans_id || '/' || p.transdate || '/' || p.payment || '/' || p.voucher AS id,
	a.customer_id,
	NULL AS receipt_id,
	a.id AS document_id,
	btrim(a.curr) AS currency,
	p.transdate AS applied_on,
	p.transdate AS posted_on,
	round(p.amount, COALESCE(cur.prec, 2)) AS amount,
	round(p.discount, COALESCE(cur.prec, 2)) AS discount
FROM paid AS p
JOIN ar AS a ON a.id = p.trans_id AND a.approved AND a.amount IS DISTINCT FROM 0 AND a.customer_id IS NOT NULL
LEFT JOIN curr AS cur ON cur.curr = a.curr
WHERE (
		a.amount IS DISTINCT FROM COALESCE(a.paid, 0)
		OR COALESCE(a.datepaid, a.transdate) >= CAST(:closed_since AS date) --? closed_since
	)
	AND a.customer_id IN (:customers) --? customers
	AND (SELECT no FROM upto) - LEAST(p.age, ((SELECT no FROM upto) - a.xmin::text::bigint) & 4294967295) > :since_no --? since_no
