DELETE FROM holdfast_hold
WHERE company = :company AND customer = :customer AND held = :seen
