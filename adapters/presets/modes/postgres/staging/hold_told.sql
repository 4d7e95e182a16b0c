UPDATE holdfast_request SET told_at = CURRENT_TIMESTAMP
WHERE company = :company AND customer = :customer AND done_at IS NOT NULL AND told_at IS NULL
