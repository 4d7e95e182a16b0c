-- brings: 1000/70, 1000/71, P2000, 1009
-- An allocation leaves invoice and payment untouched; an invoice is reversed.
INSERT INTO c_allocationhdr VALUES (3005, 50, 'Y', '2026-08-01 11:00+00', '2026-08-01', '2026-08-01', 102);
INSERT INTO c_allocationline VALUES (4008, 3005, '2026-08-01 11:00+00', 1000, 2000, 20.00, 0, 0, 0);
UPDATE c_invoice SET docstatus = 'RE', updated = '2026-08-01 12:00+00' WHERE c_invoice_id = 1009;
