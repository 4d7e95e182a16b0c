SELECT COALESCE(outcome, 'no word') AS outcome
FROM holdfast_request
WHERE company = :company AND customer = :customer AND done_at IS NOT NULL AND told_at IS NULL
