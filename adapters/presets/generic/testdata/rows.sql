INSERT INTO ar_company VALUES ('10', 'Dockside Supply', 'USD', 'America/Chicago');
INSERT INTO ar_customer (company_id, id, name, number, payer_id, credit_limit, language, country, active, credit_hold, changed_at, region_code) VALUES
	('10', 'C1', 'Müller & Söhne 🚢', '0001', NULL, 5000, 'de', 'de', true, 'N', '2026-11-01 08:00', 7),
	('10', 'C2', 'Branch of C1', '0002', 'C1', NULL, NULL, NULL, NULL, NULL, '2026-11-02 08:00', NULL);
INSERT INTO ar_contact (company_id, customer_id, id, role, name, email, valid) VALUES
	('10', 'C1', 'K1', 'Invoice', 'Accounts', 'ap@c1.example.net', true);
INSERT INTO ar_document (company_id, id, customer_id, number, kind, instalment, issued_on, due_on, terms_days, currency, amount, open, base_open, posted, closed_on, changed_at, branch) VALUES
	('10', 'D1', 'C1', 'INV-1', 'IN', 1, '2026-10-01', '2026-10-31', NULL, 'USD', 100, 60.5, 60.5, true, NULL, '2026-11-03 08:00', 'north'),
	('10', 'D2', 'C1', 'INV-2', 'IN', 1, '2026-10-05', NULL, 30, 'JPY', 5000, 5000, 33.10, true, NULL, '2026-11-03 08:01', NULL),
	('10', 'D3', 'C2', 'CM-1', 'CM', 1, '2026-10-06', '2026-10-06', NULL, 'KWD', -1.125, -1.125, -3.66, true, NULL, '2026-11-03 08:02', NULL),
	('10', 'R1', 'C1', 'RC-1', 'RC', 1, '2026-10-20', NULL, NULL, 'USD', -39.5, 0, 0, true, '2026-10-20', '2026-11-03 08:03', NULL),
	('10', 'D4', 'C1', 'DRAFT', 'IN', 1, '2026-10-20', '2026-11-20', NULL, 'USD', 1, 1, 1, false, NULL, '2026-11-03 08:04', NULL);
INSERT INTO ar_application (company_id, id, customer_id, receipt_id, document_id, amount, applied_on, posted_on, changed_at) VALUES
	('10', 'A1', 'C1', 'R1', 'D1', 39.5, '2026-10-20', '2026-10-20', '2026-11-03 08:03');
INSERT INTO ar_order (company_id, id, customer_id, currency, amount) VALUES ('10', 'O1', 'C1', 'USD', 250);
INSERT INTO ar_freshness VALUES ('10', 'First Harbor Bank', '2026-11-20');
