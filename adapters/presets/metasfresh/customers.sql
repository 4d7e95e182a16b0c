-- Read whole each time, since a partner's stamps say nothing of its address, limits
-- and status. A partner may have no row of C_BPARTNER_STATS before its first use.
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
		COALESCE(r.name, a.regionname) AS region, n.countrycode,
		ROW_NUMBER() OVER (PARTITION BY l.c_bpartner_id ORDER BY l.isbilltodefault DESC, l.isbillto DESC, l.c_bpartner_location_id) AS place
	FROM customer
	JOIN c_bpartner_location l ON l.c_bpartner_id = customer.id AND l.isactive = 'Y'
	JOIN c_location a ON a.c_location_id = l.c_location_id
	LEFT JOIN c_region r ON r.c_region_id = a.c_region_id
	LEFT JOIN c_country n ON n.c_country_id = a.c_country_id
), granted AS (
	-- The newest approved limit; among those of one day the type with the highest
	-- number, as the ERP takes it.
	SELECT
		m.c_bpartner_id, m.amount,
		ROW_NUMBER() OVER (PARTITION BY m.c_bpartner_id ORDER BY m.datefrom DESC, y.seqno DESC, m.c_bpartner_creditlimit_id) AS place
	FROM customer
	JOIN c_bpartner_creditlimit m ON m.c_bpartner_id = customer.id AND m.processed = 'Y' AND m.isactive = 'Y' AND m.datefrom <= CURRENT_TIMESTAMP
	JOIN c_creditlimit_type y ON y.c_creditlimit_type_id = m.c_creditlimit_type_id
)
SELECT
	b.c_bpartner_id AS id,
	b.value AS "number",
	b.name,
	b.companyname AS legal_name,
	granted.amount AS credit_limit,
	y.name AS terms_code,
	b.paymentrule AS payment_method,
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
	CASE WHEN t.socreditstatus IN ('S', 'H') THEN 'Y' ELSE 'N' END AS on_hold,
	b.updated AS changed_at
FROM customer
JOIN c_bpartner b ON b.c_bpartner_id = customer.id
LEFT JOIN c_bpartner_stats t ON t.c_bpartner_id = b.c_bpartner_id
LEFT JOIN granted ON granted.c_bpartner_id = b.c_bpartner_id AND granted.place = 1
LEFT JOIN c_paymentterm y ON y.c_paymentterm_id = b.c_paymentterm_id
LEFT JOIN ad_user u ON u.ad_user_id = b.salesrep_id
LEFT JOIN c_bp_group g ON g.c_bp_group_id = b.c_bp_group_id
LEFT JOIN site ON site.c_bpartner_id = b.c_bpartner_id AND site.place = 1
