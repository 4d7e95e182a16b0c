-- The company database has one row here, its own profile.
SELECT
	RTRIM(c.ORGID) AS id,
	c.CONAME AS name,
	c.HOMECUR AS base_currency
FROM dbo.CSCOM AS c
