-- Money on account and open credit memos that were applied are no documents any
-- more. Applied in part, what is left still is one, is brought, and stays.
SELECT 'documents' AS entity, CONCAT(t.cust_num, '/', t.inv_num, '/', t.inv_seq, '/', t.check_seq) AS id
FROM dbo.artran_mst AS t
WHERE t.site_ref = :company AND t.[type] IN ('C', 'P') AND t.apply_to_inv_num <> '0'
	AND t.RecordDate >= :since --? since
UNION ALL
SELECT 'documents', CONCAT(t.cust_num, '/0/', t.inv_seq, '/0')
FROM dbo.artran_mst AS t
WHERE t.site_ref = :company AND t.[type] = 'P' AND t.apply_to_inv_num <> '0'
	AND NOT EXISTS (
		SELECT 1 FROM dbo.artran_mst AS x
		WHERE x.site_ref = t.site_ref AND x.cust_num = t.cust_num AND x.inv_num = '0' AND x.inv_seq = t.inv_seq AND x.check_seq = 0
	)
	AND t.RecordDate >= :since --? since
