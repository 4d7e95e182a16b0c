SELECT id AS customer_id, id, 'ap' AS role, name, email, 'en' AS language, 1 AS valid, changed_at
FROM customer
WHERE company_id = :company
  AND changed_at >= :since --? since
  AND id IN (:customers) --? customers
  AND id IN (:ids) --? ids
