-- What is ordered and not invoiced yet, before taxes and charges.
SELECT
	o.cust_num AS customer_id,
	o.co_num AS id,
	a.curr_code AS currency,
	CAST(ROUND(SUM((i.qty_ordered - i.qty_invoiced) * i.price), 2) AS decimal(23,2)) AS amount,
	MAX(o.credit_hold) AS on_hold
FROM dbo.co_mst AS o
JOIN dbo.coitem_mst AS i ON i.site_ref = o.site_ref AND i.co_num = o.co_num AND i.stat IN ('O', 'F')
JOIN dbo.custaddr_mst AS a ON a.site_ref = o.site_ref AND a.cust_num = o.cust_num AND a.cust_seq = 0
WHERE o.site_ref = :company AND o.[type] <> 'E' AND o.stat = 'O' AND i.qty_ordered > i.qty_invoiced
GROUP BY o.cust_num, o.co_num, a.curr_code
