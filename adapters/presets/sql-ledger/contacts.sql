-- The address on the customer's own page gets the invoices; the persons beside
-- it have addresses of their own.
WITH way AS (
	SELECT
		c.id AS customer_id, 'C' || c.id AS id, 'invoice' AS role, c.contact AS name,
		c.email, c.phone, NULL AS mobile, c.language_code
	FROM customer AS c
	UNION ALL
	SELECT
		k.trans_id, 'K' || k.id, COALESCE(NULLIF(lower(btrim(k.typeofcontact)), ''), 'person'),
		btrim(concat_ws(' ', k.firstname, k.lastname)), k.email, k.phone, k.mobile, c.language_code
	FROM contact AS k
	JOIN customer AS c ON c.id = k.trans_id
)
SELECT
	w.customer_id,
	w.id,
	w.role,
	w.name,
	NULLIF(btrim(w.email), '') AS email,
	NULLIF(btrim(w.phone), '') AS phone,
	NULLIF(btrim(w.mobile), '') AS mobile,
	replace(NULLIF(btrim(w.language_code), ''), '_', '-') AS language,
	true AS valid
FROM way AS w
WHERE btrim(concat(w.email, w.phone, w.mobile)) <> ''
	AND w.customer_id IN (:customers) --? customers
ORDER BY w.customer_id, w.id
