-- One row per line on a receivable account: an instalment of an invoice or credit
-- note, a payment, a bank statement line, or any other entry. The lines are signed
-- and know what they have open; the heads of credit notes are positive, so nothing
-- is read from them. What was posted and is not any more comes as voided. A line
-- without an amount in its own currency is a difference of rates and no debt.
WITH receivable AS (
	SELECT a.id FROM account_account AS a WHERE a.account_type = 'asset_receivable'
), line AS (
	SELECT
		l.id, l.move_id, p.commercial_partner_id AS customer, l.currency_id,
		l.amount_currency, l.amount_residual_currency, l.amount_residual, l.reconciled, l.blocked, l.date_maturity,
		m.name, m.ref, m.move_type, m.state, m.date, m.invoice_date, m.invoice_date_due, m.invoice_origin, m.reversed_entry_id,
		m.payment_id IS NOT NULL OR m.statement_line_id IS NOT NULL AS is_money,
		GREATEST(l.write_date, m.write_date, p.write_date) AS changed_at,
		row_number() OVER (PARTITION BY l.move_id ORDER BY l.date_maturity, l.id) AS instalment
	FROM account_move_line AS l
	JOIN receivable ON receivable.id = l.account_id
	JOIN account_move AS m ON m.id = l.move_id AND (m.state = 'posted' OR m.posted_before)
	JOIN res_partner AS p ON p.id = l.partner_id
	WHERE l.company_id = :company
		AND (l.amount_currency <> 0 OR l.amount_currency IS NULL OR l.balance = 0)
		AND l.partner_id IN (SELECT x.id FROM res_partner AS x WHERE x.commercial_partner_id IN (:customers)) --? customers
		AND l.move_id IN (SELECT x.move_id FROM account_move_line AS x WHERE x.id IN (:ids)) --? ids
		AND l.move_id IN ( --? since
			SELECT x.id FROM account_move AS x WHERE x.company_id = :company AND x.write_date >= :since --? since
			UNION --? since
			SELECT x.move_id FROM account_move_line AS x JOIN receivable ON receivable.id = x.account_id WHERE x.write_date >= :since --? since
			UNION --? since
			SELECT x.move_id FROM res_partner AS y JOIN account_move_line AS x ON x.partner_id = y.id WHERE y.write_date >= :since --? since
		) --? since
), settled AS (
	SELECT r.id, max(r.max_date) AS settled_on
	FROM (
		SELECT d.debit_move_id AS id, d.max_date
		FROM line
		JOIN account_partial_reconcile AS d ON d.debit_move_id = line.id
		WHERE line.reconciled
		UNION ALL
		SELECT k.credit_move_id, k.max_date
		FROM line
		JOIN account_partial_reconcile AS k ON k.credit_move_id = line.id
		WHERE line.reconciled
	) AS r
	GROUP BY r.id
), related AS (
	-- The invoice that a credit note reverses, by its first instalment.
	SELECT DISTINCT ON (o.move_id) o.move_id, o.id
	FROM account_move_line AS o
	JOIN receivable ON receivable.id = o.account_id
	WHERE o.move_id IN (SELECT line.reversed_entry_id FROM line)
	ORDER BY o.move_id, o.date_maturity, o.id
), document AS (
	SELECT
		line.*,
		CASE
			WHEN line.move_type = 'entry' AND line.is_money THEN CASE WHEN line.amount_currency < 0 THEN 'receipt' ELSE 'debit_memo' END
			WHEN line.amount_currency < 0 OR line.move_type = 'out_refund' THEN 'credit_memo'
			WHEN line.move_type = 'entry' THEN 'opening'
			ELSE 'invoice'
		END AS kind,
		CASE WHEN line.state <> 'posted' OR line.reconciled THEN 0 ELSE line.amount_residual_currency END AS open,
		COALESCE(settled.settled_on, line.date) AS settled_on,
		related.id AS related
	FROM line
	LEFT JOIN settled ON settled.id = line.id
	LEFT JOIN related ON related.move_id = line.reversed_entry_id
)
SELECT
	d.id,
	d.customer AS customer_id,
	COALESCE(d.name, d.id::text) AS number,
	d.kind,
	d.instalment,
	COALESCE(d.invoice_date, d.date) AS issued_on,
	d.date AS posted_on,
	CASE WHEN d.is_money THEN NULL ELSE COALESCE(d.date_maturity, d.invoice_date_due, d.invoice_date) END AS due_on,
	u.name AS currency,
	d.amount_currency AS amount,
	d.open,
	CASE WHEN d.open = 0 THEN 0 ELSE d.amount_residual END AS base_open,
	CASE WHEN d.move_type <> 'entry' THEN d.ref END AS po_number,
	d.invoice_origin AS order_number,
	d.related AS related_id,
	COALESCE(d.blocked, false) AS disputed,
	CASE WHEN d.blocked THEN 'no follow-up' END AS dispute_reason,
	d.state <> 'posted' AS voided,
	CASE WHEN d.open = 0 THEN d.settled_on END AS closed_on,
	d.changed_at
FROM document AS d
JOIN res_currency AS u ON u.id = d.currency_id
WHERE (
		d.open <> 0 OR d.open IS NULL
		OR d.settled_on >= CAST(:closed_since AS date) --? closed_since
	)
	AND d.id IN (:ids) --? ids
