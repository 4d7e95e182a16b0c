-- Changes the hold only while it still is what was read.
UPDATE ar_customer
SET credit_hold = :value
WHERE company_id = :company AND id = :customer
	AND credit_hold IS NOT DISTINCT FROM :seen
	AND version = CAST(:version AS bigint)
