DELETE FROM party_party_credit_limit_amount
WHERE party = :customer AND company = :company
	AND credit_limit_amount IS NOT DISTINCT FROM CAST(:seen AS numeric)
