-- A company that sells in USD, EUR and JPY. Account 1 is receivable, 2 cash, 3
-- sales, 4 overpayments, 5 discounts given.
INSERT INTO defaults VALUES ('curr', 'USD:EUR:JPY'), ('company_name', 'Harbor Pumps');
INSERT INTO country VALUES (1, 'DE'), (2, 'JP');
INSERT INTO entity VALUES (10, 'Weiß & Jäger'), (11, '東京商店'), (12, 'Supplier'), (13, 'Sam Seller'), (14, 'Gone Ltd');
INSERT INTO company VALUES (10, 'Weiß & Jäger GmbH'), (11, '東京商店株式会社');
INSERT INTO business VALUES (1, 'Wholesale');
INSERT INTO location (id, line_one, line_two, city, state, country_id, mail_code, active) VALUES
	(1, 'Hafen 1', 'Tor 4', 'Kiel', NULL, 1, '24103', true),      -- billing
	(2, 'Lager 9', NULL, 'Kiel', NULL, 1, '24104', true),         -- shipping
	(3, 'Closed 1', NULL, 'Bonn', NULL, 1, NULL, false),          -- not active
	(4, '千代田 1', NULL, '東京', NULL, 2, '100-0001', true);      -- of the entity
INSERT INTO entity_credit_account (id, entity_id, entity_class, pay_to_name, creditlimit, terms, meta_number, business_id, language_code, curr, enddate, employee_id) VALUES
	(1, 10, 2, NULL, 5000, 30, 'C-1', 1, 'de', 'EUR', NULL, 13),
	(2, 10, 2, 'Weiß Projekte', 0, 0, 'C-2', NULL, 'de_CH', NULL, NULL, NULL), -- a second account of one entity
	(3, 11, 2, NULL, NULL, 60, 'C-3', NULL, NULL, 'JPY', NULL, NULL),
	(4, 12, 1, NULL, 0, 0, 'V-1', NULL, 'en', 'USD', NULL, NULL),              -- a vendor
	(5, 14, 2, NULL, 0, 0, 'C-5', NULL, 'en', 'USD', '2020-12-31', NULL);      -- ended
INSERT INTO eca_to_location VALUES (1, 1, 1), (2, 3, 1), (3, 1, 2);
INSERT INTO entity_to_location VALUES (4, 1, 11);
INSERT INTO contact_class VALUES (1, 'Primary Phone'), (3, 'Cell Phone'), (9, 'Fax'), (12, 'Email'), (14, 'BCC'), (15, 'Billing Email');
INSERT INTO eca_to_contact VALUES
	(1, 15, 'ap@weiss.example.net', 'Accounts Payable'), (1, 9, '+49 431 555 0100', NULL), (1, 14, 'blind@weiss.example.net', NULL);
INSERT INTO entity_to_contact VALUES (10, 12, 'info@weiss.example.net', NULL), (10, 1, '+49 431 555 0101', NULL), (11, 3, '+81 3 5550 0100', '田中');
INSERT INTO account_link VALUES (1, 'AR'), (2, 'AR_paid'), (3, 'AR_amount'), (4, 'AR_overpayment'), (4, 'AR_paid'), (5, 'AR_discount');
INSERT INTO exchangerate VALUES ('EUR', '2026-07-01', 1.1), ('EUR', '2026-08-01', 1.2), ('JPY', '2026-07-05', 0.0067), ('EUR', '2026-09-01', 1.3);

INSERT INTO ar (id, invnumber, transdate, amount, duedate, curr, ordnumber, ponumber, on_hold, approved, entity_credit_account, force_closed, crdate) VALUES
	(101, 'I-101', '2026-07-01', 100, '2026-07-31', 'USD', NULL, 'PO 77', false, true, 1, NULL, '2026-06-30'), -- open
	(102, 'I-102', '2026-07-01', 110, '2026-07-31', 'EUR', 'SO 8', '', false, true, 1, NULL, NULL),   -- EUR 100, 40 paid at another rate
	(103, 'I-103', '2026-07-02', 50, '2026-08-01', 'USD', NULL, NULL, false, true, 1, NULL, NULL),    -- paid from an overpayment
	(104, 'CN-104', '2026-07-10', -30, '2026-07-10', 'USD', NULL, NULL, false, true, 1, NULL, NULL),  -- credit note, open
	(105, 'CN-105', '2026-07-11', -20, '2026-07-11', 'USD', NULL, NULL, false, true, 1, NULL, NULL),  -- credit note, applied to 106
	(106, 'I-106', '2026-07-11', 200, NULL, 'USD', NULL, NULL, true, true, 1, NULL, NULL),            -- on hold, no due day
	(107, 'I-107', '2026-07-12', 70, '2026-08-12', 'USD', NULL, NULL, false, false, 1, NULL, NULL),   -- a draft
	(108, 'I-108', '2026-07-05', 67, '2026-09-05', 'JPY', NULL, NULL, false, true, 3, NULL, NULL),    -- JPY 10000, 3333 paid in bulk
	(109, 'I-109', '2026-07-06', 12, '2026-08-06', 'USD', NULL, NULL, false, true, 2, true, NULL),    -- closed by force
	(110, NULL, '2026-07-07', NULL, NULL, NULL, NULL, NULL, false, false, 2, NULL, NULL),             -- begun and never finished
	(111, 'I-111', '2026-07-08', 80, '2026-08-08', 'USD', NULL, NULL, false, true, 2, NULL, NULL),    -- paid on its day, then reversed
	(112, 'I-112', '2026-07-09', 33.333333, '2026-08-09', 'USD', NULL, NULL, false, true, 2, NULL, NULL); -- fractions of a cent, paid in the screen of the invoice
INSERT INTO payment (id, reference, payment_class, payment_date, entity_credit_id, currency) VALUES
	(1, 'R-1', 2, '2026-08-01', 1, 'EUR'),  -- 40 on 102
	(2, 'R-2', 2, '2026-08-02', 1, 'USD'),  -- 120 on account
	(3, 'R-3', 2, '2026-08-03', 1, 'USD'),  -- 50 of those on 103
	(4, 'R-4', 2, '2026-08-04', 1, 'USD'),  -- 106 less credit note 105
	(5, 'R-5', 2, '2026-09-01', 1, 'EUR'),  -- 15 on account
	(6, 'R-6', 1, '2026-09-02', 4, 'USD');  -- to a vendor
INSERT INTO acc_trans (entry_id, trans_id, chart_id, amount, transdate, source, fx_transaction, approved, voucher_id) VALUES
	(1, 101, 3, 100, '2026-07-01', NULL, false, true, NULL), (2, 101, 1, -100, '2026-07-01', NULL, false, true, NULL),
	(3, 102, 1, -100, '2026-07-01', NULL, false, true, NULL), (4, 102, 1, -10, '2026-07-01', NULL, false, true, NULL),
	(5, 103, 1, -50, '2026-07-02', NULL, false, true, NULL),
	(6, 104, 1, 30, '2026-07-10', NULL, false, true, NULL),
	(7, 105, 1, 20, '2026-07-11', NULL, false, true, NULL),
	(8, 106, 1, -200, '2026-07-11', NULL, false, true, NULL),
	(9, 107, 1, -70, '2026-07-12', NULL, false, true, NULL),
	(10, 108, 1, -10000, '2026-07-05', NULL, false, true, NULL), (11, 108, 1, 9933, '2026-07-05', NULL, true, true, NULL),
	(12, 109, 1, -12, '2026-07-06', NULL, false, true, NULL),
	(13, 111, 1, -80, '2026-07-08', NULL, false, true, NULL),
	(14, 112, 1, -33.333333, '2026-07-09', NULL, false, true, NULL),
	-- R-1: EUR 40, received at 1.2, booked off the invoice at 1.1
	(20, 102, 2, -40, '2026-08-01', 'w1', false, true, NULL), (21, 102, 2, -8, '2026-08-01', 'w1', true, true, NULL),
	(22, 102, 1, 40, '2026-08-01', 'w1', false, true, NULL), (23, 102, 1, 4, '2026-08-01', 'w1', true, true, NULL),
	-- R-2: 120 on account
	(30, 900, 2, -120, '2026-08-02', 'w2', false, true, NULL), (31, 900, 4, 120, '2026-08-02', 'w2', false, true, NULL),
	-- R-3: 50 of it on 103
	(40, 103, 4, -50, '2026-08-03', 'w2', false, true, NULL), (41, 103, 1, 50, '2026-08-03', 'w2', false, true, NULL), (42, 103, 1, 0, '2026-08-03', 'w2', true, true, NULL),
	-- R-4: 60 on 106 by 40 in cash and credit note 105
	(50, 106, 2, -60, '2026-08-04', 'w4', false, true, NULL), (51, 106, 1, 60, '2026-08-04', 'w4', false, true, NULL),
	(52, 105, 2, 20, '2026-08-04', 'w4', false, true, NULL), (53, 105, 1, -20, '2026-08-04', 'w4', false, true, NULL),
	-- R-5: EUR 15 on account
	(60, 901, 2, -15, '2026-09-01', 'w5', false, true, NULL), (61, 901, 4, 15, '2026-09-01', 'w5', false, true, NULL),
	-- in bulk, by voucher: JPY 3333; a second one is not approved yet
	(70, 108, 2, -22.3311, '2026-08-05', 'b1', false, true, 7), (71, 108, 1, 22.3311, '2026-08-05', 'b1', false, true, 7),
	(72, 108, 1, 6.7, '2026-08-06', 'b2', false, false, 8),
	-- typed into 111 on its own day, and reversed
	(80, 111, 1, 80, '2026-07-08', NULL, false, true, NULL), (81, 111, 2, -80, '2026-07-08', 'c1', false, true, NULL),
	(82, 111, 1, -80, '2026-07-20', 'c1', false, true, NULL), (83, 111, 2, 80, '2026-07-20', 'c1', false, true, NULL),
	-- 33.33 typed into 112: a third of a cent is left
	(84, 112, 1, 33.33, '2026-07-25', NULL, false, true, NULL), (85, 112, 2, -33.33, '2026-07-25', 'c2', false, true, NULL);
INSERT INTO payment_links VALUES
	(1, 20, 1), (1, 21, 1), (1, 22, 1), (1, 23, 1),
	(2, 30, 2), (2, 31, 2),
	(3, 40, 1), (2, 40, 0), (3, 41, 1), (3, 42, 1),
	(4, 50, 1), (4, 51, 1), (4, 52, 1), (4, 53, 1),
	(5, 60, 2), (5, 61, 2);
