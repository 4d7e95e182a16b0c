-- One row per posted receivable line: an instalment of an invoice or credit
-- note, a payment, or a debit without an invoice. Amounts are debit minus
-- credit, in the second currency where the line has one.
--
-- A part payment leaves the instalment's line whole and is linked to the
-- invoice; which instalment it pays is not recorded. It is taken off the
-- unreconciled instalments, the oldest first, and what is over off the last.
WITH mine AS (
	-- The invoices of the parties that are read afresh. No index leads to them by
	-- party or by move, but the move names its invoice.
	SELECT NULLIF(split_part(m.origin, ',', 2), '')::integer AS id
	FROM account_move_line AS l
	JOIN account_move AS m ON m.id = l.move
	WHERE m.origin LIKE 'account.invoice,%'
		AND l.party IN (:customers) --? customers
), line AS (
	SELECT
		l.id, l.move, l.account, l.party, l.maturity_date, l.reconciliation,
		l.debit - l.credit AS book,
		CASE WHEN l.second_currency IS NULL THEN l.debit - l.credit ELSE l.amount_second_currency END AS amount,
		COALESCE(l.second_currency, c.currency) AS currency,
		m.number AS move_number, m.date, r.date AS reconciled_on,
		GREATEST(l.create_date, l.write_date, m.create_date, m.write_date, r.create_date, r.write_date) AS changed_at
	FROM account_move_line AS l
	JOIN account_move AS m ON m.id = l.move AND m.state = 'posted' AND m.company = :company
	JOIN account_account AS a ON a.id = l.account
	JOIN account_account_type AS t ON t.id = a.type AND t.receivable
	JOIN company_company AS c ON c.id = m.company
	LEFT JOIN account_move_reconciliation AS r ON r.id = l.reconciliation
	WHERE l.party IS NOT NULL
		AND l.party IN (:customers) --? customers
), invoice AS (
	SELECT i.id, i.move, i.account, i.number, i.invoice_date, i.reference, GREATEST(i.create_date, i.write_date) AS changed_at
	FROM account_invoice AS i
	WHERE i.company = :company AND i.type = 'out' AND i.state IN ('posted', 'paid')
		AND i.id IN (SELECT mine.id FROM mine) --? customers
), void AS (
	SELECT i.move FROM account_invoice AS i WHERE i.company = :company AND i.type = 'out' AND i.state = 'cancelled'
		AND i.id IN (SELECT mine.id FROM mine) --? customers
	UNION ALL
	SELECT i.cancel_move FROM account_invoice AS i WHERE i.company = :company AND i.type = 'out' AND i.cancel_move IS NOT NULL
		AND i.id IN (SELECT mine.id FROM mine) --? customers
), instalment AS (
	SELECT
		line.*, invoice.id AS invoice, invoice.number, invoice.invoice_date, invoice.reference, invoice.changed_at AS invoice_changed_at,
		row_number() OVER w AS instalment,
		sum(line.book) OVER (PARTITION BY invoice.id) AS invoice_book,
		sum(line.amount) OVER (PARTITION BY invoice.id) AS invoice_amount
	FROM invoice
	JOIN line ON line.move = invoice.move AND line.account = invoice.account
	WINDOW w AS (PARTITION BY invoice.id ORDER BY line.maturity_date, line.id)
), linked AS (
	SELECT
		k.invoice, line.id, line.amount, line.book, line.currency, line.date, line.reconciliation,
		GREATEST(line.changed_at, k.create_date, k.write_date) AS changed_at
	FROM "account_invoice-account_move_line" AS k
	JOIN invoice ON invoice.id = k.invoice
	JOIN line ON line.id = k.line
), pool AS (
	-- What an invoice has open: instalments that are due, and payments.
	SELECT i.invoice, i.id, true AS due, i.amount, i.book, i.currency, i.maturity_date, i.date, i.changed_at
	FROM instalment AS i
	WHERE i.reconciliation IS NULL
	UNION ALL
	SELECT k.invoice, k.id, false, k.amount, k.book, k.currency, NULL, k.date, k.changed_at
	FROM linked AS k
	WHERE k.reconciliation IS NULL
), measured AS (
	SELECT
		p.*,
		max(p.currency) FILTER (WHERE p.due) OVER (PARTITION BY p.invoice) AS invoice_currency,
		sum(p.amount) FILTER (WHERE p.due) OVER (PARTITION BY p.invoice) AS due_amount,
		sum(p.book) FILTER (WHERE p.due) OVER (PARTITION BY p.invoice) AS due_book,
		sum(p.amount) OVER (PARTITION BY p.invoice, p.due ORDER BY p.maturity_date, p.id) - p.amount AS before,
		row_number() OVER (PARTITION BY p.invoice, p.due ORDER BY p.maturity_date DESC, p.id DESC) = 1 AS is_last
	FROM pool AS p
), paid AS (
	-- A payment in another currency than the invoice's counts at the invoice's
	-- own booked rate. An invoice without due instalments drops out.
	SELECT
		m.id, m.due, m.amount, m.before, m.is_last,
		-sum(CASE
			WHEN m.currency = m.invoice_currency THEN m.amount
			WHEN m.due_book = 0 THEN 0
			ELSE round(m.book * m.due_amount / m.due_book, c.digits)
		END) FILTER (WHERE NOT m.due) OVER w AS credit,
		max(m.date) FILTER (WHERE NOT m.due) OVER w AS paid_on,
		max(m.changed_at) FILTER (WHERE NOT m.due) OVER w AS changed_at
	FROM measured AS m
	JOIN currency_currency AS c ON c.id = m.invoice_currency
	WINDOW w AS (PARTITION BY m.invoice)
), filled AS (
	SELECT
		p.id, p.paid_on, p.changed_at,
		CASE
			WHEN NOT p.due THEN 0
			WHEN p.is_last THEN p.amount - sign(p.credit) * GREATEST(sign(p.credit) * (p.credit - p.before), 0)
			ELSE p.amount - sign(p.credit) * LEAST(
				GREATEST(sign(p.credit) * (p.credit - p.before), 0), GREATEST(sign(p.credit) * p.amount, 0))
		END AS open
	FROM paid AS p
	WHERE p.credit IS NOT NULL
), credited AS (
	-- The invoice that a credit note was made from, by its oldest instalment.
	SELECT DISTINCT ON (n.invoice) n.invoice, i.id AS related
	FROM account_invoice_line AS n
	JOIN invoice ON invoice.id = n.invoice
	JOIN account_invoice_line AS o ON o.id = CASE
		WHEN n.origin LIKE 'account.invoice.line,%' THEN NULLIF(split_part(n.origin, ',', 2), '')::integer END
	JOIN instalment AS i ON i.invoice = o.invoice
	WHERE n.origin LIKE 'account.invoice.line,%' AND o.invoice <> n.invoice
	ORDER BY n.invoice, i.reconciliation IS NOT NULL, i.instalment
), document AS (
	SELECT
		i.id, i.party, i.number,
		CASE WHEN i.invoice_amount < 0 THEN 'credit_memo' ELSE 'invoice' END AS kind,
		i.instalment, i.invoice_date AS issued_on, i.date AS posted_on, i.maturity_date AS due_on,
		i.currency, i.amount, i.book, i.reference,
		CASE WHEN i.invoice_amount < 0 THEN credited.related END AS related,
		CASE WHEN i.reconciliation IS NOT NULL THEN 0 ELSE COALESCE(f.open, i.amount) END AS open,
		COALESCE(i.reconciled_on, f.paid_on) AS closed_on,
		GREATEST(i.changed_at, i.invoice_changed_at, f.changed_at) AS changed_at
	FROM instalment AS i
	LEFT JOIN filled AS f ON f.id = i.id
	LEFT JOIN credited ON credited.invoice = i.invoice
	UNION ALL
	SELECT
		l.id, l.party, l.move_number,
		CASE WHEN l.amount < 0 OR k.invoice IS NOT NULL THEN 'receipt' ELSE 'opening' END,
		1, l.date, l.date, l.maturity_date,
		l.currency, l.amount, l.book, NULL, NULL,
		-- A linked payment is money spent as long as its invoice has a line
		-- that it pays.
		CASE WHEN l.reconciliation IS NOT NULL THEN 0 ELSE COALESCE(f.open, l.amount) END,
		COALESCE(l.reconciled_on, l.date),
		GREATEST(l.changed_at, k.changed_at)
	FROM line AS l
	LEFT JOIN linked AS k ON k.id = l.id
	LEFT JOIN filled AS f ON f.id = l.id
	WHERE NOT EXISTS (SELECT FROM instalment AS i WHERE i.id = l.id)
		AND NOT EXISTS (SELECT FROM void WHERE void.move = l.move)
)
SELECT
	d.id,
	d.party AS customer_id,
	COALESCE(d.number, d.id::text) AS number,
	d.kind,
	d.instalment,
	d.issued_on,
	d.posted_on,
	d.due_on,
	u.code AS currency,
	d.amount,
	d.open,
	CASE WHEN d.amount = 0 THEN d.book ELSE round(d.book * d.open / d.amount, base.digits) END AS base_open,
	d.reference AS po_number,
	d.related AS related_id,
	CASE WHEN d.open = 0 THEN d.closed_on END AS closed_on,
	d.changed_at
FROM document AS d
JOIN currency_currency AS u ON u.id = d.currency
JOIN company_company AS c ON c.id = :company
JOIN currency_currency AS base ON base.id = c.currency
WHERE (
		d.open <> 0 OR d.open IS NULL
		OR d.closed_on >= :closed_since --? closed_since
	)
	AND d.changed_at >= :since --? since
	AND d.id IN (:ids) --? ids
