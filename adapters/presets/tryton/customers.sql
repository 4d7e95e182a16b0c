-- Tryton has no flag for customers: one is a party with lines on a receivable
-- account of the company, or with a customer invoice. Values per company stand
-- in side tables; a row may be missing, hold NULL, or be of no company. A
-- language that only another company knows is better than none. Read whole each
-- time, since a party's own stamps say nothing of its first invoice. Who is read
-- afresh is known to be a customer: no index leads from a party to its invoices.
WITH customer AS (
	SELECT l.party AS id
	FROM account_move_line AS l
	JOIN account_move AS m ON m.id = l.move AND m.company = :company
	JOIN account_account AS a ON a.id = l.account
	JOIN account_account_type AS t ON t.id = a.type AND t.receivable
	WHERE l.party IS NOT NULL
		AND l.party IN (:customers) --? customers
	UNION
	SELECT i.party
	FROM account_invoice AS i
	WHERE i.company = :company AND i.type = 'out'
		AND false --? customers
	UNION --? customers
	SELECT p.id FROM party_party AS p WHERE p.id IN (:customers) --? customers
), address AS (
	SELECT DISTINCT ON (d.party)
		d.party, d.street, d.postal_code, d.city, s.name AS region, c.code AS country
	FROM party_address AS d
	LEFT JOIN country_country AS c ON c.id = d.country
	LEFT JOIN country_subdivision AS s ON s.id = d.subdivision
	WHERE d.active
	ORDER BY d.party, COALESCE(d.invoice, false) DESC, d.sequence NULLS FIRST, d.id
), language AS (
	SELECT DISTINCT ON (v.party) v.party, g.code
	FROM party_party_lang AS v
	JOIN ir_lang AS g ON g.id = v.lang
	ORDER BY v.party, v.company = :company DESC NULLS LAST, v.id
), term AS (
	SELECT DISTINCT ON (v.party) v.party, n.name
	FROM party_party_payment_term AS v
	LEFT JOIN account_invoice_payment_term AS n ON n.id = v.customer_payment_term
	ORDER BY v.party, v.id
), credit AS (
	SELECT DISTINCT ON (v.party) v.party, v.credit_limit_amount AS amount
	FROM party_party_credit_limit_amount AS v
	WHERE v.company = :company
	ORDER BY v.party, v.id
)
SELECT
	p.id,
	p.code AS number,
	COALESCE(NULLIF(p.name, ''), p.code) AS name,
	credit.amount AS credit_limit,
	term.name AS terms_code,
	language.code AS language,
	split_part(address.street, E'\n', 1) AS address1,
	split_part(address.street, E'\n', 2) AS address2,
	address.postal_code AS postcode,
	address.city,
	address.region,
	address.country,
	COALESCE(p.active, false) AND p.replaced_by IS NULL AS active,
	COALESCE(credit.amount = -999999999, false) AS on_hold,
	GREATEST(p.create_date, p.write_date) AS changed_at
FROM customer
JOIN party_party AS p ON p.id = customer.id
LEFT JOIN address ON address.party = p.id
LEFT JOIN language ON language.party = p.id
LEFT JOIN term ON term.party = p.id
LEFT JOIN credit ON credit.party = p.id
WHERE true
	AND p.id IN (:customers) --? customers
ORDER BY p.id
