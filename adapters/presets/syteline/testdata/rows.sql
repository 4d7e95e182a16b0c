-- Two sites in one database; OHIO is read. Numbers stand to the right, after
-- blanks. Invoices that are not posted stand in arinv and are nowhere here.
INSERT INTO dbo.currparms_mst VALUES (N'OHIO', 0, N'USD'), (N'CHINA', 0, N'CNY');
INSERT INTO dbo.currency_mst VALUES (N'OHIO', N'USD', 2, 0), (N'OHIO', N'EUR', 2, 0), (N'OHIO', N'JPY', 0, 1), (N'CHINA', N'CNY', 2, 0);
INSERT INTO dbo.customer_mst VALUES
	(N'OHIO', N'   1001', 0, N'N30', 'C', N'SL1', N'WHL', N'Ann Buyer', NULL, N'Abe Payer', N'555-0101', NULL, N'555-0103', '20261101 10:00:00'),
	(N'OHIO', N'   1001', 1, N'N30', 'C', NULL, NULL, N'Dock', NULL, NULL, N'555-0199', NULL, NULL, '20261101 10:00:00'),   -- a ship-to
	(N'OHIO', N'   1002', 0, N'N30', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '20261102 10:00:00'),
	(N'OHIO', N'   1003', 0, N'N30', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '20261001 10:00:00'),
	(N'OHIO', N'   1004', 0, N'N30', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '20261001 10:00:00'),
	(N'CHINA', N'   1001', 0, N'N30', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '20261101 10:00:00');
INSERT INTO dbo.custaddr_mst VALUES
	(N'OHIO', N'   1001', 0, N'Buckeye Bicycles', NULL, 0, N'USD', 10000, N'1 Main St', N'Suite 2', N'43004', N'Columbus', N'OH', N'US', 0, NULL, N'ap@buckeye.example.net', N'info@buckeye.example.net', '20261101 10:00:00'),
	(N'OHIO', N'   1001', 1, N'Buckeye Dock', NULL, 0, N'USD', 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, N'dock@buckeye.example.net', '20261101 10:00:00'),
	(N'OHIO', N'   1002', 0, N'Müller Räder', N'   1001', 1, N'EUR', 500, NULL, NULL, NULL, N'Köln', NULL, N'Germany', 0, NULL, NULL, N'kredit@mueller.example.net', '20261102 11:00:00'), -- credit of its corporate customer, EUR
	(N'OHIO', N'   1003', 0, N'Held by a person', N'   1001', 0, N'USD', 0, NULL, NULL, NULL, NULL, NULL, N'US', 1, '20261001', NULL, NULL, '20261103 10:00:00'),          -- corporate customer without its credit
	(N'OHIO', N'   1004', 0, N'東京自転車', NULL, NULL, N'JPY', 0, NULL, NULL, NULL, NULL, NULL, N'JP', NULL, NULL, NULL, NULL, '20261103 11:00:00'),                        -- a hold that is NULL
	(N'CHINA', N'   1001', 0, N'Another site''s', NULL, 0, N'CNY', 0, NULL, NULL, NULL, NULL, NULL, N'CN', 0, NULL, NULL, NULL, '20261101 10:00:00');
INSERT INTO dbo.co_mst VALUES
	(N'OHIO', N'      C001', N'   1001', 'R', 'O', N'PO 77', 0, NULL, '20261001 09:00:00'),
	(N'OHIO', N'      C002', N'   1001', 'R', 'O', NULL, 1, '20261002', '20261002 09:00:00'),  -- held by a person
	(N'OHIO', N'      C003', N'   1001', 'R', 'C', NULL, 0, NULL, '20261003 09:00:00'),        -- complete
	(N'OHIO', N'      E004', N'   1001', 'E', 'O', NULL, 0, NULL, '20261003 09:00:00');        -- an estimate
INSERT INTO dbo.coitem_mst VALUES
	(N'OHIO', N'      C001', 1, 'O', 10, 4, 12.5), (N'OHIO', N'      C001', 2, 'C', 5, 5, 100), (N'OHIO', N'      C002', 1, 'O', 3, 0, 33.333),
	(N'OHIO', N'      C003', 1, 'C', 9, 9, 1), (N'OHIO', N'      E004', 1, 'O', 1, 0, 999);
INSERT INTO dbo.artran_mst VALUES
	-- site, customer, number, sequence, check sequence, type, applied to, day, due, received, order, rate, amount, freight, charges, tax, second tax, stamp
	(N'OHIO', N'   1001', N'        5001', 0, 0, 'I', N'        5001', '20261001', '20261031', NULL, N'      C001', 1, 90, 4, 1, 5, NULL, '20261001 12:00:00'), -- open, of five parts
	(N'OHIO', N'   1001', N'        5002', 0, 0, 'I', N'        5002', '20261002', '20261101', NULL, NULL, 1, 200, 0, 0, 0, 0, '20261002 12:00:00'),           -- part-paid
	(N'OHIO', N'   1001', N'        5002', 4711, 1, 'P', N'        5002', '20261020', '20261020', '20261019', NULL, 1, 80, 0, 0, 0, 0, '20261020 12:00:00'),
	(N'OHIO', N'   1001', N'        5003', 0, 0, 'I', N'        5003', '20261003', '20261102', NULL, NULL, 1, 50, 0, 0, 0, 0, '20261003 12:00:00'),            -- paid
	(N'OHIO', N'   1001', N'        5003', 4711, 2, 'P', N'        5003', '20261020', '20261020', '20261019', NULL, 1, 50, 0, 0, 0, 0, '20261020 12:00:00'),
	(N'OHIO', N'   1001', N'        5004', 0, 0, 'I', N'        5004', '20261004', '20261103', NULL, NULL, 1, 300, 0, 0, 1, 0, '20261004 12:00:00'),           -- three due days
	(N'OHIO', N'   1001', N'         601', 0, 0, 'C', N'        5004', '20261021', NULL, NULL, NULL, 1, 130, 0, 0, 0, 0, '20261021 12:00:00'),                 -- a credit memo, applied
	(N'OHIO', N'   1001', N'         602', 0, 0, 'C', N'0', '20261005', NULL, NULL, NULL, 1, 40, 0, 0, 0, 0, '20261005 12:00:00'),                             -- a credit memo, open
	(N'OHIO', N'   1001', N'0', 4712, 0, 'P', N'0', '20261022', '20261022', '20261022', NULL, 1, 25, 0, 0, 0, 0, '20261022 12:00:00'),                         -- money on account
	(N'OHIO', N'   1001', N'        5005', 0, 0, 'D', N'        5005', '20261006', NULL, NULL, NULL, 1, 12, 0, 0, 0, 0, '20261006 12:00:00'),                  -- a debit memo, no due day
	(N'OHIO', N'   1001', N'         701', 0, 0, 'D', N'        5001', '20261007', NULL, NULL, NULL, 1, 7, 0, 0, 0, 0, '20261007 12:00:00'),                   -- a debit memo that raises an invoice
	(N'OHIO', N'   1001', N'         801', 0, 0, 'F', N'         801', '20261031', '20261031', NULL, NULL, 1, 1.75, 0, 0, 0, 0, '20261031 12:00:00'),          -- finance charge
	(N'OHIO', N'   1002', N'        5006', 0, 0, 'I', N'        5006', '20261008', '20261107', NULL, NULL, 1.1, 100, 0, 0, 0, 0, '20261008 12:00:00'),         -- EUR, multiplied
	(N'OHIO', N'   1003', N'        5006', 99, 1, 'P', N'        5006', '20261023', NULL, '20261023', NULL, 1.1, 30, 0, 0, 0, 0, '20261023 12:00:00'),         -- paid by another customer
	(N'OHIO', N'   1004', N'        5007', 0, 0, 'I', N'        5007', '20261009', '20261108', NULL, NULL, 151, 5000, 0, 0, 0, 0, '20261009 12:00:00'),        -- yen, divided
	(N'CHINA', N'   1001', N'        5001', 0, 0, 'I', N'        5001', '20261001', '20261031', NULL, NULL, 1, 999, 0, 0, 0, 0, '20261001 12:00:00'),
	(N'CHINA', N'   1001', N'        5001', 1, 1, 'P', N'        5001', '20261001', NULL, '20261001', NULL, 1, 99, 0, 0, 0, 0, '20261001 12:00:00');
INSERT INTO dbo.ar_terms_due_mst VALUES
	(N'OHIO', N'   1001', N'        5004', 0, '20261103', 100), (N'OHIO', N'   1001', N'        5004', 0, '20261203', 100),
	(N'OHIO', N'   1001', N'        5004', 0, '20270103', 100);
