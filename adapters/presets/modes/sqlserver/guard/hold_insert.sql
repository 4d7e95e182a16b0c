INSERT INTO holdfast_hold (company, customer, held, placed_at)
SELECT CAST(:company AS NVARCHAR(100)), CAST(:customer AS NVARCHAR(100)), CAST(:value AS NVARCHAR(10)), CURRENT_TIMESTAMP
WHERE NOT EXISTS (SELECT 1 FROM holdfast_hold WHERE company = :company AND customer = :customer)
