-- Changes the hold only while it still is what was read. Oracle has no IS NOT
-- DISTINCT FROM, and an empty text is NULL.
UPDATE ar_customer
SET credit_hold = :value
WHERE company_id = :company AND id = :customer
	AND (credit_hold = :seen OR (credit_hold IS NULL AND :seen IS NULL))
	AND version = TO_NUMBER(:version)
