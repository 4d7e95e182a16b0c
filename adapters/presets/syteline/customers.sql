-- The customer is customer 0 of its number; the others are where goods go. A
-- number stands to the right in its column, after blanks. Credit of a customer
-- whose corp_cred is set is the corporate customer's.
SELECT
	a.cust_num AS id,
	LTRIM(a.cust_num) AS number,
	a.name,
	CASE WHEN a.corp_cred = 1 THEN a.corp_cust END AS parent_id,
	a.curr_code AS currency,
	CASE WHEN a.curr_code = b.curr_code THEN ROUND(NULLIF(a.credit_limit, 0), 2) END AS credit_limit,
	c.terms_code,
	c.pay_type AS payment_method,
	a.[addr##1] AS address1,
	a.[addr##2] AS address2,
	a.zip AS postcode,
	a.city,
	a.state AS region,
	CASE WHEN LEN(a.country) = 2 THEN a.country END AS country,
	c.slsman AS sales_rep,
	c.cust_type AS segment,
	COALESCE(a.credit_hold, 0) AS on_hold,
	CONVERT(varchar(23), a.RecordDate, 121) AS hold_version,
	CASE WHEN c.RecordDate > a.RecordDate THEN c.RecordDate ELSE a.RecordDate END AS changed_at
FROM dbo.custaddr_mst AS a
JOIN dbo.customer_mst AS c ON c.site_ref = a.site_ref AND c.cust_num = a.cust_num AND c.cust_seq = a.cust_seq
JOIN dbo.currparms_mst AS b ON b.site_ref = a.site_ref AND b.parm_key = 0
WHERE a.site_ref = :company AND a.cust_seq = 0
	AND (c.RecordDate >= :since OR a.RecordDate >= :since) --? since
	AND a.cust_num IN (:customers) --? customers
