-- One row per active e-mail address, telephone and mobile, in the party's own
-- order. The flag "invoice" goes before the free text that names the role.
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
), language AS (
	SELECT DISTINCT ON (v.party) v.party, g.code
	FROM party_party_lang AS v
	JOIN ir_lang AS g ON g.id = v.lang
	ORDER BY v.party, v.company = :company DESC NULLS LAST, v.id
)
SELECT
	k.party AS customer_id,
	k.id,
	CASE WHEN k.invoice THEN 'invoice' ELSE lower(k.name) END AS role,
	k.name,
	CASE WHEN k.type = 'email' THEN k.value END AS email,
	CASE WHEN k.type = 'phone' THEN k.value END AS phone,
	CASE WHEN k.type = 'mobile' THEN k.value END AS mobile,
	language.code AS language,
	k.active AS valid
FROM party_contact_mechanism AS k
JOIN customer ON customer.id = k.party
LEFT JOIN language ON language.party = k.party
WHERE k.active
	AND k.type IN ('email', 'phone', 'mobile')
	AND btrim(k.value) <> ''
	AND k.party IN (:customers) --? customers
ORDER BY k.party, k.sequence NULLS FIRST, k.id
