SELECT id, id AS number, name, 'USD' AS currency, 'en' AS language, 'US' AS country, 1 AS active, changed_at
FROM customer
WHERE company_id = :company
  AND changed_at >= :since --? since
  AND id IN (:customers) --? customers
  AND id IN (:ids) --? ids
