SELECT
	c.id,
	c.name,
	u.name AS base_currency,
	p.tz AS time_zone
FROM res_company AS c
JOIN res_currency AS u ON u.id = c.currency_id
LEFT JOIN res_partner AS p ON p.id = c.partner_id
ORDER BY c.id
