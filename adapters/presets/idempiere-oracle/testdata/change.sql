-- brings: 1000/70, 1000/71, 1000/72, P2000, P2003, 1001/73, 1007
-- gone: documents/1001, documents/1003, documents/P2001
-- An allocation leaves invoice and payment untouched; a receipt is reversed.
-- A schedule becomes valid, after which its invoice is no item by itself; an invoice and a receipt are reactivated: of 1001, 1003
-- and P2001 gone.sql tells.
INSERT INTO c_allocationhdr VALUES (3005, 50, 'Y', '2026-08-01 11:00:00', '2026-08-01', '2026-08-01', 100);
INSERT INTO c_allocationline VALUES (4007, 3005, '2026-08-01 11:00:00', 1000, 2000, 20.00, 0, 0);
UPDATE c_payment SET docstatus = 'RE', updated = '2026-08-01 12:00:00' WHERE c_payment_id = 2003;
UPDATE c_invoicepayschedule SET isvalid = 'Y', duedate = '2026-12-24', updated = '2026-08-01 12:01:00' WHERE c_invoicepayschedule_id = 73;
UPDATE c_invoice SET ispayschedulevalid = 'Y', updated = '2026-08-01 12:01:00' WHERE c_invoice_id = 1001;
UPDATE c_invoice SET docstatus = 'IP', updated = '2026-08-01 12:02:00' WHERE c_invoice_id = 1003;
UPDATE c_payment SET docstatus = 'IP', updated = '2026-08-01 12:02:00' WHERE c_payment_id = 2001;
UPDATE c_allocationhdr SET isactive = 'N', updated = '2026-08-01 12:03:00' WHERE c_allocationhdr_id = 3002;
