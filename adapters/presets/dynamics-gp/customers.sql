-- CHAR columns are padded with blanks, which SQL Server does not compare: a key
-- without them finds its row.
SELECT
	RTRIM(c.CUSTNMBR) AS id,
	c.CUSTNAME AS name,
	CASE WHEN c.CPRCSTNM NOT IN ('', c.CUSTNMBR) THEN RTRIM(c.CPRCSTNM) END AS parent_id,
	COALESCE(NULLIF(m.ISOCURRC, ''), NULLIF(c.CURNCYID, '')) AS currency,
	CASE c.CRLMTTYP WHEN 0 THEN 0 WHEN 2 THEN c.CRLMTAMT END AS credit_limit, -- 0 no credit, 1 unlimited, 2 an amount
	c.PYMTRMID AS terms_code,
	c.ADDRESS1 AS address1,
	c.ADDRESS2 AS address2,
	c.ZIP AS postcode,
	c.CITY AS city,
	c.STATE AS region,
	CASE WHEN LEN(c.CCode) = 2 THEN c.CCode END AS country,
	c.SLPRSNID AS sales_rep,
	c.CUSTCLAS AS segment,
	CASE WHEN c.INACTIVE = 1 THEN 0 ELSE 1 END AS active,
	c.HOLD AS on_hold,
	CONVERT(varchar(23), c.DEX_ROW_TS, 121) AS hold_version,
	c.DEX_ROW_TS AS changed_at
FROM RM00101 AS c
LEFT JOIN [{{system}}].[dbo].[MC40200] AS m ON m.CURNCYID = c.CURNCYID
WHERE 1 = 1
	AND c.DEX_ROW_TS >= :since --? since
	AND c.CUSTNMBR IN (:customers) --? customers
