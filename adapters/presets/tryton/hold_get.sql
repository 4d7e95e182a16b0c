SELECT credit_limit_amount::text AS value
FROM party_party_credit_limit_amount
WHERE party = :customer AND company = :company
