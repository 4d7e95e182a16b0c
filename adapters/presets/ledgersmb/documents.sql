-- Invoices and credit notes of ar, and payments. What is open is the sum of the
-- entries on receivable accounts, in the company's currency: ar has no such
-- column. Payments are booked there at the invoice's own rate, so dividing by it
-- gives the document's currency; fx_transaction is not reliable on these entries.
-- LedgerSMB books without rounding.
WITH upto AS (
	-- A row's own transaction number is 32 bits wide; age() would count from another
	-- moment than the snapshot, and rows beside running transactions would be missed.
	SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS no
), base AS (
	SELECT split_part(btrim(value), ':', 1) AS currency FROM defaults WHERE setting_key = 'curr'
), minor (currency, digits) AS (
	VALUES ('BHD', 3), ('BIF', 0), ('CLP', 0), ('DJF', 0), ('GNF', 0), ('IQD', 3), ('ISK', 0), ('JOD', 3), ('JPY', 0), ('KMF', 0),
		('KRW', 0), ('KWD', 3), ('LYD', 3), ('OMR', 3), ('PYG', 0), ('RWF', 0), ('TND', 3), ('UGX', 0), ('VND', 0), ('VUV', 0),
		('XAF', 0), ('XOF', 0), ('XPF', 0)
), invoice AS (
	SELECT
		a.id, a.entity_credit_account, a.invnumber, a.transdate, a.crdate, a.duedate, a.ponumber, a.ordnumber,
		a.on_hold, a.force_closed, a.amount, a.curr::text AS currency,
		-- Without a rate on file nothing is guessed: the amounts are NULL, and
		-- the account is named.
		CASE WHEN a.curr = base.currency THEN 1 ELSE NULLIF(x.buy, 0) END AS rate,
		(SELECT no FROM upto) - LEAST(
			((SELECT no FROM upto) - a.xmin::text::bigint) & 4294967295,
			((SELECT no FROM upto) - x.xmin::text::bigint) & 4294967295) AS changed_no
	FROM ar AS a
	CROSS JOIN base
	LEFT JOIN exchangerate AS x ON x.curr = a.curr AND x.transdate = a.transdate AND a.curr <> base.currency
	WHERE a.approved
		AND a.entity_credit_account IN (:customers) --? customers
		AND a.id IN (SELECT CASE WHEN n ~ '^[0-9]{1,9}$' THEN n::integer END FROM unnest(ARRAY[:ids]::text[]) AS n) --? ids
), balance AS (
	SELECT
		t.trans_id, -sum(t.amount) AS open, max(t.transdate) AS last_on,
		(SELECT no FROM upto) - min(((SELECT no FROM upto) - t.xmin::text::bigint) & 4294967295) AS changed_no
	FROM acc_trans AS t
	JOIN account_link AS l ON l.account_id = t.chart_id AND l.description = 'AR'
	JOIN invoice ON invoice.id = t.trans_id
	WHERE t.approved
	GROUP BY t.trans_id
), funded AS (
	-- Payments that were made with money of an earlier overpayment.
	SELECT DISTINCT c.payment_id, t.trans_id
	FROM payment_links AS f
	JOIN payment_links AS c ON c.entry_id = f.entry_id AND c.type = 1
	JOIN acc_trans AS t ON t.entry_id = f.entry_id
	WHERE f.type = 0
		AND f.entry_id IN (SELECT x.entry_id FROM acc_trans AS x JOIN invoice ON invoice.id = x.trans_id) --? customers
), entry AS (
	-- The entries of payments, in the payment's currency. Money that is taken
	-- from an earlier overpayment is that payment's and not this one's.
	SELECT
		k.payment_id,
		CASE WHEN t.fx_transaction OR k.type = 0 THEN 0 ELSE -t.amount END AS amount,
		CASE WHEN t.fx_transaction OR k.type = 1 THEN 0 ELSE -t.amount END AS open,
		t.transdate, ((SELECT no FROM upto) - t.xmin::text::bigint) & 4294967295 AS age
	FROM payment AS p
	JOIN payment_links AS k ON k.payment_id = p.id
	JOIN acc_trans AS t ON t.entry_id = k.entry_id AND t.approved
	JOIN account_link AS l ON l.account_id = t.chart_id AND l.description = CASE WHEN k.type = 1 THEN 'AR' ELSE 'AR_overpayment' END
	LEFT JOIN funded AS f ON f.payment_id = k.payment_id AND f.trans_id = t.trans_id AND k.type = 1
	WHERE p.payment_class = 2 AND f.payment_id IS NULL
		AND p.entity_credit_id IN (:customers) --? customers
		AND p.id IN (SELECT CASE WHEN n ~ '^P/[0-9]{1,9}$' THEN substr(n, 3)::integer END FROM unnest(ARRAY[:ids]::text[]) AS n) --? ids
), receipt AS (
	SELECT
		payment_id, sum(amount) AS amount, sum(open) AS open, max(transdate) AS last_on,
		(SELECT no FROM upto) - min(age) AS changed_no
	FROM entry
	GROUP BY payment_id
), document AS (
	SELECT
		i.id::text AS id, i.entity_credit_account AS customer_id, i.invnumber AS number,
		CASE WHEN i.amount < 0 THEN 'credit_memo' ELSE 'invoice' END AS kind,
		COALESCE(i.crdate, i.transdate) AS issued_on, i.transdate AS posted_on, i.duedate AS due_on,
		i.currency, i.rate, i.amount / i.rate AS amount,
		CASE WHEN i.force_closed THEN 0 ELSE COALESCE(b.open, 0) / i.rate END AS open,
		CASE WHEN i.force_closed THEN 0 ELSE COALESCE(b.open, 0) END AS base_open,
		NULLIF(btrim(i.ponumber), '') AS po_number, NULLIF(btrim(i.ordnumber), '') AS order_number,
		COALESCE(i.on_hold, false) AS disputed, COALESCE(b.last_on, i.transdate) AS last_on,
		GREATEST(i.changed_no, b.changed_no) AS changed_no
	FROM invoice AS i
	LEFT JOIN balance AS b ON b.trans_id = i.id
	UNION ALL
	SELECT
		'P/' || p.id, p.entity_credit_id, p.reference, 'receipt', p.payment_date, p.payment_date, NULL,
		COALESCE(NULLIF(btrim(p.currency), ''), base.currency),
		CASE WHEN COALESCE(NULLIF(btrim(p.currency), ''), base.currency) = base.currency THEN 1 ELSE NULLIF(x.buy, 0) END,
		r.amount, r.open,
		CASE WHEN r.open = 0 OR COALESCE(NULLIF(btrim(p.currency), ''), base.currency) = base.currency THEN r.open ELSE r.open * x.buy END,
		NULL, NULL, false, r.last_on,
		GREATEST(r.changed_no, (SELECT no FROM upto) - LEAST(
			((SELECT no FROM upto) - p.xmin::text::bigint) & 4294967295,
			((SELECT no FROM upto) - x.xmin::text::bigint) & 4294967295))
	FROM receipt AS r
	JOIN payment AS p ON p.id = r.payment_id
	CROSS JOIN base
	LEFT JOIN exchangerate AS x ON x.curr = p.currency AND x.transdate = p.payment_date AND p.currency <> base.currency
	WHERE p.entity_credit_id IS NOT NULL
), rounded AS (
	SELECT
		d.*, round(d.amount, COALESCE(m.digits, 2)) AS whole, round(d.open, COALESCE(m.digits, 2)) AS rest,
		round(d.base_open, COALESCE(n.digits, 2)) AS base_rest
	FROM document AS d
	CROSS JOIN base
	LEFT JOIN minor AS m ON m.currency = d.currency
	LEFT JOIN minor AS n ON n.currency = base.currency
)
SELECT
	d.id,
	d.customer_id,
	d.number,
	d.kind,
	1 AS instalment,
	d.issued_on,
	d.posted_on,
	d.due_on,
	d.currency,
	d.whole AS amount,
	d.rest AS open,
	d.base_rest AS base_open,
	d.rate,
	d.po_number,
	d.order_number,
	d.disputed,
	CASE WHEN d.disputed THEN 'on hold in LedgerSMB' END AS dispute_reason,
	CASE WHEN d.rest = 0 THEN d.last_on END AS closed_on
FROM rounded AS d
WHERE (
		d.rest IS DISTINCT FROM 0
		OR d.last_on >= CAST(:closed_since AS date) --? closed_since
	)
	AND d.changed_no > :since_no --? since_no
