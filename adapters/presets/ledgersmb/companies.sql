-- A LedgerSMB database is one company, which the config may name as the database
-- or as LedgerSMB names it. The first currency of the list is its own.
SELECT
	CASE WHEN false THEN NULL
		WHEN btrim(n.value) = :company THEN btrim(n.value) --? company
		ELSE current_database()::text END AS id,
	COALESCE(NULLIF(btrim(n.value), ''), current_database()) AS name,
	split_part(btrim(c.value), ':', 1) AS base_currency
FROM defaults AS c
LEFT JOIN defaults AS n ON n.setting_key = 'company_name'
WHERE c.setting_key = 'curr'
