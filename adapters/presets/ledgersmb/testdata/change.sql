-- brings: 101, 102, 104, P/2
-- Money of an earlier payment is spent on an invoice, which brings both; a due day is moved; a credit note is put on hold.
INSERT INTO acc_trans (entry_id, trans_id, chart_id, amount, transdate, source) VALUES (90, 101, 4, -25, '2026-09-03', 'w2'), (91, 101, 1, 25, '2026-09-03', 'w2');
INSERT INTO payment (id, reference, payment_class, payment_date, entity_credit_id, currency) VALUES (7, 'R-7', 2, '2026-09-03', 1, 'USD');
INSERT INTO payment_links VALUES (7, 90, 1), (2, 90, 0), (7, 91, 1);
UPDATE ar SET duedate = '2026-12-24' WHERE id = 102;
UPDATE ar SET on_hold = true WHERE id = 104;
