-- AD_USER holds both the ERP's users and the partners' contacts: a contact has a
-- partner.
-- Texts may be of the national character set, which does not mix with another.
SELECT
	u.c_bpartner_id AS customer_id,
	u.ad_user_id AS id,
	NULLIF(u.c_bpartner_location_id, 0) AS site_id,
	CASE WHEN u.isbillto = 'Y' THEN 'invoice' ELSE CAST(u.title AS VARCHAR2(255)) END AS role,
	u.name,
	u.email,
	u.phone,
	u.phone2 AS mobile,
	b.ad_language AS language,
	u.isactive AS valid
FROM ad_user u
JOIN c_bpartner b ON b.c_bpartner_id = u.c_bpartner_id AND b.ad_client_id = :company
WHERE u.isactive = 'Y'
	AND (u.email IS NOT NULL OR u.phone IS NOT NULL OR u.phone2 IS NOT NULL)
	AND (
		b.iscustomer = 'Y'
		OR EXISTS (SELECT 1 FROM c_invoice i WHERE i.c_bpartner_id = b.c_bpartner_id AND i.issotrx = 'Y' AND i.docstatus IN ('CO', 'CL'))
	)
	AND u.c_bpartner_id IN (:customers) --? customers
