-- xTuple enforces a credit limit above 0 only. One in another currency is taken
-- at the rate of today, which is what one unit of the base currency is worth.
SELECT
	c.cust_id AS id,
	c.cust_number AS number,
	COALESCE(NULLIF(btrim(c.cust_name), ''), c.cust_number) AS name,
	u.curr_abbr AS currency,
	CASE
		WHEN c.cust_creditlmt > 0 THEN round(c.cust_creditlmt / COALESCE(CASE WHEN l.curr_base THEN 1 ELSE r.curr_rate END, 1), 2)
	END AS credit_limit,
	t.terms_code,
	b.addr_line1 AS address1,
	b.addr_line2 AS address2,
	b.addr_postalcode AS postcode,
	b.addr_city AS city,
	b.addr_state AS region,
	y.country_abbr AS country,
	s.salesrep_name AS sales_rep,
	k.custtype_code AS segment,
	c.cust_active AS active,
	c.cust_creditstatus = 'H' AS on_hold
FROM custinfo AS c
LEFT JOIN curr_symbol AS u ON u.curr_id = c.cust_curr_id
LEFT JOIN curr_symbol AS l ON l.curr_id = c.cust_creditlmt_curr_id
LEFT JOIN curr_rate AS r ON r.curr_id = c.cust_creditlmt_curr_id AND CURRENT_DATE BETWEEN r.curr_effective AND r.curr_expires
LEFT JOIN terms AS t ON t.terms_id = c.cust_terms_id
LEFT JOIN salesrep AS s ON s.salesrep_id = c.cust_salesrep_id
LEFT JOIN custtype AS k ON k.custtype_id = c.cust_custtype_id
LEFT JOIN cntct AS n ON n.cntct_id = c.cust_cntct_id
LEFT JOIN addr AS b ON b.addr_id = n.cntct_addr_id
LEFT JOIN country AS y ON y.country_name = b.addr_country
WHERE true
	AND c.cust_id IN (:customers) --? customers
