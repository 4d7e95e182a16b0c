-- brings: D1, D2, D3
-- A part payment, a payment in full and a due day that was moved.
UPDATE ar_document SET open = 60, base_open = 60, changed_at = TIMESTAMP '2026-11-04 08:00:00' WHERE company_id = '10' AND id = 'D1';
UPDATE ar_document SET open = 0, base_open = 0, closed_on = DATE '2026-11-04', changed_at = TIMESTAMP '2026-11-04 08:01:00' WHERE company_id = '10' AND id = 'D2';
UPDATE ar_document SET due_on = DATE '2026-12-24', changed_at = TIMESTAMP '2026-11-04 08:02:00' WHERE company_id = '10' AND id = 'D3';
