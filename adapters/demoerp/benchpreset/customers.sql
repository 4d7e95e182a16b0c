SELECT id, number, name, currency, credit_limit, terms_code, language, address1, postcode, city, country, changed_at
FROM bench_customer
WHERE company_id = :company
  AND changed_at >= :since --? since
  AND id IN (:customers) --? customers
  AND id IN (:ids) --? ids
