-- AD_USER holds both the ERP's users and the partners' contacts: a contact has a
-- partner. Whether it is the default for documents makes it the invoice contact.
-- Texts may be of the national character set, which does not mix with another.
WITH org AS (
	SELECT o.ad_org_id
	FROM ad_org o
	WHERE o.ad_legalentity_org_id = :company OR o.ad_org_id = :company
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
)
SELECT
	u.c_bpartner_id AS customer_id,
	u.ad_user_id AS id,
	u.c_bpartner_location_id AS site_id,
	CASE WHEN u.isdefaultfordocs = 'Y' THEN 'invoice' ELSE CAST(u.title AS VARCHAR2(255)) END AS role,
	u.name,
	u.email,
	u.phone,
	u.phone2 AS mobile,
	b.ad_language AS language,
	u.isactive AS valid
FROM customer
JOIN c_bpartner b ON b.c_bpartner_id = customer.id
JOIN ad_user u ON u.c_bpartner_id = customer.id
WHERE u.isactive = 'Y'
	AND (u.email IS NOT NULL OR u.phone IS NOT NULL OR u.phone2 IS NOT NULL)
