-- Orders that have not shipped yet.
SELECT
	o.customer_id,
	o.order_no AS id,
	o.currency,
	printf('%d.%02d', o.amount / 100, o.amount % 100) AS amount,
	c.credit_hold = 'Y' AS on_hold,
	o.changed_at
FROM sales_order AS o
JOIN customer AS c ON c.customer_id = o.customer_id
WHERE c.company_id = :company
  AND o.status = 'open'
  AND o.customer_id IN (:customers) --? customers
