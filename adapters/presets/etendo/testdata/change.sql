-- brings: S1B, P4, P2, S2, S8
-- gone: documents/P8, documents/S4
-- A receipt settles what F/1 has open; the order is invoiced with what was paid in advance; credit is used up; a due day is
-- moved; an invoice gets another order number on its head. Of what is taken back, P8 and S4, gone.sql tells.
UPDATE fin_payment_schedule SET outstandingamt = 0, updated = '2026-09-01 10:00:00' WHERE fin_payment_schedule_id = 'S1B';
INSERT INTO fin_payment_schedule VALUES ('S12', 'I1', NULL, '2026-09-01 10:00:00', '2026-09-30', '102', 200.00, 0);
UPDATE fin_payment_scheduledetail SET fin_payment_schedule_invoice = 'S12', updated = '2026-09-01 10:00:00' WHERE fin_payment_scheduledetail_id = 'X4';
UPDATE fin_payment SET used_credit = 150.00, updated = '2026-09-01 10:01:00' WHERE fin_payment_id = 'P2';
UPDATE fin_payment_schedule SET duedate = '2026-12-24', updated = '2026-09-01 10:02:00' WHERE fin_payment_schedule_id = 'S2';
UPDATE c_invoice SET poreference = 'PO 10', updated = '2026-09-01 10:03:00' WHERE c_invoice_id = 'I8';
UPDATE fin_payment SET processed = 'N', status = 'RPAP', updated = '2026-09-01 10:04:00' WHERE fin_payment_id = 'P8';
UPDATE c_invoice SET processed = 'N', docstatus = 'DR', updated = '2026-09-01 10:05:00' WHERE c_invoice_id = 'I4';
