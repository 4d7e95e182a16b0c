-- What is ordered and not shipped, at the order's prices, without tax.
SELECT
	h.cohead_id AS id,
	h.cohead_cust_id AS customer_id,
	u.curr_abbr AS currency,
	round(sum(GREATEST(i.coitem_qtyord - i.coitem_qtyshipped + COALESCE(i.coitem_qtyreturned, 0), 0)
		* i.coitem_qty_invuomratio * i.coitem_price / i.coitem_price_invuomratio), 2) AS amount,
	COALESCE(h.cohead_holdtype, 'N') <> 'N' AS on_hold
FROM cohead AS h
JOIN coitem AS i ON i.coitem_cohead_id = h.cohead_id AND i.coitem_status = 'O'
JOIN curr_symbol AS u ON u.curr_id = h.cohead_curr_id
WHERE h.cohead_status = 'O'
	AND h.cohead_cust_id IN (:customers) --? customers
GROUP BY h.cohead_id, h.cohead_cust_id, u.curr_abbr, h.cohead_holdtype
