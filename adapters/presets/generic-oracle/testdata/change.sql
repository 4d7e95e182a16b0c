-- brings: D2
UPDATE ar_document SET open = 1000, changed_at = TIMESTAMP '2026-11-04 08:00:00' WHERE company_id = '10' AND id = 'D2';
