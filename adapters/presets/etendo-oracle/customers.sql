-- A partner may belong to an organization above the legal entities and be shared
-- by them: it is a customer of those that have invoiced it or been paid by it.
-- Read whole each time, since a partner's stamps say nothing of its address or
-- of its first invoice.
WITH org AS (
	SELECT o.ad_org_id
	FROM ad_org o
	WHERE o.ad_legalentity_org_id = :company OR o.ad_org_id = :company
), base AS (
	SELECT COALESCE(o.c_currency_id, t.c_currency_id) AS c_currency_id
	FROM ad_org o
	JOIN ad_client t ON t.ad_client_id = o.ad_client_id
	WHERE o.ad_org_id = :company
), customer AS (
	SELECT i.c_bpartner_id AS id
	FROM c_invoice i
	JOIN org ON org.ad_org_id = i.ad_org_id
	WHERE i.issotrx = 'Y' AND i.processed = 'Y'
		AND i.c_bpartner_id IN (:customers) --? customers
	UNION
	SELECT p.c_bpartner_id
	FROM fin_payment p
	JOIN org ON org.ad_org_id = p.ad_org_id
	WHERE p.isreceipt = 'Y' AND p.processed = 'Y' AND p.c_bpartner_id IS NOT NULL
		AND p.c_bpartner_id IN (:customers) --? customers
	UNION
	SELECT b.c_bpartner_id
	FROM c_bpartner b
	JOIN org ON org.ad_org_id = b.ad_org_id
	WHERE b.iscustomer = 'Y'
		AND b.c_bpartner_id IN (:customers) --? customers
), site AS (
	SELECT
		l.c_bpartner_id, a.address1, a.address2, a.postal, a.city,
		COALESCE(CAST(r.name AS VARCHAR2(255)), CAST(a.regionname AS VARCHAR2(255))) AS region, n.countrycode,
		ROW_NUMBER() OVER (PARTITION BY l.c_bpartner_id ORDER BY l.isbillto DESC, l.created, l.c_bpartner_location_id) AS n
	FROM customer
	JOIN c_bpartner_location l ON l.c_bpartner_id = customer.id AND l.isactive = 'Y'
	JOIN c_location a ON a.c_location_id = l.c_location_id
	LEFT JOIN c_region r ON r.c_region_id = a.c_region_id
	LEFT JOIN c_country n ON n.c_country_id = a.c_country_id
)
SELECT
	b.c_bpartner_id AS id,
	b.value AS "number",
	b.name,
	b.name2 AS legal_name,
	b.bpartner_parent_id AS parent_id,
	c.iso_code AS currency,
	-- The limit is in the partner's currency, and 0 where nobody set one.
	CASE
		WHEN COALESCE(b.bp_currency_id, base.c_currency_id) = base.c_currency_id THEN NULLIF(b.so_creditlimit, 0)
	END AS credit_limit,
	t.name AS terms_code,
	m.name AS payment_method,
	b.ad_language AS language,
	site.address1,
	site.address2,
	site.postal AS postcode,
	site.city,
	site.region,
	site.countrycode AS country,
	s.name AS sales_rep,
	g.name AS segment,
	b.isactive AS active,
	CASE WHEN b.customer_blocking = 'Y' AND (b.so_order_blocking = 'Y' OR b.so_goods_blocking = 'Y') THEN 'Y' ELSE 'N' END AS on_hold,
	b.updated AS changed_at
FROM customer
JOIN c_bpartner b ON b.c_bpartner_id = customer.id
CROSS JOIN base
LEFT JOIN c_currency c ON c.c_currency_id = b.bp_currency_id
LEFT JOIN c_paymentterm t ON t.c_paymentterm_id = b.c_paymentterm_id
LEFT JOIN fin_paymentmethod m ON m.fin_paymentmethod_id = b.fin_paymentmethod_id
LEFT JOIN c_bpartner s ON s.c_bpartner_id = b.salesrep_id
LEFT JOIN c_bp_group g ON g.c_bp_group_id = b.c_bp_group_id
LEFT JOIN site ON site.c_bpartner_id = b.c_bpartner_id AND site.n = 1
