-- A credit limit of 0 is what SQL-Ledger writes where nobody set one.
WITH place AS (
	SELECT DISTINCT ON (d.trans_id) d.trans_id, d.address1, d.address2, d.city, d.state, d.zipcode, d.country
	FROM address AS d
	WHERE true
		AND d.trans_id IN (:customers) --? customers
	ORDER BY d.trans_id, d.id
)
SELECT
	c.id,
	c.customernumber AS number,
	COALESCE(NULLIF(btrim(c.name), ''), c.customernumber, c.id::text) AS name,
	NULLIF(btrim(c.curr), '') AS currency,
	round(NULLIF(c.creditlimit, 0)::numeric, 2) AS credit_limit,
	c.terms AS terms_code,
	m.description AS payment_method,
	replace(NULLIF(btrim(c.language_code), ''), '_', '-') AS language,
	place.address1,
	place.address2,
	place.zipcode AS postcode,
	place.city,
	place.state AS region,
	CASE WHEN place.country ~ '^[A-Z]{2}$' THEN place.country END AS country,
	e.name AS sales_rep,
	b.description AS segment,
	COALESCE(c.enddate >= CURRENT_DATE, true) AS active
FROM customer AS c
LEFT JOIN place ON place.trans_id = c.id
LEFT JOIN paymentmethod AS m ON m.id = c.paymentmethod_id
LEFT JOIN employee AS e ON e.id = c.employee_id
LEFT JOIN business AS b ON b.id = c.business_id
WHERE true
	AND c.id IN (:customers) --? customers
