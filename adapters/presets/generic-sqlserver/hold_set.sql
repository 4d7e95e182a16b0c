-- Changes the hold only while it still is what was read. NULL is equal to
-- nothing, not even to NULL, so it is asked for by itself.
UPDATE ar_customer
SET credit_hold = :value
WHERE company_id = :company AND id = :customer
	AND (credit_hold = :seen OR (credit_hold IS NULL AND :seen IS NULL))
	AND version = CAST(:version AS bigint)
