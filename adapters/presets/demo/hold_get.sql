SELECT credit_hold AS value, hold_version AS version
FROM customer
WHERE company_id = :company AND customer_id = :customer
