-- brings: 1000/70, 1000/71, 1000/72, P2000, P2003
-- An allocation leaves invoice and payment untouched; a receipt is reversed.
INSERT INTO c_allocationhdr VALUES (3005, 50, 'Y', '2026-08-01 11:00:00', '2026-08-01', '2026-08-01', 100);
INSERT INTO c_allocationline VALUES (4007, 3005, '2026-08-01 11:00:00', 1000, 2000, 20.00, 0, 0);
UPDATE c_payment SET docstatus = 'RE', updated = '2026-08-01 12:00:00' WHERE c_payment_id = 2003;
