-- Orders that are planned or entered; estimates stand in the same table.
SELECT
	o.co_num AS order_id,
	CAST(o.credit_hold AS varchar(3)) AS value,
	CONVERT(varchar(23), o.RecordDate, 121) AS version
FROM dbo.co_mst AS o
WHERE o.site_ref = :company AND o.cust_num = :customer AND o.[type] <> 'E' AND o.stat IN ('P', 'O')
