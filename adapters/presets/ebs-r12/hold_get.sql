SELECT
	p.credit_hold AS value,
	TO_CHAR(p.object_version_number) AS version
FROM {{schema}}hz_customer_profiles p
WHERE p.cust_account_id = TO_NUMBER(:customer) AND p.site_use_id IS NULL
