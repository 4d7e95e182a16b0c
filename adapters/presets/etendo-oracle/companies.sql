-- A company is a legal entity, not the client: a client may hold several, each
-- with a currency of its own.
SELECT
	o.ad_org_id AS id,
	COALESCE(CAST(o.social_name AS VARCHAR2(255)), CAST(o.name AS VARCHAR2(255))) AS name,
	c.iso_code AS base_currency
FROM ad_org o
JOIN ad_orgtype y ON y.ad_orgtype_id = o.ad_orgtype_id AND y.islegalentity = 'Y'
JOIN ad_client t ON t.ad_client_id = o.ad_client_id
JOIN c_currency c ON c.c_currency_id = COALESCE(o.c_currency_id, t.c_currency_id)
WHERE o.isready = 'Y'
ORDER BY o.ad_org_id
