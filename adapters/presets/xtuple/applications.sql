-- arapply_applied is in the payment's currency, arapply_target_paid in that of
-- the item. A credit may also be paid out: then it is the source of a cheque, or
-- part of a cash receipt, and its own open amount shrinks.
WITH upto AS (
	-- A row's own transaction number is 32 bits wide; age() would count from another
	-- moment than the snapshot, and rows beside running transactions would be missed.
	SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS no
)
SELECT
	p.arapply_id AS id,
	p.arapply_cust_id AS customer_id,
	CASE WHEN t.aropen_id IS NOT NULL AND p.arapply_source_aropen_id > 0 THEN p.arapply_source_aropen_id END AS receipt_id,
	d.aropen_id AS document_id,
	u.curr_abbr AS currency,
	p.arapply_postdate AS applied_on,
	p.arapply_distdate AS posted_on,
	CASE WHEN t.aropen_id IS NOT NULL THEN 1 ELSE -1 END * COALESCE(p.arapply_target_paid, p.arapply_applied) AS amount
FROM arapply AS p
LEFT JOIN aropen AS t ON t.aropen_id = p.arapply_target_aropen_id
JOIN aropen AS d ON d.aropen_id = COALESCE(t.aropen_id, p.arapply_source_aropen_id)
JOIN curr_symbol AS u ON u.curr_id = d.aropen_curr_id
CROSS JOIN LATERAL (
	SELECT upto.no - LEAST((upto.no - p.xmin::text::bigint) & 4294967295, (upto.no - d.xmin::text::bigint) & 4294967295) AS changed_no
	FROM upto
) AS v
WHERE p.arapply_cust_id IS NOT NULL
	AND (
		d.aropen_open IS NOT FALSE
		OR COALESCE(d.aropen_closedate, d.aropen_docdate) >= CAST(:closed_since AS date) --? closed_since
	)
	AND v.changed_no > :since_no --? since_no
	AND p.arapply_cust_id IN (:customers) --? customers
