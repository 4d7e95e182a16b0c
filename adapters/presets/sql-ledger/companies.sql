-- A SQL-Ledger database (or "dataset") is one company, which the config may name
-- as the database or as SQL-Ledger names it. The first currency is its own.
SELECT
	CASE WHEN false THEN NULL
		WHEN btrim(n.fldvalue) = :company THEN btrim(n.fldvalue) --? company
		ELSE current_database()::text END AS id,
	COALESCE(NULLIF(btrim(n.fldvalue), ''), current_database()) AS name,
	(SELECT btrim(c.curr) FROM curr AS c ORDER BY c.rn, c.curr LIMIT 1) AS base_currency
FROM (SELECT max(d.fldvalue) AS fldvalue FROM defaults AS d WHERE d.fldname = 'company') AS n
