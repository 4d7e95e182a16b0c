-- Mail addresses and telephones of the party itself, and of the people who are
-- contacts of the account: those hang on the party of the relationship. A contact
-- responsible for dunning or for bills says so in its role.
WITH duty AS (
	SELECT
		d.cust_account_role_id,
		CASE
			WHEN MAX(CASE WHEN d.responsibility_type = 'DUN' THEN 1 ELSE 0 END) = 1 THEN 'dunning'
			WHEN MAX(CASE WHEN d.responsibility_type = 'BILL_TO' THEN 1 ELSE 0 END) = 1 THEN 'invoice'
			ELSE 'contact'
		END AS role
	FROM {{schema}}hz_role_responsibility d
	JOIN {{schema}}hz_cust_account_roles o ON o.cust_account_role_id = d.cust_account_role_id
	WHERE 1 = 1
		AND o.cust_account_id IN (:customers) --? customers
	GROUP BY d.cust_account_role_id
), owner AS (
	SELECT c.cust_account_id, c.party_id, 'general' AS role, y.party_name AS name
	FROM {{schema}}hz_cust_accounts c
	JOIN {{schema}}hz_parties y ON y.party_id = c.party_id
	WHERE 1 = 1
		AND c.cust_account_id IN (:customers) --? customers
	UNION ALL
	SELECT o.cust_account_id, o.party_id, COALESCE(duty.role, 'contact'), y.party_name
	FROM {{schema}}hz_cust_account_roles o
	JOIN {{schema}}hz_relationships r ON r.party_id = o.party_id AND r.subject_table_name = 'HZ_PARTIES' AND r.subject_type = 'PERSON'
	JOIN {{schema}}hz_parties y ON y.party_id = r.subject_id
	LEFT JOIN duty ON duty.cust_account_role_id = o.cust_account_role_id
	WHERE o.role_type = 'CONTACT'
		AND COALESCE(o.status, 'A') = 'A'
		AND o.cust_account_id IN (:customers) --? customers
), way AS (
	SELECT
		w.cust_account_id, k.contact_point_id, w.role, w.name, k.contact_point_type, k.email_address, k.phone_line_type,
		k.phone_country_code, k.phone_area_code, k.phone_number,
		ROW_NUMBER() OVER (PARTITION BY w.cust_account_id, k.contact_point_id ORDER BY w.role) AS n
	FROM owner w
	JOIN {{schema}}hz_contact_points k ON k.owner_table_name = 'HZ_PARTIES' AND k.owner_table_id = w.party_id
	WHERE COALESCE(k.status, 'A') = 'A'
		AND k.contact_point_type IN ('EMAIL', 'PHONE')
		AND COALESCE(k.phone_line_type, 'GEN') <> 'FAX'
)
SELECT
	w.cust_account_id AS customer_id,
	w.cust_account_id || '/' || w.contact_point_id AS id,
	w.role,
	w.name,
	w.email_address AS email,
	CASE
		WHEN w.contact_point_type = 'PHONE' AND COALESCE(w.phone_line_type, 'GEN') <> 'MOBILE'
			THEN TRIM(CASE WHEN w.phone_country_code IS NOT NULL THEN '+' || w.phone_country_code || ' ' END || w.phone_area_code || ' ' || w.phone_number)
	END AS phone,
	CASE
		WHEN w.phone_line_type = 'MOBILE'
			THEN TRIM(CASE WHEN w.phone_country_code IS NOT NULL THEN '+' || w.phone_country_code || ' ' END || w.phone_area_code || ' ' || w.phone_number)
	END AS mobile,
	1 AS valid
FROM way w
WHERE w.n = 1
	AND EXISTS (
		SELECT 1 FROM {{schema}}hz_cust_acct_sites_all a
		WHERE a.cust_account_id = w.cust_account_id AND a.org_id = TO_NUMBER(:company)
	)
