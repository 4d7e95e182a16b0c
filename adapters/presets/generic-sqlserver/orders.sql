-- Optional: open orders, counted into exposure.
SELECT
	o.id,           -- required
	o.customer_id,  -- required
	o.currency,     -- required
	o.amount,       -- required: what is not invoiced yet
	o.prepaid,
	o.on_hold
FROM ar_order AS o
WHERE o.company_id = :company
