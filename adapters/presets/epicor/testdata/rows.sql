INSERT INTO Erp.Company (Company, Name) VALUES (N'EPIC06', N'Epicor Education'), (N'EPIC07', N'Epicor Education Canada');
INSERT INTO Erp.Currency (Company, CurrencyCode, BaseCurr) VALUES
	(N'EPIC06', N'USD', 1), (N'EPIC06', N'EUR', 0), (N'EPIC06', N'JPY', 0), (N'EPIC07', N'CAD', 1), (N'EPIC07', N'USD', 0);

INSERT INTO Erp.Customer
	(Company, CustNum, CustID, Name, Address1, City, State, Zip, Country, PhoneNum, EMailAddress, TermsCode, CreditHold, CreditLimit, SalesRepCode, GroupCode,
	PrimBCon, CurrencyCode, LangNameID, ParentCustNum)
VALUES
	(N'EPIC06', 2, N'ADDISON', N'Addison, Inc.', N'1 Foundry Road', N'Edina', N'MN', N'55435', N'USA', N'952-555-0100', N'ap@addison.example', N'N30', 0, 50000, N'JP', N'IND',
	1, N'USD', N'', 0),
	-- a branch of 2, on hold by a person
	(N'EPIC06', 3, N'ADDBR', N'Addison Branch', N'', N'', N'', N'', N'', N'', N'', N'N30', 1, 0, N'', N'', 0, N'USD', N'', 2),
	-- foreign, with a country of two letters
	(N'EPIC06', 7, N'DALTON', N'Dalton Präzision GmbH', N'Werkstraße 9', N'Köln', N'', N'50667', N'DE', N'', N'', N'3X', 0, 0, N'', N'', 0, N'EUR', N'de', 0),
	-- the same number in the other company
	(N'EPIC07', 2, N'OTHER', N'Other Company''s Customer', N'', N'', N'', N'', N'', N'', N'', N'', 0, 0, N'', N'', 0, N'CAD', N'', 0);
INSERT INTO Erp.CustCnt (Company, CustNum, ShipToNum, ConNum, Name, PhoneNum, EMailAddress) VALUES
	(N'EPIC06', 2, N'', 1, N'Jo Addison', N'', N'jo@addison.example'), -- for bills
	(N'EPIC06', 2, N'', 2, N'Al Addison', N'952-555-0101', N''),
	(N'EPIC06', 2, N'DOCK', 1, N'Dock', N'', N'dock@addison.example'), -- of a ship-to
	(N'EPIC07', 2, N'', 1, N'Someone', N'', N'someone@other.example');

INSERT INTO Erp.InvcHead
	(Company, InvoiceNum, OpenInvoice, ClosedDate, CreditMemo, UnappliedCash, DebitNote, Posted, CustNum, PONum, OrderNum, InvoiceDate, ApplyDate, DueDate,
	DocInvoiceAmt, DocInvoiceBal, InvoiceBal, CurrencyCode, BlockedRemLetters, BlockedRemLettersReason)
VALUES
	(N'EPIC06', 10001, 1, NULL, 0, 0, 0, 1, 2, N'PO-9', 5001, '20260901', '20260901', '20261001', 500, 500, 500, N'USD', 0, N''),        -- open, one instalment
	(N'EPIC06', 10002, 1, NULL, 0, 0, 0, 1, 2, N'', 0, '20260902', '20260902', '20261002', 300, 120, 120, N'USD', 0, N''),              -- 170 paid, 10 discount; no schedule
	(N'EPIC06', 10003, 0, '20260920', 0, 0, 0, 1, 2, N'', 0, '20260903', '20260903', '20261003', 80, 0, 0, N'USD', 0, N''),             -- paid
	(N'EPIC06', 10004, 1, NULL, 1, 0, 0, 1, 2, N'', 0, '20260910', '20260910', '20260910', -60, -45, -45, N'USD', 0, N''),              -- credit memo, 15 laid on 10005
	(N'EPIC06', 10005, 1, NULL, 0, 0, 0, 1, 2, N'', 0, '20260911', '20260911', '20261011', 100, 80, 80, N'USD', 1, N'Wrong goods'),     -- 15 by credit memo, 5 written off, disputed
	(N'EPIC06', 10006, 1, NULL, 1, 1, 0, 1, 2, N'', 0, '20260915', '20260915', NULL, -25.5, -25.5, -25.5, N'USD', 0, N''),              -- money without an invoice
	(N'EPIC06', 10007, 1, NULL, 0, 0, 1, 1, 2, N'', 0, '20260916', '20260916', '20261016', 7, 7, 7, N'USD', 0, N''),                    -- debit note
	(N'EPIC06', 10008, 1, NULL, 0, 0, 0, 0, 2, N'', 0, '20260917', NULL, '20261017', 999, 999, 999, N'USD', 0, N''),                    -- not posted
	-- 1,000.00 EUR in three instalments, 450.00 paid: the first whole, the second in part
	(N'EPIC06', 10101, 1, NULL, 0, 0, 0, 1, 7, N'', 0, '20260801', '20260801', '20261001', 1000, 550, 605, N'EUR', 0, N''),
	-- 90.00 EUR in two, paid over by 10.00: the last takes what is over
	(N'EPIC06', 10102, 1, NULL, 0, 0, 0, 1, 7, N'', 0, '20260802', '20260802', '20260901', 90, -10, -11, N'EUR', 0, N''),
	-- yen
	(N'EPIC06', 10103, 1, NULL, 0, 0, 0, 1, 7, N'', 0, '20260803', '20260803', '20260902', 150000, 150000, 1000, N'JPY', 0, N''),
	(N'EPIC07', 10001, 1, NULL, 0, 0, 0, 1, 2, N'', 0, '20260901', '20260901', '20261001', 1, 1, 1, N'CAD', 0, N'');
INSERT INTO Erp.InvcSched (Company, InvoiceNum, PaySeq, PayDueDate, DocPayAmount) VALUES
	(N'EPIC06', 10001, 1, '20261001', 500),
	(N'EPIC06', 10101, 1, '20260831', 333.33), (N'EPIC06', 10101, 2, '20261001', 333.33), (N'EPIC06', 10101, 3, '20261031', 333.34),
	(N'EPIC06', 10102, 1, '20260817', 45), (N'EPIC06', 10102, 2, '20260901', 45),
	(N'EPIC07', 10001, 1, '20261001', 1), (N'EPIC07', 10101, 1, '20261001', 77);

INSERT INTO Erp.CashDtl (Company, HeadNum, InvoiceNum, InvoiceRef, TranType, Posted, TranDate, DocTranAmt, DocDiscount, GainLossType, SysRowID) VALUES
	(N'EPIC06', 71, 10002, 0, N'PayInv', 1, '20260918', 180, 10, N'', '00000000-0000-0000-0000-0000000000A1'), -- the discount is part of it
	(N'EPIC06', 72, 10003, 0, N'PayInv', 1, '20260920', 80, 0, N'', '00000000-0000-0000-0000-0000000000A2'),
	(N'EPIC06', 73, 10005, 10004, N'CMemo', 1, '20260921', -15, 0, N'', '00000000-0000-0000-0000-0000000000A3'),
	(N'EPIC06', 73, 10004, 10005, N'CMemo', 1, '20260921', 15, 0, N'', '00000000-0000-0000-0000-0000000000A4'), -- its mirror
	(N'EPIC06', 74, 10005, 0, N'Adjust', 1, '20260922', -5, 0, N'', '00000000-0000-0000-0000-0000000000A5'),   -- written off
	(N'EPIC06', 75, 10101, 0, N'PayInv', 1, '20260901', 450, 0, N'', '00000000-0000-0000-0000-0000000000A6'),
	(N'EPIC06', 76, 10101, 0, N'Adjust', 1, '20260902', 0, 0, N'U', '00000000-0000-0000-0000-0000000000A7'),   -- an exchange rate
	(N'EPIC06', 77, 10102, 0, N'PayInv', 1, '20260902', 100, 0, N'', '00000000-0000-0000-0000-0000000000A8'),
	(N'EPIC06', 78, 10001, 0, N'PayInv', 0, '20261005', 500, 0, N'', '00000000-0000-0000-0000-0000000000A9'),  -- in a group that is not posted
	(N'EPIC07', 71, 10001, 0, N'PayInv', 1, '20260918', 1, 0, N'', '00000000-0000-0000-0000-0000000000B1');
