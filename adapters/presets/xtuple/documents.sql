-- One row per open item of A/R. Amounts are never negative in xTuple: the type
-- tells the side. The base amount is the amount divided by the item's own rate.
-- Money left of a cash receipt becomes a credit memo, told by its note, or a
-- customer deposit (R).
WITH upto AS (
	-- A row's own transaction number is 32 bits wide; age() would count from another
	-- moment than the snapshot, and rows beside running transactions would be missed.
	SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS no
), incident AS (
	SELECT
		i.incdt_aropen_id,
		min(i.incdt_summary) FILTER (WHERE i.incdt_status NOT IN ('R', 'L')) AS summary,
		bool_or(i.incdt_status NOT IN ('R', 'L')) AS unsettled,
		min(((SELECT no FROM upto) - i.xmin::text::bigint) & 4294967295) AS age
	FROM incdt AS i
	WHERE i.incdt_aropen_id IS NOT NULL
		AND i.incdt_aropen_id IN (SELECT x.aropen_id FROM aropen AS x WHERE x.aropen_cust_id IN (:customers)) --? customers
	GROUP BY i.incdt_aropen_id
)
SELECT
	a.aropen_id AS id,
	a.aropen_cust_id AS customer_id,
	a.aropen_docnumber AS number,
	CASE
		WHEN a.aropen_doctype = 'C' AND a.aropen_notes LIKE 'Unapplied from %' THEN 'receipt'
		ELSE a.aropen_doctype::text
	END AS kind,
	1 AS instalment,
	a.aropen_docdate AS issued_on,
	a.aropen_distdate AS posted_on,
	a.aropen_duedate AS due_on,
	u.curr_abbr AS currency,
	v.side * a.aropen_amount AS amount,
	v.open,
	round(v.open / a.aropen_curr_rate, 2) AS base_open,
	a.aropen_curr_rate AS rate,
	NULLIF(btrim(a.aropen_ponumber), '') AS po_number,
	NULLIF(btrim(a.aropen_ordernumber), '') AS order_number,
	COALESCE(i.unsettled, false) AS disputed,
	i.summary AS dispute_reason,
	CASE WHEN v.open = 0 THEN COALESCE(a.aropen_closedate, a.aropen_docdate) END AS closed_on
FROM aropen AS a
CROSS JOIN LATERAL (
	SELECT
		CASE WHEN a.aropen_doctype IN ('I', 'D') THEN 1 ELSE -1 END AS side,
		CASE WHEN a.aropen_open IS NOT FALSE THEN a.aropen_amount - COALESCE(a.aropen_paid, 0) ELSE 0 END
			* CASE WHEN a.aropen_doctype IN ('I', 'D') THEN 1 ELSE -1 END AS open
) AS v
JOIN curr_symbol AS u ON u.curr_id = a.aropen_curr_id
LEFT JOIN incident AS i ON i.incdt_aropen_id = a.aropen_id
WHERE a.aropen_cust_id IS NOT NULL
	AND (
		a.aropen_open IS NOT FALSE
		OR COALESCE(a.aropen_closedate, a.aropen_docdate) >= CAST(:closed_since AS date) --? closed_since
	)
	AND (SELECT no FROM upto) - LEAST(((SELECT no FROM upto) - a.xmin::text::bigint) & 4294967295, i.age) > :since_no --? since_no
	AND a.aropen_cust_id IN (:customers) --? customers
	AND a.aropen_id IN (SELECT CASE WHEN n ~ '^[0-9]{1,9}$' THEN n::integer END FROM unnest(ARRAY[:ids]::text[]) AS n) --? ids
