-- A company is a client (tenant): its first accounting schema has the currency.
SELECT
	t.ad_client_id AS id,
	t.name,
	c.iso_code AS base_currency
FROM ad_client t
JOIN ad_clientinfo f ON f.ad_client_id = t.ad_client_id
JOIN c_acctschema s ON s.c_acctschema_id = f.c_acctschema1_id
JOIN c_currency c ON c.c_currency_id = s.c_currency_id
WHERE t.isactive = 'Y'
ORDER BY t.ad_client_id
