-- brings: 1, 2, 11, 20
-- A reconciliation is undone, which deletes it; an invoice goes back to draft.
DELETE FROM account_partial_reconcile WHERE id = 1;
UPDATE account_move_line SET amount_residual = 500, amount_residual_currency = 500, reconciled = false, write_date = '2026-08-01 10:00' WHERE id = 1;
UPDATE account_move_line SET amount_residual = -600, amount_residual_currency = -600, write_date = '2026-08-01 10:00' WHERE id = 20;
UPDATE account_move SET state = 'draft', write_date = '2026-08-01 10:00' WHERE id = 1008;
