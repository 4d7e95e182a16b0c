-- brings: D1, D2, D3
-- A part payment, a payment in full and a due day that was moved.
UPDATE ar_document SET amount_open = 60, base_open = 60, changed_at = '20261104 09:00:00' WHERE company_id = '10' AND id = 'D1';
UPDATE ar_document SET amount_open = 0, base_open = 0, closed_on = '20261104', changed_at = '20261104 09:01:00' WHERE company_id = '10' AND id = 'D2';
UPDATE ar_document SET due_on = '20261224', changed_at = '20261104 09:02:00' WHERE company_id = '10' AND id = 'D3';
