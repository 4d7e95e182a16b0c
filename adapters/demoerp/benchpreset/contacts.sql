SELECT id AS customer_id, id, 'ap' AS role, name, email, language, true AS valid, changed_at
FROM bench_customer
WHERE company_id = :company
  AND changed_at >= :since --? since
  AND id IN (:customers) --? customers
  AND id IN (:ids) --? ids
