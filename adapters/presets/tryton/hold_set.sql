UPDATE party_party_credit_limit_amount
SET credit_limit_amount = :value, write_date = CURRENT_TIMESTAMP AT TIME ZONE 'UTC', write_uid = 0
WHERE party = :customer AND company = :company
	AND credit_limit_amount IS NOT DISTINCT FROM CAST(:seen AS numeric)
