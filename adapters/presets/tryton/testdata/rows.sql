-- A company that sells in USD and EUR. Account 5 is receivable, 6 is payable.
INSERT INTO currency_currency VALUES (1, 'USD', 2), (2, 'EUR', 2);
INSERT INTO country_country VALUES (1, 'US');
INSERT INTO country_subdivision VALUES (1, 'Alabama');
INSERT INTO ir_lang VALUES (1, 'en'), (2, 'de');
INSERT INTO party_party VALUES
	(1, '1', 'Harbor Pumps', true, NULL, '2026-06-01', NULL),
	(2, '0002', 'Weiß & Jäger', true, NULL, '2026-06-01', '2026-06-02'),
	(3, '0003', '', true, NULL, '2026-06-01', NULL),
	(4, '0004', 'Merged Away', true, 2, '2026-06-01', NULL),
	(5, '0005', 'Supplier only', true, NULL, '2026-06-01', NULL);
INSERT INTO company_company VALUES (1, 1, 1, 'America/Chicago');
INSERT INTO party_address VALUES
	(1, 2, 'Office', '1', 'Kiel', NULL, NULL, true, false, 1),
	(2, 2, E'10 Dock St\nGate 4', '36602', 'Mobile', 1, 1, true, true, 2),
	(3, 2, 'Gone', '2', 'Bonn', NULL, NULL, false, true, NULL);
INSERT INTO party_contact_mechanism VALUES
	(1, 2, 'email', 'boss@c2.example.net', 'Director', true, false, NULL),
	(2, 2, 'email', 'ap@c2.example.net', 'Accounts Payable', true, true, 1),
	(3, 2, 'email', 'old@c2.example.net', NULL, false, true, NULL),
	(4, 2, 'fax', '+1 251-555-0100', NULL, true, false, NULL),
	(5, 3, 'mobile', '+1 251-555-0101', NULL, true, false, NULL);
INSERT INTO party_party_lang (party, company, lang) VALUES (2, NULL, 1), (2, 1, 2), (3, 1, NULL);
INSERT INTO account_invoice_payment_term VALUES (1, '30 days');
INSERT INTO party_party_payment_term (party, customer_payment_term) VALUES (2, 1), (3, NULL);
INSERT INTO party_party_credit_limit_amount (party, company, credit_limit_amount) VALUES (2, 1, 500.00), (3, 1, NULL);
INSERT INTO account_account_type VALUES (1, true), (2, false);
INSERT INTO account_account VALUES (5, 1), (6, 2);
INSERT INTO account_move_reconciliation VALUES (1, '2026-08-20', '2026-08-20 09:00', NULL), (2, '2026-09-10', '2026-09-10 09:00', NULL);
INSERT INTO account_move VALUES
	(1, 1, 'M1', '2026-07-01', 'posted', '2026-07-01 10:00', NULL),  -- two instalments, part-paid
	(2, 1, 'M2', '2026-08-15', 'posted', '2026-08-15 10:00', NULL),  -- the part payment
	(3, 1, 'M3', '2026-07-05', 'posted', '2026-07-05 10:00', NULL),  -- in EUR, paid in EUR, residue in the books
	(4, 1, 'M4', '2026-09-01', 'posted', '2026-09-01 10:00', NULL),
	(5, 1, 'M5', '2026-08-01', 'posted', '2026-08-01 10:00', NULL),  -- settled
	(6, 1, 'M6', '2026-08-20', 'posted', '2026-08-20 10:00', NULL),
	(7, 1, 'M7', '2026-08-25', 'posted', '2026-08-25 10:00', NULL),  -- a credit note
	(8, 1, 'M8', '2026-09-02', 'posted', '2026-09-02 10:00', NULL),  -- on account
	(9, 1, 'M9', '2026-06-01', 'posted', '2026-06-01 10:00', NULL),  -- brought forward, undated
	(10, 1, 'M10', '2026-09-03', 'draft', '2026-09-03 10:00', NULL), -- not in the books
	(11, 1, 'M11', '2026-09-04', 'posted', '2026-09-04 10:00', NULL),-- cancelled
	(12, 1, 'M12', '2026-09-10', 'posted', '2026-09-10 10:00', NULL),
	(13, 1, 'M13', '2026-09-05', 'posted', '2026-09-05 10:00', NULL);-- a purchase
INSERT INTO account_invoice VALUES
	(1, 1, 'out', 'posted', 'R/1', 2, '2026-07-01', 'PO 77', 1, NULL, 5, '2026-07-01 10:00', NULL),
	(2, 1, 'out', 'posted', 'R/2', 2, '2026-07-05', NULL, 3, NULL, 5, '2026-07-05 10:00', NULL),
	(3, 1, 'out', 'paid', 'R/3', 2, '2026-08-01', NULL, 5, NULL, 5, '2026-08-01 10:00', NULL),
	(4, 1, 'out', 'posted', 'G/1', 2, '2026-08-25', NULL, 7, NULL, 5, '2026-08-25 10:00', NULL),
	(5, 1, 'out', 'cancelled', 'R/4', 3, '2026-09-04', NULL, 11, 12, 5, '2026-09-04 10:00', NULL),
	(6, 1, 'out', 'validated', 'R/5', 3, '2026-09-03', NULL, 10, NULL, 5, '2026-09-03 10:00', NULL),
	(7, 1, 'in', 'posted', 'S/1', 5, '2026-09-05', NULL, 13, NULL, 6, '2026-09-05 10:00', NULL);
UPDATE account_move AS m SET origin = 'account.invoice,' || i.id FROM account_invoice AS i WHERE i.move = m.id;
INSERT INTO account_invoice_line VALUES (1, 1, NULL), (2, 4, 'account.invoice.line,1');
INSERT INTO account_move_line VALUES
	(1, 1, 5, 2, 100.00, 0, NULL, NULL, '2026-07-31', NULL, '2026-07-01 10:00', NULL),
	(2, 1, 5, 2, 50.00, 0, NULL, NULL, '2026-08-31', NULL, '2026-07-01 10:00', NULL),
	(3, 2, 5, 2, 0, 120.00, NULL, NULL, NULL, NULL, '2026-08-15 10:00', NULL),
	(4, 3, 5, 2, 110.00, 0, 2, 100.00, '2026-08-04', NULL, '2026-07-05 10:00', NULL),
	(5, 4, 5, 2, 0, 108.00, 2, -100.00, NULL, NULL, '2026-09-01 10:00', NULL),
	(6, 5, 5, 2, 30.00, 0, NULL, NULL, '2026-08-31', 1, '2026-08-01 10:00', '2026-08-20 09:00'),
	(7, 6, 5, 2, 0, 30.00, NULL, NULL, NULL, 1, '2026-08-20 10:00', NULL),
	(8, 7, 5, 2, 0, 15.50, NULL, NULL, '2026-08-25', NULL, '2026-08-25 10:00', NULL),
	(9, 8, 5, 3, 0, 7.00, NULL, NULL, NULL, NULL, '2026-09-02 10:00', NULL),
	(10, 9, 5, 4, 12.00, 0, NULL, NULL, NULL, NULL, '2026-06-01 10:00', NULL),
	(11, 10, 5, 3, 999.00, 0, NULL, NULL, '2026-09-03', NULL, '2026-09-03 10:00', NULL),
	(12, 11, 5, 3, 40.00, 0, NULL, NULL, '2026-09-04', 2, '2026-09-04 10:00', NULL),
	(13, 12, 5, 3, 0, 40.00, NULL, NULL, NULL, 2, '2026-09-10 10:00', NULL),
	(14, 13, 6, 5, 0, 60.00, NULL, NULL, '2026-10-05', NULL, '2026-09-05 10:00', NULL);
INSERT INTO "account_invoice-account_move_line" VALUES
	(1, 3, '2026-08-15 10:00', NULL), (2, 5, '2026-09-01 10:00', NULL), (3, 7, '2026-08-20 10:00', NULL);
