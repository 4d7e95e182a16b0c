SELECT held AS value
FROM holdfast_hold
WHERE company = :company AND customer = :customer
