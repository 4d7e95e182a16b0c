-- One company. What is entered and not posted stands in AR_InvoiceHeader and
-- AR_CashReceiptsHeader and is nowhere here.
INSERT INTO dbo.AR_Customer VALUES
	('01', 'ABF', 'American Business Futures', '2131 N. 14th Street', 'Suite 100', 'Milwaukee', 'WI', '53205-1204', 'USA', '(414) 555-4787', 'ap@abf.example.net', '01', '01', '0100', 'A', 'PART', 'N', 50000, '20261101', '15.5'),
	('02', 'ABF', 'Another Division''s ABF', '', '', '', '', '', 'CAN', '', '', '02', '', '', 'A', '', '', 0, '20261101', ''),        -- the same number in another division; hold and stamp empty, no limit
	('01', 'JELLCO', 'Jäger & Söhne', '', '', '', '', '', 'DEU', '', '', '01', '01', '0200', 'I', 'PART', 'Y', 1000, '20261102', '8.49238');  -- held by a person, inactive
INSERT INTO dbo.AR_CustomerContact VALUES
	('01', 'ABF', 'ARTIE', 'Artie Johnson', 'Bookkeeper', '(414) 555-4788', 'artie@abf.example.net'),
	('01', 'ABF', 'NOBODY', 'No Address', '', '', '');
INSERT INTO dbo.AR_OpenInvoice VALUES
	-- division, customer, number, type, history sequence, day, due, balance, stamp
	('01', 'ABF', '0100001', 'IN', '000001', '20261001', '20261031', 105.50, '20261001', '10'),      -- open
	('01', 'ABF', '0100002', 'IN', '000000', '20261002', '20261101', 120, '20261002', '10'),         -- part-paid; its own stamp is of the invoice
	('01', 'ABF', '0100003', 'IN', '000000', '20261003', '20261102', 0, '20261020', '11.25'),        -- paid, still in the file
	('01', 'ABF', '0100004', 'CM', '000000', '20261004', '20261004', -40, '20261004', '9'),          -- credit memo
	('01', 'ABF', '0100005', 'CM', '000000', '20261005', '20261005', 15, '20261005', '9'),           -- credit memo, stored positive: a credit all the same
	('01', 'ABF', 'PP00001', 'PP', '000000', '20261006', '17530101', -60, '20261006', '9'),          -- prepayment, no due day
	('01', 'ABF', 'CK4711 ', 'PY', '', '20261007', '17530101', -25, '20261007', '9'),                -- payment on account; blank in the number
	('01', 'ABF', '0100006', 'DM', '000000', '20261008', '20261107', 12, '20261008', '9'),           -- debit memo
	('01', 'ABF', '0100007', 'FC', '000000', '20261031', '20261031', 1.75, '20261031', '23.99972'),  -- finance charge
	('02', 'ABF', '0100008', 'IN', '000000', '20261009', '20261108', 300, '20261009', '9'),
	('01', 'JELLCO', 'BALFWD', 'BF', '', '20260101', '20260101', 77, '20260101', '');                -- balance brought forward
INSERT INTO dbo.AR_InvoiceHistoryHeader VALUES
	('0100001', '000000', 'IN', '01', 'ABF', '20160101', '20160131', 'OLD PO', '', '', 0, 9, 0, 0, 0, '20160101', '9'),            -- ten years ago under the same number
	('0100001', '000001', 'IN', '01', 'ABF', '20261001', '20261031', 'PO 77', '0000150', 'MAIN', 100, 0, 4.5, 5, 5, '20261001', '10'),
	('0100002', '000000', 'IN', '01', 'ABF', '20261002', '20261101', '', '', '', 0, 200, 0, 0, 0, '20261002', '10'),
	('0100003', '000000', 'IN', '01', 'ABF', '20261003', '20261102', '', '', '', 50, 0, 0, 0, 0, '20261003', '10'),
	('0100004', '000000', 'CM', '01', 'ABF', '20261004', '20261004', '', '', '', -40, 0, 0, 0, 0, '20261004', '9'),
	('0099999', '000000', 'IN', '01', 'ABF', '20260701', '20260731', '', '', '', 80, 0, 0, 0, 0, '20260701', '9'),                 -- paid, no longer in the file
	('0099998', '000000', 'CA', '01', 'ABF', '20260702', '', '', '', '', 10, 0, 0, 0, 0, '20260702', '9'),                         -- cash sale: never a debt
	('0099997', '000000', 'XD', '01', 'ABF', '20260703', '', '', '', '', 10, 0, 0, 0, 0, '20260703', '9');                         -- deleted
INSERT INTO dbo.AR_TransactionPaymentHistory VALUES
	-- division, customer, number, type, history sequence, day, sequence, kind, amount, stamp
	('01', 'ABF', '0100002', 'IN', '000000', '20261002', '000001', 'I', 200, '20261002', '10'),
	('01', 'ABF', '0100002', 'IN', '000000', '20261020', '000001', 'P', -80, '20261020', '11.25'),    -- part payment
	('01', 'ABF', '0100003', 'IN', '000000', '20261020', '000001', 'P', -50, '20261020', '11.25'),
	('01', 'ABF', '0099999', 'IN', '000000', '20260815', '000001', 'P', -80, '20260815', '9');
