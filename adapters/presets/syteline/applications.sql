-- Payments and credit memos that name an invoice. A payment that was spread has
-- one row per invoice, and none for itself. Of an invoice with several due
-- days the first is named: which of them was paid is not recorded.
SELECT
	CONCAT(t.cust_num, '/', t.inv_num, '/', t.inv_seq, '/', t.check_seq) AS id,
	h.cust_num AS customer_id,
	CAST(NULL AS nvarchar(40)) AS receipt_id,
	CONCAT(h.cust_num, '/', h.inv_num, '/1') AS document_id,
	a.curr_code AS currency,
	t.amount + COALESCE(t.freight, 0) + COALESCE(t.misc_charges, 0) + COALESCE(t.sales_tax, 0)
		+ COALESCE(t.sales_tax_2, 0) AS amount,
	COALESCE(t.recpt_date, t.inv_date) AS applied_on,
	t.inv_date AS posted_on,
	t.RecordDate AS changed_at
FROM dbo.artran_mst AS t
JOIN (
	SELECT x.cust_num, x.inv_num
	FROM dbo.artran_mst AS x
	WHERE x.site_ref = :company
		AND (x.[type] IN ('I', 'F') OR x.[type] = 'D' AND COALESCE(x.apply_to_inv_num, '0') IN ('0', x.inv_num))
		AND x.cust_num IN (:customers) --? customers
	GROUP BY x.cust_num, x.inv_num
) AS h ON h.inv_num = t.apply_to_inv_num
JOIN dbo.custaddr_mst AS a ON a.site_ref = :company AND a.cust_num = h.cust_num AND a.cust_seq = 0
WHERE t.site_ref = :company AND t.[type] IN ('C', 'P') AND t.apply_to_inv_num <> '0'
	AND t.RecordDate >= :since --? since
