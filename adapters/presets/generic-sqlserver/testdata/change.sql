-- brings: D2
UPDATE ar_document SET amount_open = 4000, base_open = 26.48, changed_at = '20261104 09:00:00' WHERE company_id = '10' AND id = 'D2';
