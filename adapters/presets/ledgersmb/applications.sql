-- What payments put on an invoice's receivable account. Payments of the payment
-- screens are linked to their entries. Those typed into the invoice or posted in
-- bulk are not, and LedgerSMB keeps no record for them: they are the entries of
-- one day and voucher, less the invoice's own, and have no receipt.
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
		a.id, a.entity_credit_account, a.transdate, a.amount, a.curr::text AS currency,
		CASE WHEN a.curr = base.currency THEN 1 ELSE NULLIF(x.buy, 0) END AS rate,
		(SELECT no FROM upto) - LEAST(
			((SELECT no FROM upto) - a.xmin::text::bigint) & 4294967295,
			((SELECT no FROM upto) - x.xmin::text::bigint) & 4294967295) AS changed_no
	FROM ar AS a
	CROSS JOIN base
	LEFT JOIN exchangerate AS x ON x.curr = a.curr AND x.transdate = a.transdate AND a.curr <> base.currency
	WHERE a.approved
		AND a.amount IS NOT NULL
		AND a.entity_credit_account IN (:customers) --? customers
), paid AS (
	SELECT k.entry_id, min(k.payment_id) AS payment_id FROM payment_links AS k
	WHERE k.type = 1
		AND k.entry_id IN (SELECT x.entry_id FROM acc_trans AS x JOIN invoice ON invoice.id = x.trans_id) --? customers
	GROUP BY k.entry_id
), funded AS (
	-- Payments that were made with money of an earlier overpayment.
	SELECT c.payment_id, t.trans_id, min(f.payment_id) AS receipt
	FROM payment_links AS f
	JOIN payment_links AS c ON c.entry_id = f.entry_id AND c.type = 1
	JOIN acc_trans AS t ON t.entry_id = f.entry_id
	WHERE f.type = 0
		AND f.entry_id IN (SELECT x.entry_id FROM acc_trans AS x JOIN invoice ON invoice.id = x.trans_id) --? customers
	GROUP BY c.payment_id, t.trans_id
), entry AS (
	SELECT
		t.trans_id, t.transdate, COALESCE(t.voucher_id, 0) AS voucher, t.amount, ((SELECT no FROM upto) - t.xmin::text::bigint) & 4294967295 AS age,
		paid.payment_id, COALESCE(funded.receipt, paid.payment_id) AS receipt
	FROM acc_trans AS t
	JOIN account_link AS l ON l.account_id = t.chart_id AND l.description = 'AR'
	JOIN invoice ON invoice.id = t.trans_id
	LEFT JOIN paid ON paid.entry_id = t.entry_id
	LEFT JOIN funded ON funded.payment_id = paid.payment_id AND funded.trans_id = t.trans_id
	WHERE t.approved
), moved AS (
	SELECT
		trans_id, payment_id, min(receipt) AS receipt, transdate,
		CASE WHEN payment_id IS NULL THEN voucher END AS voucher,
		sum(amount) AS amount, min(age) AS age
	FROM entry
	GROUP BY trans_id, payment_id, transdate, CASE WHEN payment_id IS NULL THEN voucher END
), balance AS (
	SELECT trans_id, sum(amount) AS open, max(transdate) AS last_on
	FROM entry
	GROUP BY trans_id
), applied AS (
	SELECT
		m.*, i.entity_credit_account, i.currency,
		round((m.amount + CASE WHEN m.payment_id IS NULL AND m.voucher = 0 AND m.transdate = i.transdate THEN i.amount ELSE 0 END)
			/ i.rate, COALESCE(n.digits, 2)) AS lowers,
		round(b.open, 2) AS open, b.last_on,
		GREATEST(i.changed_no, (SELECT no FROM upto) - m.age) AS changed_no
	FROM moved AS m
	JOIN invoice AS i ON i.id = m.trans_id
	JOIN balance AS b ON b.trans_id = m.trans_id
	LEFT JOIN minor AS n ON n.currency = i.currency
)
SELECT
	CASE
		WHEN a.payment_id IS NOT NULL THEN 'P/' || a.payment_id || '/' || a.trans_id || '/' || a.transdate
		ELSE 'U/' || a.trans_id || '/' || a.transdate || '/' || a.voucher
	END AS id,
	a.entity_credit_account AS customer_id,
	'P/' || a.receipt AS receipt_id,
	a.trans_id AS document_id,
	a.currency,
	a.transdate AS applied_on,
	a.transdate AS posted_on,
	a.lowers AS amount
FROM applied AS a
WHERE a.lowers IS DISTINCT FROM 0
	AND (
		a.open <> 0
		OR a.last_on >= CAST(:closed_since AS date) --? closed_since
	)
	AND a.changed_no > :since_no --? since_no
