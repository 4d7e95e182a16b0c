-- One row per approved row of ar. Amounts there are float8, in the company's
-- currency: cast, 15 digits are exact. amount less paid is what SQL-Ledger's own
-- aging and payment screens take. What came as a deposit is a row without an
-- amount of which something is paid.
--
-- In another currency the balance divided by the invoice's rate can be some
-- cents off, since each payment was rounded. The payments' own entries hold them
-- in that currency; they are taken where they agree with the balance as far as
-- rounding goes.
WITH upto AS (
	-- A row's own transaction number is 32 bits wide; age() would count from another
	-- moment than the snapshot, and rows beside running transactions would be missed.
	SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS no
), base AS (
	SELECT btrim(c.curr) AS currency, COALESCE(c.prec, 2) AS prec FROM curr AS c ORDER BY c.rn, c.curr LIMIT 1
), rate AS (
	SELECT e.curr, e.transdate, max(e.exchangerate)::numeric AS rate, min(((SELECT no FROM upto) - e.xmin::text::bigint) & 4294967295) AS age
	FROM exchangerate AS e
	WHERE e.exchangerate <> 0
	GROUP BY e.curr, e.transdate
), invoice AS (
	SELECT
		a.id, a.customer_id, a.invnumber, a.transdate, a.duedate, a.datepaid, a.ponumber, a.ordnumber, a.onhold,
		btrim(a.curr) AS currency, COALESCE(cur.prec, 2) AS prec, base.prec AS base_prec, btrim(a.curr) = base.currency AS own,
		round(a.amount::numeric, base.prec) AS amount, round(COALESCE(a.paid, 0)::numeric, base.prec) AS paid,
		CASE WHEN btrim(a.curr) = base.currency THEN 1 ELSE COALESCE(NULLIF(a.exchangerate, 0)::numeric, r.rate) END AS rate,
		LEAST(((SELECT no FROM upto) - a.xmin::text::bigint) & 4294967295, r.age) AS age
	FROM ar AS a
	CROSS JOIN base
	LEFT JOIN curr AS cur ON cur.curr = a.curr
	LEFT JOIN rate AS r ON r.curr = a.curr AND r.transdate = a.transdate AND btrim(a.curr) <> base.currency
	WHERE a.approved
		AND a.customer_id IN (:customers) --? customers
		AND a.id IN (SELECT CASE WHEN n ~ '^[0-9]{1,9}$' THEN n::integer END FROM unnest(ARRAY[:ids]::text[]) AS n) --? ids
), foreign_paid AS (
	SELECT t.trans_id, -sum(t.amount::numeric) AS paid, count(*) AS n, min(((SELECT no FROM upto) - t.xmin::text::bigint) & 4294967295) AS age
	FROM acc_trans AS t
	JOIN chart AS h ON h.id = t.chart_id AND string_to_array(h.link, ':') && ARRAY['AR_paid', 'AR_discount']
	JOIN invoice AS i ON i.id = t.trans_id AND NOT i.own
	WHERE NOT t.fx_transaction
	GROUP BY t.trans_id
), measured AS (
	SELECT
		i.*,
		round(i.amount / i.rate, i.prec) AS whole,
		round(i.amount / i.rate, i.prec) - COALESCE(f.paid, 0) AS rest,
		(COALESCE(f.n, 0) + 1) * power(10::numeric, -i.base_prec) + i.rate * power(10::numeric, -i.prec) AS tolerance,
		(SELECT no FROM upto) - LEAST(i.age, f.age) AS changed_no
	FROM invoice AS i
	LEFT JOIN foreign_paid AS f ON f.trans_id = i.id
), document AS (
	SELECT
		m.*,
		CASE
			WHEN m.amount = m.paid THEN 0
			WHEN m.own THEN m.amount - m.paid
			WHEN abs(m.rest * m.rate - (m.amount - m.paid)) <= m.tolerance THEN m.rest
			ELSE round((m.amount - m.paid) / m.rate, m.prec)
		END AS open
	FROM measured AS m
)
SELECT
	d.id,
	d.customer_id,
	COALESCE(d.invnumber, d.id::text) AS number,
	CASE
		WHEN d.amount = 0 AND d.paid < 0 THEN 'debit_memo'
		WHEN d.amount = 0 THEN 'receipt'
		WHEN d.amount < 0 THEN 'credit_memo'
		ELSE 'invoice'
	END AS kind,
	1 AS instalment,
	d.transdate AS issued_on,
	d.transdate AS posted_on,
	CASE WHEN d.amount <> 0 THEN d.duedate END AS due_on,
	d.currency,
	CASE WHEN d.amount = 0 THEN d.open ELSE d.whole END AS amount,
	d.open,
	CASE WHEN d.open = 0 THEN 0 ELSE d.amount - d.paid END AS base_open,
	d.rate,
	NULLIF(btrim(d.ponumber), '') AS po_number,
	NULLIF(btrim(d.ordnumber), '') AS order_number,
	COALESCE(d.onhold, false) AS disputed,
	CASE WHEN d.onhold THEN 'on hold in SQL-Ledger' END AS dispute_reason,
	CASE WHEN d.open = 0 THEN COALESCE(d.datepaid, d.transdate) END AS closed_on
FROM document AS d
WHERE d.customer_id IS NOT NULL
	AND (
		d.open IS DISTINCT FROM 0
		OR COALESCE(d.datepaid, d.transdate) >= CAST(:closed_since AS date) --? closed_since
	)
	AND d.changed_no > :since_no --? since_no
