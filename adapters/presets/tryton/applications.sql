-- Tryton says which lines were settled together, never which paid which. Within
-- a reconciliation, and within the open payments linked to one invoice, the
-- credits are laid on the debits of the same currency, the oldest on the
-- oldest. A rest that was written off stands in a move that Tryton leaves a
-- draft: it is a write-off and no receipt.
WITH mine AS (
	-- The invoices of the parties that are read afresh. No index leads to them by
	-- party or by move, but the move names its invoice.
	SELECT NULLIF(split_part(m.origin, ',', 2), '')::integer AS id
	FROM account_move_line AS l
	JOIN account_move AS m ON m.id = l.move
	WHERE m.origin LIKE 'account.invoice,%'
		AND l.party IN (:customers) --? customers
), invoice AS (
	SELECT i.id, i.move, i.account FROM account_invoice AS i
	WHERE i.company = :company AND i.type = 'out' AND i.state IN ('posted', 'paid')
		AND i.id IN (SELECT mine.id FROM mine) --? customers
), void AS (
	SELECT i.move FROM account_invoice AS i WHERE i.company = :company AND i.type = 'out' AND i.state = 'cancelled'
		AND i.id IN (SELECT mine.id FROM mine) --? customers
	UNION ALL
	SELECT i.cancel_move FROM account_invoice AS i WHERE i.company = :company AND i.type = 'out' AND i.cancel_move IS NOT NULL
		AND i.id IN (SELECT mine.id FROM mine) --? customers
), line AS (
	SELECT
		l.id, l.move, l.party, l.maturity_date, l.reconciliation, i.id AS invoice, k.invoice AS pays,
		CASE WHEN l.second_currency IS NULL THEN l.debit - l.credit ELSE l.amount_second_currency END AS amount,
		COALESCE(l.second_currency, c.currency) AS currency,
		m.date, m.state <> 'posted' AS draft, r.date AS reconciled_on,
		GREATEST(l.create_date, l.write_date, m.create_date, m.write_date, r.create_date, r.write_date,
			k.create_date, k.write_date) AS changed_at
	FROM account_move_line AS l
	JOIN account_move AS m ON m.id = l.move AND m.company = :company AND (m.state = 'posted' OR l.reconciliation IS NOT NULL)
	JOIN account_account AS a ON a.id = l.account
	JOIN account_account_type AS t ON t.id = a.type AND t.receivable
	JOIN company_company AS c ON c.id = m.company
	LEFT JOIN account_move_reconciliation AS r ON r.id = l.reconciliation
	LEFT JOIN invoice AS i ON i.move = l.move AND i.account = l.account
	LEFT JOIN "account_invoice-account_move_line" AS k ON k.line = l.id
	WHERE l.party IS NOT NULL
		AND l.party IN (:customers) --? customers
		AND (
			l.reconciliation IS NULL
			OR r.date >= :closed_since --? closed_since
		)
		AND (l.reconciliation IS NOT NULL OR k.invoice IS NOT NULL OR i.id IS NOT NULL)
		AND NOT EXISTS (SELECT FROM void WHERE void.move = l.move)
), grouped AS (
	SELECT line.*, COALESCE(reconciliation, 0) AS settled,
		CASE WHEN reconciliation IS NULL THEN COALESCE(invoice, pays) ELSE 0 END AS open_invoice
	FROM line
), debit AS (
	-- What is settled: invoices, and credit notes that are paid out.
	SELECT g.*, sum(abs(g.amount)) OVER w AS upto
	FROM grouped AS g
	WHERE CASE WHEN g.reconciliation IS NULL THEN g.invoice IS NOT NULL ELSE g.amount > 0 END
	WINDOW w AS (PARTITION BY g.settled, g.open_invoice, g.currency ORDER BY g.maturity_date, g.id)
), credit AS (
	SELECT g.*, sum(abs(g.amount)) OVER w AS upto
	FROM grouped AS g
	WHERE CASE WHEN g.reconciliation IS NULL THEN g.invoice IS NULL ELSE g.amount < 0 END
	WINDOW w AS (PARTITION BY g.settled, g.open_invoice, g.currency ORDER BY g.date, g.id)
), pair AS (
	SELECT
		CASE WHEN NOT c.draft THEN c.id END AS receipt, c.id AS credit, c.draft, d.id AS document, d.party, d.currency, sign(d.amount) AS side,
		LEAST(d.upto, c.upto) - GREATEST(d.upto - abs(d.amount), c.upto - abs(c.amount)) AS amount,
		CASE WHEN c.pays IS NULL THEN COALESCE(c.reconciled_on, c.date) ELSE c.date END AS applied_on,
		c.date,
		GREATEST(d.changed_at, c.changed_at) AS changed_at
	FROM debit AS d
	JOIN credit AS c ON c.settled = d.settled AND c.open_invoice = d.open_invoice AND c.currency = d.currency
)
SELECT
	p.credit || '-' || p.document AS id,
	p.receipt AS receipt_id,
	p.document AS document_id,
	p.party AS customer_id,
	u.code AS currency,
	p.applied_on,
	p.date AS posted_on,
	CASE WHEN p.draft THEN 0 ELSE p.side * p.amount END AS amount,
	CASE WHEN p.draft THEN p.side * p.amount END AS write_off,
	p.changed_at
FROM pair AS p
JOIN currency_currency AS u ON u.id = p.currency
WHERE p.amount > 0
	AND p.changed_at >= :since --? since
