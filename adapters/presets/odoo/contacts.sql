-- The debtor itself and the contacts and invoice addresses below it. Delivery
-- addresses do not pay.
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
)
SELECT
	customer.id AS customer_id,
	p.id,
	CASE WHEN p.type = 'invoice' THEN 'invoice' ELSE p.function END AS role,
	p.name,
	p.email,
	p.phone,
	p.mobile,
	p.lang AS language,
	p.active AS valid
FROM customer
JOIN res_partner AS p ON p.commercial_partner_id = customer.id
WHERE p.active
	AND p.type IS DISTINCT FROM 'delivery'
	AND COALESCE(NULLIF(p.email, ''), NULLIF(p.phone, ''), NULLIF(p.mobile, '')) IS NOT NULL
