-- brings: 101, 102, 106, 109
-- A payment on an invoice, one that was reversed, a due day that was moved, and a deposit that was spent.
UPDATE ar SET paid = 25, datepaid = '2026-09-03' WHERE id = 101;
INSERT INTO acc_trans (trans_id, chart_id, amount, transdate, source, fx_transaction, id) VALUES (101, 2, -25, '2026-09-03', 'w10', false, 1);
UPDATE ar SET paid = 0 WHERE id = 109;
UPDATE ar SET duedate = '2026-12-24' WHERE id = 102;
UPDATE ar SET paid = 0, datepaid = NULL WHERE id = 106;
