-- Company 10 is read; company 20 has a customer and a document of the same keys.
INSERT INTO ar_company VALUES ('10', N'Dockside Supply', 'USD', 'America/Chicago'), ('20', N'Dockside Canada', 'CAD', 'America/Toronto');
INSERT INTO ar_customer (company_id, id, name, number, payer_id, credit_limit, language, country, active, credit_hold, changed_at, region_code) VALUES
	('10', 'C1', N'Müller & Söhne 東京 🚢', '0001', NULL, 5000, 'de', 'de', 1, 'N', '20261101 08:00:00', 7),
	('10', 'C2', N'Branch of C1', '0002', 'C1', NULL, NULL, NULL, NULL, NULL, '20261102 08:00:00', NULL), -- a hold that is NULL
	('10', 'C3', N'Held by a person', '0003', NULL, 0, NULL, NULL, 1, 'Y', '20261102 09:00:00', NULL),
	('20', 'C1', N'Another company''s', '0001', NULL, 5000, NULL, NULL, 1, 'N', '20261101 08:00:00', NULL);
INSERT INTO ar_contact (company_id, customer_id, id, role, name, email, valid) VALUES
	('10', 'C1', 'K1', 'Invoice', N'Accounts', N'ap@c1.example.net', 1);
INSERT INTO ar_document (company_id, id, customer_id, number, kind, instalment, issued_on, due_on, terms_days, currency, amount, amount_open, base_open, disputed, posted, closed_on, changed_at, branch) VALUES
	('10', 'D1', 'C1', N'INV-1', 'IN', 1, '20261001', '20261031', NULL, 'USD', 100, 60.5, 60.5, 1, 1, NULL, '20261103 08:00:00', 'north'),       -- part-paid and disputed
	('10', 'D2', 'C1', N'INV-2', 'IN', 1, '20261005', NULL, 30, 'JPY', 5000, 5000, 33.10, NULL, 1, NULL, '20261103 08:01:00', NULL),               -- due by its terms, no decimals
	('10', 'D3', 'C2', N'CM-1', 'CM', 1, '20261006', '20261006', NULL, 'KWD', -1.125, -1.125, -3.66, NULL, 1, NULL, '20261103 08:02:00', NULL),    -- three decimals
	('10', 'R1', 'C1', N'RC-1', 'RC', 1, '20261020', NULL, NULL, 'USD', -39.5, 0, 0, NULL, 1, '20261020', '20261103 08:03:00', NULL),              -- a receipt, applied
	('10', 'R2', 'C1', N'RC-2', 'RC', 1, '20261021', NULL, NULL, 'USD', -12, -12, -12, NULL, 1, NULL, '20261103 08:05:00', NULL),                  -- a receipt on account
	('10', 'D4', 'C1', N'DRAFT', 'IN', 1, '20261020', '20261120', NULL, 'USD', 1, 1, 1, NULL, 0, NULL, '20261103 08:04:00', NULL),                 -- not posted
	('10', 'D5', 'C3', N'OLD', 'OB', 1, '20260101', '19000101', NULL, 'USD', 7, 7, 7, NULL, 1, NULL, '20261103 08:06:00', NULL),                   -- a day that is none
	('20', 'D1', 'C1', N'INV-1', 'IN', 1, '20261001', '20261031', NULL, 'CAD', 100, 100, 100, NULL, 1, NULL, '20261103 08:00:00', 'east');
INSERT INTO ar_application (company_id, id, customer_id, receipt_id, document_id, amount, applied_on, posted_on, changed_at) VALUES
	('10', 'A1', 'C1', 'R1', 'D1', 39.5, '20261020', '20261020', '20261103 08:03:00');
INSERT INTO ar_order (company_id, id, customer_id, currency, amount) VALUES ('10', 'O1', 'C1', 'USD', 250), ('20', 'O1', 'C1', 'CAD', 990);
INSERT INTO ar_freshness VALUES ('10', N'First Harbor Bank', '20261120');
