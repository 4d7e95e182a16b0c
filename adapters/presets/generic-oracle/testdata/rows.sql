INSERT INTO ar_company VALUES ('10', 'Dockside Supply', 'USD', 'America/Chicago');
INSERT INTO ar_company VALUES ('20', 'Another company', 'EUR', NULL);
INSERT INTO ar_customer (company_id, id, name, cust_number, credit_limit, language, country, active, credit_hold, changed_at, region_code)
	VALUES ('10', 'C1', 'Müller & Söhne 🚢', '0001', 5000, 'de', 'de', 1, 'N', TIMESTAMP '2026-11-01 08:00:00', 7);
INSERT INTO ar_customer (company_id, id, name, cust_number, payer_id, changed_at)
	VALUES ('10', 'C2', 'Branch of C1', '0002', 'C1', TIMESTAMP '2026-11-02 08:00:00');
INSERT INTO ar_customer (company_id, id, name, changed_at) VALUES ('20', 'C1', 'Of the other company', TIMESTAMP '2026-11-02 08:00:00');
INSERT INTO ar_contact (company_id, customer_id, id, role, name, email, valid)
	VALUES ('10', 'C1', 'K1', 'Invoice', 'Accounts', 'ap@c1.example.net', 1);
-- part-paid
INSERT INTO ar_document (company_id, id, customer_id, doc_number, kind, instalment, issued_on, due_on, terms_days, currency, amount, open,
	base_open, posted, closed_on, changed_at, branch)
	VALUES ('10', 'D1', 'C1', 'INV-1', 'IN', 1, DATE '2026-10-01', DATE '2026-10-31', NULL, 'USD', 100, 60.5, 60.5, 1, NULL, TIMESTAMP '2026-11-03 08:00:00', 'north');
-- the due day comes from terms
INSERT INTO ar_document (company_id, id, customer_id, doc_number, kind, instalment, issued_on, due_on, terms_days, currency, amount, open,
	base_open, posted, closed_on, changed_at, branch)
	VALUES ('10', 'D2', 'C1', 'INV-2', 'IN', 1, DATE '2026-10-05', NULL, 30, 'JPY', 5000, 5000, 33.10, 1, NULL, TIMESTAMP '2026-11-03 08:01:00', NULL);
-- three decimals
INSERT INTO ar_document (company_id, id, customer_id, doc_number, kind, instalment, issued_on, due_on, terms_days, currency, amount, open,
	base_open, posted, closed_on, changed_at, branch)
	VALUES ('10', 'D3', 'C2', 'CM-1', 'CM', 1, DATE '2026-10-06', DATE '2026-10-06', NULL, 'KWD', -1.125, -1.125, -3.66, 1, NULL, TIMESTAMP '2026-11-03 08:02:00', NULL);
-- a receipt, all applied
INSERT INTO ar_document (company_id, id, customer_id, doc_number, kind, instalment, issued_on, due_on, terms_days, currency, amount, open,
	base_open, posted, closed_on, changed_at, branch)
	VALUES ('10', 'R1', 'C1', 'RC-1', 'RC', 1, DATE '2026-10-20', NULL, NULL, 'USD', -39.5, 0, 0, 1, DATE '2026-10-20', TIMESTAMP '2026-11-03 08:03:00', NULL);
-- not posted
INSERT INTO ar_document (company_id, id, customer_id, doc_number, kind, instalment, issued_on, due_on, terms_days, currency, amount, open,
	base_open, posted, closed_on, changed_at, branch)
	VALUES ('10', 'D4', 'C1', 'DRAFT', 'IN', 1, DATE '2026-10-20', DATE '2026-11-20', NULL, 'USD', 1, 1, 1, 0, NULL, TIMESTAMP '2026-11-03 08:04:00', NULL);
-- of the other company
INSERT INTO ar_document (company_id, id, customer_id, doc_number, kind, instalment, issued_on, due_on, terms_days, currency, amount, open,
	base_open, posted, closed_on, changed_at, branch)
	VALUES ('20', 'D1', 'C1', 'INV-9', 'IN', 1, DATE '2026-10-20', DATE '2026-11-20', NULL, 'EUR', 9, 9, 9, 1, NULL, TIMESTAMP '2026-11-03 08:04:00', NULL);
INSERT INTO ar_application (company_id, id, customer_id, receipt_id, document_id, amount, applied_on, posted_on, changed_at)
	VALUES ('10', 'A1', 'C1', 'R1', 'D1', 39.5, DATE '2026-10-20', DATE '2026-10-20', TIMESTAMP '2026-11-03 08:03:00');
INSERT INTO ar_order (company_id, id, customer_id, currency, amount) VALUES ('10', 'O1', 'C1', 'USD', 250);
INSERT INTO ar_freshness VALUES ('10', 'First Harbor Bank', DATE '2026-11-20');
