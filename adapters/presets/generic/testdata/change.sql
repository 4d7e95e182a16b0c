-- brings: D1, D2, D3, R1
-- A part payment, a payment in full, a due day that was moved, and money set against an invoice.
UPDATE ar_document SET open = 60, base_open = 60, changed_at = '2026-11-04 08:00' WHERE company_id = '10' AND id = 'D1';
UPDATE ar_document SET open = 0, base_open = 0, closed_on = '2026-11-04', changed_at = '2026-11-04 08:01' WHERE company_id = '10' AND id = 'D2';
UPDATE ar_document SET due_on = '2026-12-24', changed_at = '2026-11-04 08:02' WHERE company_id = '10' AND id = 'D3';
UPDATE ar_document SET amount = -40, changed_at = '2026-11-04 08:03' WHERE company_id = '10' AND id = 'R1';
INSERT INTO ar_application (company_id, id, customer_id, receipt_id, document_id, amount, applied_on, changed_at) VALUES
	('10', 'A2', 'C1', 'R1', 'D1', 0.5, '2026-11-04', '2026-11-04 08:03');
