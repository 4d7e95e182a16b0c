-- brings: 1000/70, 1000/71, P2000, 1009, 1001/73
-- gone: documents/1001, documents/1003, documents/P2001
-- An allocation leaves invoice and payment untouched; an invoice is reversed.
-- A schedule becomes valid, after which its invoice is no item by itself; an invoice and a receipt are reactivated: of 1001, 1003
-- and P2001 gone.sql tells.
INSERT INTO c_allocationhdr VALUES (3005, 50, 'Y', '2026-08-01 11:00+00', '2026-08-01', '2026-08-01', 102);
INSERT INTO c_allocationline VALUES (4008, 3005, '2026-08-01 11:00+00', 1000, 2000, 20.00, 0, 0, 0);
UPDATE c_invoice SET docstatus = 'RE', updated = '2026-08-01 12:00+00' WHERE c_invoice_id = 1009;
INSERT INTO c_invoicepayschedule VALUES (73, 1001, '2026-08-01 12:01+00', 'Y', '2026-12-24', 80.00);
UPDATE c_invoice SET ispayschedulevalid = 'Y', updated = '2026-08-01 12:01+00' WHERE c_invoice_id = 1001;
UPDATE c_invoice SET docstatus = 'IP', updated = '2026-08-01 12:02+00' WHERE c_invoice_id = 1003;
UPDATE c_payment SET docstatus = 'IP', updated = '2026-08-01 12:02+00' WHERE c_payment_id = 2001;
