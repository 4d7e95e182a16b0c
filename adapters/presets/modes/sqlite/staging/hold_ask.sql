-- At most one request of a customer waits at a time.
INSERT INTO holdfast_request (company, customer, wanted, seen, asked_at)
SELECT CAST(:company AS VARCHAR(100)), CAST(:customer AS VARCHAR(100)), CAST(:value AS VARCHAR(200)), CAST(:seen AS VARCHAR(200)), CURRENT_TIMESTAMP
WHERE NOT EXISTS (SELECT 1 FROM holdfast_request WHERE company = :company AND customer = :customer AND done_at IS NULL)
