-- A company that sells in USD, EUR and JPY. Account 1 is receivable, 2 cash, 3
-- discounts.
INSERT INTO defaults VALUES ('company', '港 Pumps'), ('precision', '2');
INSERT INTO curr VALUES (1, 'USD', 2), (2, 'EUR', 2), (3, 'JPY', 0);
INSERT INTO employee VALUES (7, 'Sam Seller');
INSERT INTO business VALUES (8, 'Wholesale');
INSERT INTO paymentmethod VALUES (9, 'Cheque');
INSERT INTO chart VALUES (1, 'AR'), (2, 'AR_paid:AP_paid'), (3, 'AR_discount'), (4, 'AR_amount'), (5, NULL);
INSERT INTO exchangerate VALUES ('EUR', '2026-08-05', 1.25);
INSERT INTO customer (id, name, contact, phone, email, terms, customernumber, business_id, creditlimit, employee_id, language_code, curr, enddate, paymentmethod_id) VALUES
	(10, 'Weiß & Jäger', 'Eva Weiß', '+49 431 555 0100', 'ap@weiss.example.net', 30, 'C-1', 8, 5000.5, 7, 'de', 'EUR', NULL, 9),
	(11, '東京商店', NULL, '', '', 0, 'C-2', NULL, 0, NULL, '', 'JPY', NULL, NULL),
	(12, '', NULL, NULL, 'old@gone.example.net', 0, 'C-3', NULL, NULL, NULL, NULL, NULL, '2020-12-31', NULL); -- ended
INSERT INTO address VALUES
	(1, 10, 'Hafen 1', 'Tor 4', 'Kiel', '', '24103', 'DE'), (2, 11, '千代田 1', NULL, '東京', NULL, '100-0001', 'Japan');
INSERT INTO contact VALUES
	(1, 10, 'Eva', 'Weiß', '', '+49 171 555 0100', 'eva@weiss.example.net', 'company'), (2, 10, 'Nobody', '', '', '', '', ''), (3, 99, 'Vendor', 'Person', '', '', 'v@v.example.net', '');
INSERT INTO ar (id, invnumber, transdate, customer_id, amount, paid, datepaid, duedate, curr, ordnumber, ponumber, approved, onhold, exchangerate) VALUES
	(101, 'I-101', '2026-07-01', 10, 100.1, 0, NULL, '2026-07-31', 'USD', NULL, 'PO 77', true, false, 1),     -- open
	(102, 'I-102', '2026-07-01', 10, 110, 44, '2026-08-01', '2026-07-31', 'EUR', 'SO 8', '', true, false, 1.1), -- EUR 100, 40 paid
	(103, 'I-103', '2026-07-02', 10, 50, 50, '2026-08-02', '2026-08-01', 'USD', NULL, NULL, true, false, 1),  -- paid, 1 of it as discount
	(104, 'CN-104', '2026-07-10', 10, -30.3, 0, NULL, '2026-07-10', 'USD', NULL, NULL, true, false, 1),       -- credit note, open
	(105, 'CN-105', '2026-07-11', 10, -20, -20, '2026-08-04', '2026-07-11', 'USD', NULL, NULL, true, false, 1), -- credit note, used
	(106, 'I-106', '2026-07-11', 10, 200, 60, '2026-08-04', NULL, 'USD', NULL, NULL, true, true, 1),          -- on hold, no due day
	(107, 'I-107', '2026-07-12', 10, 70, 0, NULL, '2026-08-12', 'USD', NULL, NULL, false, false, 1),          -- not approved
	(108, 'I-108', '2026-07-05', 11, 82.71, 22.33, '2026-08-05', '2026-09-05', 'JPY', NULL, NULL, true, false, 0.0067), -- JPY 12345; the books can only say 12344.78
	(109, 'D-109', '2026-08-05', 10, 0, 125, '2026-08-05', '2026-08-05', 'EUR', NULL, NULL, true, false, NULL), -- EUR 100 on account
	(110, 'D-110', '2026-08-06', 11, 0, 0, '2026-08-06', '2026-08-06', 'USD', NULL, NULL, true, false, NULL),  -- on account, used up
	(111, 'I-111', '2026-07-08', 10, 10.3, 10.29, '2026-08-08', '2026-08-08', 'EUR', NULL, NULL, true, false, 1.03), -- EUR 10 paid in thirds: a cent is left in the books
	(112, 'I-112', '2026-07-09', NULL, 5, 0, NULL, '2026-08-09', 'USD', NULL, NULL, true, false, 1);          -- of nobody
INSERT INTO acc_trans (trans_id, chart_id, amount, transdate, source, fx_transaction, id, vr_id) VALUES
	(101, 1, -100.1, '2026-07-01', NULL, false, NULL, NULL), (101, 4, 100.1, '2026-07-01', NULL, false, NULL, NULL),
	(102, 1, -110, '2026-07-01', NULL, false, NULL, NULL),
	(102, 1, 44, '2026-08-01', NULL, false, NULL, NULL), (102, 2, -40, '2026-08-01', 'w1', false, 1, NULL), (102, 2, -8, '2026-08-01', 'w1', true, NULL, NULL), (102, 5, 4, '2026-08-01', NULL, true, NULL, NULL),
	(103, 1, 49, '2026-08-02', NULL, false, NULL, NULL), (103, 2, -49, '2026-08-02', 'w2', false, 1, NULL), (103, 1, 1, '2026-08-02', NULL, false, 103, NULL), (103, 3, -1, '2026-08-02', 'w2', false, 103, NULL),
	(105, 2, 20, '2026-08-04', 'w4', false, 1, NULL),
	(106, 2, -60, '2026-08-04', 'w4', false, 1, 77),
	(108, 2, -3333, '2026-08-05', 'w5', false, 1, NULL), (108, 2, 3310.67, '2026-08-05', 'w5', true, NULL, NULL),
	(109, 1, 125, '2026-08-05', NULL, false, NULL, NULL), (109, 2, -100, '2026-08-05', 'w6', false, NULL, NULL), (109, 2, -25, '2026-08-05', 'w6', true, NULL, NULL),
	(111, 2, -3.33, '2026-08-06', 'w7', false, 1, NULL), (111, 2, -3.33, '2026-08-07', 'w8', false, 2, NULL), (111, 2, -3.34, '2026-08-08', 'w9', false, 3, NULL);
