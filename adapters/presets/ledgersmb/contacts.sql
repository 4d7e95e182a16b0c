-- Addresses of the credit account, and those of its entity. The classes are
-- fixed by number in LedgerSMB's own code; blind copies are left out.
WITH way AS (
	SELECT k.credit_id, 'C' AS source, k.contact_class_id, k.contact, k.description
	FROM eca_to_contact AS k
	UNION ALL
	SELECT a.id, 'E', k.contact_class_id, k.contact, k.description
	FROM entity_to_contact AS k
	JOIN entity_credit_account AS a ON a.entity_id = k.entity_id AND a.entity_class = 2
)
SELECT
	w.credit_id AS customer_id,
	w.source || w.credit_id || '/' || w.contact_class_id || '/' || w.contact AS id,
	CASE WHEN w.contact_class_id IN (15, 16) THEN 'invoice' ELSE lower(c.class) END AS role,
	w.description AS name,
	CASE WHEN w.contact_class_id IN (12, 13, 15, 16) THEN w.contact END AS email,
	CASE WHEN w.contact_class_id IN (1, 2) THEN w.contact END AS phone,
	CASE WHEN w.contact_class_id = 3 THEN w.contact END AS mobile,
	replace(a.language_code, '_', '-') AS language,
	true AS valid
FROM way AS w
JOIN contact_class AS c ON c.id = w.contact_class_id
JOIN entity_credit_account AS a ON a.id = w.credit_id AND a.entity_class = 2
WHERE w.contact_class_id IN (1, 2, 3, 12, 13, 15, 16)
	AND w.credit_id IN (:customers) --? customers
ORDER BY w.credit_id, w.source, w.contact_class_id DESC, w.contact
