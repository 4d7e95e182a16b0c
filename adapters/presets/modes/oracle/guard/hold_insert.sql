INSERT INTO holdfast_hold (company, customer, held, placed_at)
SELECT CAST(:company AS VARCHAR2(100)), CAST(:customer AS VARCHAR2(100)), CAST(:value AS VARCHAR2(10)), CURRENT_TIMESTAMP FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM holdfast_hold WHERE company = :company AND customer = :customer)
