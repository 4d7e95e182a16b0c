-- The five flags of the hold as one value: armed, orders, shipments, invoices,
-- payments.
SELECT
	b.customer_blocking || b.so_order_blocking || b.so_goods_blocking || b.so_invoice_blocking || b.so_payment_blocking AS value
FROM c_bpartner b
WHERE b.c_bpartner_id = :customer
