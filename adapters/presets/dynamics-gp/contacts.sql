-- One row per address of the customer; its internet address stands in a table
-- shared with vendors, employees and others.
SELECT
	RTRIM(a.CUSTNMBR) AS customer_id,
	CONCAT(RTRIM(a.CUSTNMBR), '|', RTRIM(a.ADRSCODE)) AS id,
	RTRIM(a.ADRSCODE) AS site_id,
	CASE
		WHEN a.ADRSCODE = c.PRBTADCD THEN 'invoice'
		WHEN a.ADRSCODE = c.STADDRCD THEN 'statement'
	END AS role,
	a.CNTCPRSN AS name,
	e.INET1 AS email,
	a.PHONE1 AS phone,
	a.ADDRESS1 AS address1,
	a.ADDRESS2 AS address2,
	a.ZIP AS postcode,
	a.CITY AS city,
	a.STATE AS region
FROM RM00102 AS a
JOIN RM00101 AS c ON c.CUSTNMBR = a.CUSTNMBR
LEFT JOIN SY01200 AS e ON e.Master_Type = 'CUS' AND e.Master_ID = a.CUSTNMBR AND e.ADRSCODE = a.ADRSCODE
WHERE 1 = 1
	AND a.CUSTNMBR IN (:customers) --? customers
