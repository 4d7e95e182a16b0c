-- An xTuple database is one company, which the config may name as the database
-- or as the remit-to name in xTuple's accounting setup.
SELECT
	CASE WHEN false THEN NULL
		WHEN btrim(n.metric_value) = :company THEN btrim(n.metric_value) --? company
		ELSE current_database()::text END AS id,
	COALESCE(NULLIF(btrim(n.metric_value), ''), current_database()) AS name,
	b.curr_abbr AS base_currency
FROM curr_symbol AS b
LEFT JOIN metric AS n ON n.metric_name = 'remitto_name'
WHERE b.curr_base
