-- brings: 1, 2, 3, 6, 7, 9
-- A receipt is applied to an instalment, which brings both; the customer's order number changes on the head; a due day is
-- moved; a dispute is settled; a receipt's head alone says that it is reversed.
UPDATE ar_payment_schedules_all SET amount_due_remaining = 75, amount_in_dispute = 0, last_update_date = TO_DATE('2026-07-01 11:30:00', 'YYYY-MM-DD HH24:MI:SS') WHERE payment_schedule_id = 2;
UPDATE ra_customer_trx_all SET purchase_order = 'PO 78', last_update_date = TO_DATE('2026-07-01 11:31:00', 'YYYY-MM-DD HH24:MI:SS') WHERE customer_trx_id = 802;
UPDATE ar_payment_schedules_all SET amount_due_remaining = 50, last_update_date = TO_DATE('2026-07-01 11:32:00', 'YYYY-MM-DD HH24:MI:SS') WHERE payment_schedule_id = 1;
UPDATE ar_payment_schedules_all SET amount_due_remaining = -20, last_update_date = TO_DATE('2026-07-01 11:32:00', 'YYYY-MM-DD HH24:MI:SS') WHERE payment_schedule_id = 6;
UPDATE ar_payment_schedules_all SET due_date = DATE '2026-12-24', last_update_date = TO_DATE('2026-07-01 11:33:00', 'YYYY-MM-DD HH24:MI:SS') WHERE payment_schedule_id = 9;
UPDATE ar_cash_receipts_all SET status = 'NSF', last_update_date = TO_DATE('2026-07-01 11:34:00', 'YYYY-MM-DD HH24:MI:SS')
WHERE cash_receipt_id = (SELECT cash_receipt_id FROM ar_payment_schedules_all WHERE payment_schedule_id = 7);
