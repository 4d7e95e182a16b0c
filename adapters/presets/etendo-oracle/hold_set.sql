-- A customer that a person blocked already, and perhaps more strictly, is left
-- alone: only an unblocked one, or our own hold, is written.
UPDATE c_bpartner
SET customer_blocking = SUBSTR(CAST(:value AS VARCHAR2(5)), 1, 1),
	so_order_blocking = SUBSTR(CAST(:value AS VARCHAR2(5)), 2, 1),
	so_goods_blocking = SUBSTR(CAST(:value AS VARCHAR2(5)), 3, 1),
	so_invoice_blocking = SUBSTR(CAST(:value AS VARCHAR2(5)), 4, 1),
	so_payment_blocking = SUBSTR(CAST(:value AS VARCHAR2(5)), 5, 1),
	-- The ERP's stamps are its own wall clock, not UTC.
	updated = SYSDATE,
	updatedby = '0'
WHERE c_bpartner_id = :customer
	AND customer_blocking || so_order_blocking || so_goods_blocking || so_invoice_blocking || so_payment_blocking = :seen
	AND (customer_blocking = 'N' OR CAST(:seen AS VARCHAR2(5)) = 'YYYNN')
