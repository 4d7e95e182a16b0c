-- A customer is an account; one party can have several. Accounts are shared by
-- all operating units, so one belongs here where it has a site or an item of
-- this one. The account's own profile and limits have no site use; the profiles
-- of sites stand beside them. Read whole each time: there are too many rows whose
-- change would have to be seen.
WITH ledger AS (
	SELECT l.currency_code
	FROM {{schema}}ar_system_parameters_all s
	JOIN {{schema}}gl_ledgers l ON l.ledger_id = s.set_of_books_id
	WHERE s.org_id = TO_NUMBER(:company)
), place AS (
	SELECT
		a.cust_account_id, l.address1, l.address2, l.city, l.state, l.postal_code, l.country,
		ROW_NUMBER() OVER (PARTITION BY a.cust_account_id ORDER BY u.primary_flag DESC, u.site_use_id) AS n
	FROM {{schema}}hz_cust_acct_sites_all a
	JOIN {{schema}}hz_cust_site_uses_all u ON u.cust_acct_site_id = a.cust_acct_site_id
	JOIN {{schema}}hz_party_sites s ON s.party_site_id = a.party_site_id
	JOIN {{schema}}hz_locations l ON l.location_id = s.location_id
	WHERE a.org_id = TO_NUMBER(:company)
		AND u.site_use_code = 'BILL_TO'
		AND u.status = 'A'
		AND a.cust_account_id IN (:customers) --? customers
)
SELECT
	c.cust_account_id AS id,
	c.account_number AS "number",
	COALESCE(c.account_name, y.party_name) AS name,
	y.party_name AS legal_name,
	m.overall_credit_limit AS credit_limit,
	t.name AS terms_code,
	CASE WHEN p.dunning_letters = 'N' THEN 1 ELSE 0 END AS dunning_block,
	b.address1,
	b.address2,
	b.postal_code AS postcode,
	b.city,
	b.state AS region,
	b.country,
	k.name AS collector,
	CASE WHEN c.status = 'A' THEN 1 ELSE 0 END AS active,
	CASE WHEN p.credit_hold = 'Y' THEN 1 ELSE 0 END AS on_hold,
	TO_CHAR(p.object_version_number) AS hold_version
FROM {{schema}}hz_cust_accounts c
CROSS JOIN ledger
JOIN {{schema}}hz_parties y ON y.party_id = c.party_id
LEFT JOIN {{schema}}hz_customer_profiles p ON p.cust_account_id = c.cust_account_id AND p.site_use_id IS NULL
LEFT JOIN {{schema}}hz_cust_profile_amts m ON m.cust_account_profile_id = p.cust_account_profile_id AND m.currency_code = ledger.currency_code
LEFT JOIN {{schema}}ar_collectors k ON k.collector_id = p.collector_id
LEFT JOIN {{schema}}ra_terms_tl t ON t.term_id = p.standard_terms AND t.language = '{{language}}'
LEFT JOIN place b ON b.cust_account_id = c.cust_account_id AND b.n = 1
WHERE (
		EXISTS (
			SELECT 1 FROM {{schema}}hz_cust_acct_sites_all a
			WHERE a.cust_account_id = c.cust_account_id AND a.org_id = TO_NUMBER(:company)
		)
		OR EXISTS (
			SELECT 1 FROM {{schema}}ar_payment_schedules_all d
			WHERE d.customer_id = c.cust_account_id AND d.org_id = TO_NUMBER(:company)
		)
	)
	AND c.cust_account_id IN (:customers) --? customers
