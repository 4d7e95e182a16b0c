-- Read whole each time, since a partner's stamps say nothing of its address.
WITH customer AS (
	SELECT b.c_bpartner_id AS id
	FROM c_bpartner b
	WHERE b.ad_client_id = :company AND b.iscustomer = 'Y'
		AND b.c_bpartner_id IN (:customers) --? customers
	UNION
	SELECT i.c_bpartner_id
	FROM c_invoice i
	WHERE i.ad_client_id = :company AND i.issotrx = 'Y' AND i.docstatus IN ('CO', 'CL', 'RE', 'VO')
		AND i.c_bpartner_id IN (:customers) --? customers
	UNION
	SELECT p.c_bpartner_id
	FROM c_payment p
	WHERE p.ad_client_id = :company AND p.isreceipt = 'Y' AND p.docstatus IN ('CO', 'CL', 'RE', 'VO')
		AND COALESCE(p.c_charge_id, 0) = 0
		AND p.c_bpartner_id IN (:customers) --? customers
), site AS (
	SELECT
		l.c_bpartner_id, a.address1, a.address2, a.postal, a.city,
		COALESCE(CAST(r.name AS VARCHAR2(255)), CAST(a.regionname AS VARCHAR2(255))) AS region, n.countrycode,
		ROW_NUMBER() OVER (PARTITION BY l.c_bpartner_id ORDER BY l.isbillto DESC, l.c_bpartner_location_id) AS place
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
	NULLIF(b.bpartner_parent_id, 0) AS parent_id,
	-- 0 is no limit to the ERP.
	NULLIF(b.so_creditlimit, 0) AS credit_limit,
	t.name AS terms_code,
	b.paymentrule AS payment_method,
	CASE WHEN b.dunninggrace >= TRUNC(SYSDATE) THEN 'Y' ELSE 'N' END AS dunning_block,
	b.ad_language AS language,
	site.address1,
	site.address2,
	site.postal AS postcode,
	site.city,
	site.region,
	site.countrycode AS country,
	u.name AS sales_rep,
	g.name AS segment,
	b.isactive AS active,
	CASE WHEN b.socreditstatus IN ('S', 'H') THEN 'Y' ELSE 'N' END AS on_hold,
	b.updated AS changed_at
FROM customer
JOIN c_bpartner b ON b.c_bpartner_id = customer.id
LEFT JOIN c_paymentterm t ON t.c_paymentterm_id = b.c_paymentterm_id
LEFT JOIN ad_user u ON u.ad_user_id = b.salesrep_id
LEFT JOIN c_bp_group g ON g.c_bp_group_id = b.c_bp_group_id
LEFT JOIN site ON site.c_bpartner_id = b.c_bpartner_id AND site.place = 1
