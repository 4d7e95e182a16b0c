-- brings: 101, 109
UPDATE ar SET paid = 25, datepaid = '2026-09-03' WHERE id = 101;
INSERT INTO acc_trans (trans_id, chart_id, amount, transdate, source, fx_transaction, id) VALUES (101, 2, -25, '2026-09-03', 'w10', false, 1);
UPDATE ar SET paid = 0 WHERE id = 109;
