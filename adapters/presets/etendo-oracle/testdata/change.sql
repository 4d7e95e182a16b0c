-- brings: S1B, P4
-- A receipt settles what F/1 has open; the order is invoiced with what was paid in advance.
UPDATE fin_payment_schedule SET outstandingamt = 0, updated = '2026-09-01 10:00:00' WHERE fin_payment_schedule_id = 'S1B';
INSERT INTO fin_payment_schedule VALUES ('S12', 'I1', NULL, '2026-09-01 10:00:00', '2026-09-30', '102', 200.00, 0);
UPDATE fin_payment_scheduledetail SET fin_payment_schedule_invoice = 'S12', updated = '2026-09-01 10:00:00' WHERE fin_payment_scheduledetail_id = 'X4';
