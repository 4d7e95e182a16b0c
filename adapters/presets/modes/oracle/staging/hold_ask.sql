-- At most one request of a customer waits at a time.
INSERT INTO holdfast_request (company, customer, wanted, seen, asked_at)
SELECT CAST(:company AS VARCHAR2(100)), CAST(:customer AS VARCHAR2(100)), CAST(:value AS VARCHAR2(200)), CAST(:seen AS VARCHAR2(200)), CURRENT_TIMESTAMP FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM holdfast_request WHERE company = :company AND customer = :customer AND done_at IS NULL)
