SELECT id, customer AS customer_id, id AS "number", 'IN' AS kind, due AS due_on, currency, amount AS "open", changed_at
FROM erp_document WHERE company = :company
  AND changed_at >= :since --? since
  AND customer IN (:customers) --? customers
  AND id IN (:ids) --? ids
