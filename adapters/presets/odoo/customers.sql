-- The debtor is the commercial partner: invoices may be made out to a contact or
-- an address below it. Values per company stand in IR_PROPERTY, as text and
-- floats. Read whole each time, since a partner's stamps say nothing of its first
-- invoice or of its properties.
WITH customer AS (
	SELECT p.commercial_partner_id AS id
	FROM account_move_line AS l
	JOIN account_account AS a ON a.id = l.account_id AND a.account_type = 'asset_receivable'
	JOIN account_move AS m ON m.id = l.move_id AND (m.state = 'posted' OR m.posted_before)
	JOIN res_partner AS p ON p.id = l.partner_id
	WHERE l.company_id = :company
		AND l.partner_id IN (SELECT x.id FROM res_partner AS x WHERE x.commercial_partner_id IN (:customers)) --? customers
	UNION
	SELECT p.id
	FROM res_partner AS p
	WHERE p.company_id = :company AND p.customer_rank > 0 AND p.commercial_partner_id = p.id
		AND p.id IN (:customers) --? customers
), property AS (
	SELECT DISTINCT ON (r.name, r.res_id) r.name, r.res_id, r.value_float, r.value_reference
	FROM ir_property AS r
	WHERE r.name IN ('credit_limit', 'property_payment_term_id') AND r.res_id LIKE 'res.partner,%'
		AND (r.company_id = :company OR r.company_id IS NULL)
	ORDER BY r.name, r.res_id, r.company_id NULLS LAST, r.id
)
SELECT
	p.id,
	COALESCE(NULLIF(p.ref, ''), p.id::text) AS number,
	p.name,
	p.parent_id,
	-- No limit and a limit of 0 are the same to Odoo.
	NULLIF(ROUND(limited.value_float::numeric, u.decimal_places), 0) AS credit_limit,
	COALESCE(n.name ->> 'en_US', n.id::text) AS terms_code,
	p.lang AS language,
	p.street AS address1,
	p.street2 AS address2,
	p.zip AS postcode,
	p.city,
	s.name AS region,
	k.code AS country,
	p.tz AS time_zone,
	seller.name AS sales_rep,
	p.active,
	COALESCE(p.sale_warn = 'block' OR p.picking_warn = 'block', false) AS on_hold,
	p.write_date AS changed_at
FROM customer
JOIN res_partner AS p ON p.id = customer.id
JOIN res_company AS c ON c.id = :company
JOIN res_currency AS u ON u.id = c.currency_id
LEFT JOIN property AS limited ON limited.name = 'credit_limit' AND limited.res_id = 'res.partner,' || p.id
LEFT JOIN property AS termed ON termed.name = 'property_payment_term_id' AND termed.res_id = 'res.partner,' || p.id
LEFT JOIN account_payment_term AS n ON n.id = NULLIF(split_part(termed.value_reference, ',', 2), '')::integer
LEFT JOIN res_country AS k ON k.id = p.country_id
LEFT JOIN res_country_state AS s ON s.id = p.state_id
LEFT JOIN res_users AS v ON v.id = p.user_id
LEFT JOIN res_partner AS seller ON seller.id = v.partner_id
