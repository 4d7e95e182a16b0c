-- A company whose currency is called $, and whose EUR and yen have names of
-- their own too. Drafts stand in ODRF and are nowhere here.
INSERT INTO dbo.OADM VALUES (N'OEC Computers', N'$');
INSERT INTO dbo.OCRN VALUES (N'$', N'USD'), (N'EUR', NULL), (N'¥', N'JPY');
INSERT INTO dbo.OCTG VALUES (1, N'Net 30');
INSERT INTO dbo.OCRG VALUES (100, N'Customers');
INSERT INTO dbo.OSLP VALUES (1, N'Sally Sales');
INSERT INTO dbo.OCRD VALUES
	(N'C20000', N'Maxi-Teq', 'C', 100, N'44 North Avenue', N'60601', N'Chicago', N'IL', N'US', N'555-0101', NULL, N'info@maxi.example.net', N'Max Teq', 1, 10000, 250, 80, N'##', NULL, 'P', N'Incoming BT', 'N', 1, 'Y', NULL, NULL, 'N', NULL, NULL, '20260101', '20261101'),
	(N'C23900', N'Müller & 東京 Branch', 'C', 100, NULL, NULL, NULL, NULL, N'DE', NULL, NULL, NULL, NULL, 1, 0, 0, 0, N'$', N'C20000', 'P', NULL, 'N', -1, 'N', NULL, NULL, 'N', NULL, NULL, '20260102', NULL),  -- its head office pays; never touched
	(N'C30000', N'Euro Client', 'C', 100, NULL, NULL, NULL, NULL, N'FR', NULL, NULL, NULL, NULL, 1, 500, 0, 0, N'EUR', N'C20000', 'D', NULL, 'Y', -1, 'Y', NULL, NULL, 'N', NULL, NULL, '20260103', '20261102'), -- delivered together, pays itself; dunning blocked
	(N'C40000', N'Set inactive by a person', 'C', 100, NULL, NULL, NULL, NULL, N'US', NULL, NULL, NULL, NULL, 1, 0, 0, 0, N'$', NULL, 'P', NULL, 'N', -1, 'N', NULL, NULL, 'Y', NULL, NULL, '20260104', '20261103'),
	(N'C50000', N'Inactive long ago', 'C', 100, NULL, NULL, NULL, NULL, N'US', NULL, NULL, NULL, NULL, 1, 0, 0, 0, N'¥', NULL, 'P', NULL, 'N', -1, 'N', NULL, NULL, 'Y', '20200101', '20201231', '20260105', '20261103'), -- its days are over
	(N'V10000', N'A supplier', 'S', 101, NULL, NULL, NULL, NULL, N'US', NULL, NULL, N'ap@supplier.example.net', NULL, 1, 0, 0, 0, N'$', NULL, 'P', NULL, 'N', -1, 'Y', NULL, NULL, 'N', NULL, NULL, '20260106', NULL);
INSERT INTO dbo.OCPR VALUES
	(1, N'C20000', N'Max Teq', N'Max', N'Teq', N'Owner', N'555-0102', NULL, N'max@maxi.example.net', 'Y'),
	(2, N'C20000', N'Old', NULL, NULL, N'Clerk', NULL, N'555-0103', N'old@maxi.example.net', 'N'),  -- no longer there
	(3, N'C20000', N'Silent', NULL, NULL, NULL, NULL, NULL, NULL, 'Y');                             -- no address
INSERT INTO dbo.OINV VALUES
	(1, 'N', N'PO 77', N'Main', 'N', '20261001'), (2, 'N', NULL, NULL, 'N', '20261002'), (3, 'N', NULL, NULL, 'N', '20261003'),
	(4, 'N', NULL, NULL, 'N', '20261006'), (5, 'N', NULL, NULL, 'N', '20261001'), (6, 'N', NULL, NULL, 'N', '20261011'),
	(7, 'Y', NULL, NULL, 'N', '20261013'), (8, 'C', NULL, NULL, 'N', '20261013'), (9, 'N', NULL, NULL, 'Y', '20261018');
INSERT INTO dbo.ORIN VALUES (1, 'N', N'RMA 1', '20261004'), (2, 'N', NULL, '20261005');
INSERT INTO dbo.ORCT VALUES (1, 'N', '20261020'), (2, 'N', '20261021'), (3, 'N', '20261022');
INSERT INTO dbo.OJDT VALUES
	(101, '20261001', NULL), (102, '20261002', '20261002'), (103, '20261003', NULL), (104, '20261004', NULL), (105, '20261005', NULL),
	(106, '20261006', NULL), (107, '20261020', NULL), (108, '20261021', NULL), (109, '20261001', NULL), (110, '20261022', NULL),
	(111, '20261011', NULL), (112, '20260101', NULL), (113, '20261013', NULL), (114, '20261013', NULL), (115, '20261015', NULL),
	(116, '20261016', NULL), (117, '20261017', NULL), (118, '20261018', NULL);
INSERT INTO dbo.JDT1 VALUES
	-- transaction, line, whose, origin, its key and number, instalment, posted, document day, due, debit and credit, in foreign currency, currency, open likewise
	(101, 0, N'C20000', '13', 1, '1001', 1, '20261001', '20260930', '20261031', 100, 0, 0, 0, NULL, 100, 0, 0, 0),        -- open
	(101, 1, N'_SYS00000000100', '13', 1, '1001', -1, '20261001', '20260930', '20261031', 0, 100, 0, 0, NULL, 0, 100, 0, 0), -- the revenue
	(102, 0, N'C20000', '13', 2, '1002', 1, '20261002', '20261002', '20261101', 100, 0, 0, 0, NULL, 60, 0, 0, 0),         -- three instalments, the first part-paid
	(102, 1, N'C20000', '13', 2, '1002', 2, '20261002', '20261002', '20261201', 100, 0, 0, 0, NULL, 100, 0, 0, 0),
	(102, 2, N'C20000', '13', 2, '1002', 3, '20261002', '20261002', '20270101', 100, 0, 0, 0, NULL, 100, 0, 0, 0),
	(103, 0, N'C20000', '13', 3, '1003', 1, '20261003', '20261003', '20261102', 50, 0, 0, 0, NULL, 0, 0, 0, 0),           -- paid
	(104, 0, N'C20000', '14', 1, '501', 1, '20261004', '20261004', '20261004', 0, 40, 0, 0, NULL, 0, 40, 0, 0),           -- credit memo
	(105, 0, N'C20000', '14', 2, '502', 1, '20261005', '20261005', '20261005', -30, 0, 0, 0, NULL, 0, 0, 0, 0),           -- credit memo as a negative debit, applied
	(106, 0, N'C20000', '13', 4, '1004', 1, '20261006', '20261006', '20261105', 100, 0, 0, 0, NULL, 70, 0, 0, 0),         -- lowered by it
	(107, 0, N'C20000', '24', 1, '901', 0, '20261020', '20261020', '20261020', 0, 90, 0, 0, NULL, 0, 0, 0, 0),            -- receipt, applied
	(108, 0, N'C20000', '24', 2, '902', 0, '20261021', '20261021', '20261021', 0, 25, 0, 0, NULL, 0, 25, 0, 0),           -- receipt on account
	(109, 0, N'C30000', '13', 5, '1005', 1, '20261001', '20261001', '20261031', 110, 0, 100, 0, N'EUR', 55, 0, 50, 0),    -- EUR, half of it paid
	(110, 0, N'C30000', '24', 3, '903', 0, '20261022', '20261022', '20261022', 0, 56, 0, 50, N'EUR', 0, 0, 0, 0),         -- EUR at another rate
	(111, 0, N'C50000', '13', 6, '1006', 1, '20261011', '20261011', '20261110', 33.1, 0, 5000, 0, N'¥', 33.1, 0, 5000, 0),-- yen
	(112, 0, N'C23900', '-2', 112, '112', 0, '20260101', '20260101', NULL, 77, 0, 0, 0, N'', 77, 0, 0, 0),                -- opening balance, no due day
	(113, 0, N'C20000', '13', 7, '1007', 1, '20261013', '20261013', '20261112', 12, 0, 0, 0, NULL, 0, 0, 0, 0),           -- cancelled
	(114, 0, N'C20000', '13', 8, '1008', 1, '20261013', '20261013', '20261013', -12, 0, 0, 0, NULL, 0, 0, 0, 0),          -- its cancellation
	(115, 0, N'C20000', '30', 115, '115', 0, '20261015', '20261015', '20261015', 0, 5, 0, 0, N'$', 0, 5, 0, 0),           -- journal entry in the company's own currency
	(116, 0, N'V10000', '18', 1, '301', 1, '20261016', '20261016', '20261115', 0, 60, 0, 0, NULL, 0, 60, 0, 0),           -- a purchase
	(117, 0, N'C20000', '46', 1, '801', 0, '20261017', '20261017', '20261017', 9, 0, 0, 0, NULL, 9, 0, 0, 0),             -- paid out to the customer
	(118, 0, N'C23900', '13', 9, '1009', 1, '20261018', '20261018', '20261117', 15, 0, 0, 0, NULL, 15, 0, 0, 0);          -- dunning blocked on the invoice
INSERT INTO dbo.OITR VALUES
	(1, 'C', '3', '20261020', 'N', 0, '20261020'),      -- receipt 901
	(2, 'C', '4', '20261006', 'N', 0, '20261006'),      -- credit memo 502
	(3, 'C', '3', '20261022', 'N', 0, '20261022'),      -- receipt 903
	(4, 'C', '7', '20261013', 'N', 0, '20261013'),      -- the cancelled invoice
	(5, 'C', '0', '20261023', 'Y', 6, '20261023'),      -- a manual match, undone
	(6, 'C', '0', '20261024', 'N', 5, '20261024');      -- what undid it
INSERT INTO dbo.ITR1 VALUES
	(1, 0, N'C20000', 107, 0, 90, 0), (1, 1, N'C20000', 102, 0, 40, 0), (1, 2, N'C20000', 103, 0, 50, 0),
	(2, 0, N'C20000', 105, 0, 30, 0), (2, 1, N'C20000', 106, 0, 30, 0),
	(3, 0, N'C30000', 110, 0, 55, 50), (3, 1, N'C30000', 109, 0, 55, 50),
	(4, 0, N'C20000', 113, 0, 12, 0), (4, 1, N'C20000', 114, 0, 12, 0),
	(5, 0, N'C20000', 108, 0, 25, 0), (5, 1, N'C20000', 101, 0, 25, 0),
	(6, 0, N'C20000', 108, 0, 25, 0), (6, 1, N'C20000', 101, 0, 25, 0);
