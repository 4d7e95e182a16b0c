-- The columns are NCHAR: CAST makes them VARCHAR2, since Oracle does not mix
-- the two in one CASE.
SELECT
	CAST(c.ccco AS VARCHAR2(5)) AS id,
	TRIM(c.ccname) AS name,
	CASE WHEN c.cccrcd <> ' ' THEN CAST(TRIM(c.cccrcd) AS VARCHAR2(3)) ELSE '{{currency}}' END AS base_currency
FROM {{data}}f0010 c
