-- brings: 1, 2, 4, 5, 10
-- A credit memo is set against an invoice, which brings both; a due day is moved; an invoice is paid in full; a dispute is settled.
UPDATE aropen SET aropen_paid = 25 WHERE aropen_id = 1;
UPDATE aropen SET aropen_paid = 30, aropen_open = false, aropen_closedate = '2026-09-01' WHERE aropen_id = 5;
UPDATE aropen SET aropen_duedate = '2026-12-24' WHERE aropen_id = 2;
UPDATE aropen SET aropen_paid = aropen_amount, aropen_open = false, aropen_closedate = '2026-09-01' WHERE aropen_id = 10;
UPDATE incdt SET incdt_status = 'L' WHERE incdt_aropen_id = 4;
