-- A customer is a credit account: one entity can have several. A credit limit
-- of 0 is what LedgerSMB writes where nobody set one.
WITH place AS (
	-- The billing address of the account goes before that of the entity.
	SELECT DISTINCT ON (k.credit_id)
		k.credit_id, l.line_one, l.line_two, l.city, l.state, l.mail_code, c.short_name
	FROM (
		SELECT e.credit_id, e.location_id, e.location_class, 1 AS rank
		FROM eca_to_location AS e
		UNION ALL
		SELECT a.id, e.location_id, e.location_class, 2
		FROM entity_to_location AS e
		JOIN entity_credit_account AS a ON a.entity_id = e.entity_id AND a.entity_class = 2
	) AS k
	JOIN location AS l ON l.id = k.location_id AND l.active
	LEFT JOIN country AS c ON c.id = l.country_id
	WHERE true
		AND k.credit_id IN (:customers) --? customers
	ORDER BY k.credit_id, k.location_class <> 1, k.rank, k.location_class, k.location_id
)
SELECT
	a.id,
	a.meta_number AS number,
	COALESCE(NULLIF(btrim(a.pay_to_name), ''), e.name) AS name,
	o.legal_name,
	NULLIF(btrim(a.curr), '') AS currency,
	NULLIF(a.creditlimit, 0) AS credit_limit,
	a.terms AS terms_code,
	replace(a.language_code, '_', '-') AS language,
	place.line_one AS address1,
	place.line_two AS address2,
	place.mail_code AS postcode,
	place.city,
	place.state AS region,
	place.short_name AS country,
	s.name AS sales_rep,
	b.description AS segment,
	COALESCE(a.enddate >= CURRENT_DATE, true) AS active
FROM entity_credit_account AS a
JOIN entity AS e ON e.id = a.entity_id
LEFT JOIN company AS o ON o.entity_id = e.id
LEFT JOIN entity AS s ON s.id = a.employee_id
LEFT JOIN business AS b ON b.id = a.business_id
LEFT JOIN place ON place.credit_id = a.id
WHERE a.entity_class = 2
	AND a.id IN (:customers) --? customers
