-- brings: 2, 20, 10, 6, 7
-- gone: documents/12, documents/13, documents/21, documents/8
-- A payment is only linked to its invoice, which brings the instalment and the payment; a due day is moved; a reconciliation is
-- undone, which deletes it. Of the credit note that is cancelled, 8, gone.sql tells.
INSERT INTO account_move VALUES (20, 1, 'M20', '2026-09-20', 'posted', '2026-09-20 10:00', NULL), (21, 1, 'M21', '2026-09-20', 'posted', '2026-09-20 10:00', NULL);
INSERT INTO account_move_line VALUES
	(20, 20, 5, 2, 0, 30.00, NULL, NULL, NULL, NULL, '2026-09-20 10:00', NULL),
	(21, 21, 5, 2, 15.50, 0, NULL, NULL, NULL, NULL, '2026-09-20 10:00', NULL);
INSERT INTO "account_invoice-account_move_line" VALUES (1, 20, '2026-09-20 10:00', NULL);
UPDATE account_move_line SET maturity_date = '2026-12-24', write_date = '2026-09-20 10:00' WHERE id = 10;
UPDATE account_move_line SET reconciliation = NULL, write_date = '2026-09-20 10:00' WHERE id IN (6, 7);
UPDATE account_invoice SET state = 'posted', write_date = '2026-09-20 10:00' WHERE id = 3;
UPDATE account_invoice SET state = 'cancelled', cancel_move = 21, write_date = '2026-09-20 10:00' WHERE id = 4;
