-- A company is an operating unit; its ledger has the currency.
SELECT
	TO_CHAR(p.org_id) AS id,
	u.name,
	l.currency_code AS base_currency
FROM {{schema}}ar_system_parameters_all p
JOIN {{schema}}hr_all_organization_units u ON u.organization_id = p.org_id
JOIN {{schema}}gl_ledgers l ON l.ledger_id = p.set_of_books_id
WHERE p.org_id > 0
