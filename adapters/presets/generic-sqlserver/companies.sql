-- Every company of the database. The id is what the config names as company.
SELECT
	c.id,             -- required
	c.name,           -- required
	c.base_currency,  -- required: ISO 4217, the currency of credit limits and base_open
	c.time_zone       -- IANA, such as America/Chicago
FROM ar_company AS c
ORDER BY c.id
