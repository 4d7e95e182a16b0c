INSERT INTO holdfast_hold (company, customer, held, placed_at)
SELECT CAST(:company AS VARCHAR(100)), CAST(:customer AS VARCHAR(100)), CAST(:value AS VARCHAR(10)), CURRENT_TIMESTAMP
WHERE NOT EXISTS (SELECT 1 FROM holdfast_hold WHERE company = :company AND customer = :customer)
