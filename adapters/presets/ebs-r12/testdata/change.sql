-- brings: 2, 3
UPDATE ar_payment_schedules_all SET amount_due_remaining = 75, last_update_date = TO_DATE('2026-07-01 11:30:00', 'YYYY-MM-DD HH24:MI:SS') WHERE payment_schedule_id = 2;
UPDATE ra_customer_trx_all SET purchase_order = 'PO 78', last_update_date = TO_DATE('2026-07-01 11:31:00', 'YYYY-MM-DD HH24:MI:SS') WHERE customer_trx_id = 802;
