INSERT INTO party_party_credit_limit_amount (create_date, create_uid, party, company, credit_limit_amount)
SELECT CURRENT_TIMESTAMP AT TIME ZONE 'UTC', 0, CAST(:customer AS integer), CAST(:company AS integer), CAST(:value AS numeric)
WHERE NOT EXISTS (
	SELECT FROM party_party_credit_limit_amount
	WHERE party = :customer AND company = :company
)
