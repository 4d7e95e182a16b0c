-- The row of the company, or else the one of company 00000. Blank is no hold, and
-- is told as NULL: an empty text would be NULL to Oracle anyway.
SELECT
	CASE WHEN a.aihold <> ' ' THEN TRIM(a.aihold) END AS value,
	a.aiupmj || '/' || a.aiupmt AS version
FROM {{data}}f03012 a
WHERE a.aian8 = TO_NUMBER(:customer)
	AND a.aico = (SELECT MAX(x.aico) FROM {{data}}f03012 x WHERE x.aian8 = TO_NUMBER(:customer) AND x.aico IN ('00000', :company))
