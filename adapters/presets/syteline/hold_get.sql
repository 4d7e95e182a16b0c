SELECT
	CAST(a.credit_hold AS varchar(3)) AS value,
	CONVERT(varchar(23), a.RecordDate, 121) AS version
FROM dbo.custaddr_mst AS a
WHERE a.site_ref = :company AND a.cust_num = :customer AND a.cust_seq = 0
