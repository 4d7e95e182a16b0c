SELECT
	c.id,
	p.name,
	u.code AS base_currency,
	c.timezone AS time_zone
FROM company_company AS c
JOIN party_party AS p ON p.id = c.party
JOIN currency_currency AS u ON u.id = c.currency
ORDER BY c.id
