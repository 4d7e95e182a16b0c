-- A customer's billing contact, and the one for correspondence where it is
-- another. A contact that is one person of two customers comes once for each.
WITH way AS (
	SELECT c.cust_id, c.cust_cntct_id AS cntct_id, 'invoice' AS role FROM custinfo AS c
	UNION ALL
	SELECT c.cust_id, c.cust_corrcntct_id, 'correspondence'
	FROM custinfo AS c
	WHERE c.cust_corrcntct_id IS DISTINCT FROM c.cust_cntct_id
)
SELECT
	w.cust_id AS customer_id,
	w.cust_id || '/' || w.cntct_id AS id,
	w.role,
	btrim(concat_ws(' ', k.cntct_first_name, k.cntct_last_name)) AS name,
	NULLIF(btrim(k.cntct_email), '') AS email,
	NULLIF(btrim(k.cntct_phone), '') AS phone,
	COALESCE(k.cntct_active, true) AS valid
FROM way AS w
JOIN cntct AS k ON k.cntct_id = w.cntct_id
WHERE true
	AND w.cust_id IN (:customers) --? customers
ORDER BY w.cust_id, w.role DESC
