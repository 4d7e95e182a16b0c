SELECT
	t.customer_id,
	t.contact_id AS id,
	t.role,
	t.name,
	t.email,
	t.phone,
	t.mobile,
	t.language,
	t.active AS valid,
	t.changed_at
FROM contact AS t
JOIN customer AS c ON c.customer_id = t.customer_id
WHERE c.company_id = :company
  AND t.changed_at >= :since --? since
  AND t.customer_id IN (:customers) --? customers
  AND t.contact_id IN (:ids) --? ids
