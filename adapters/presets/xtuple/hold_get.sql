SELECT
	c.cust_creditstatus AS value,
	c.xmin::text AS version
FROM custinfo AS c
WHERE c.cust_id = CAST(:customer AS integer)
