-- The other company has tables of its own, which nothing here may ask for.
INSERT INTO [Company] ([Name]) VALUES (N'CRONUS UK Ltd.'), (N'CRONUS Danmark A/S');

INSERT INTO [CRONUS UK Ltd_$General Ledger Setup$437dbf0e-84ff-417a-965d-ed2bb9650972] ([Primary Key], [LCY Code]) VALUES (N'', N'GBP');

-- EURO is the site's own code; its ISO code says EUR. JPY has none.
INSERT INTO [CRONUS UK Ltd_$Currency$437dbf0e-84ff-417a-965d-ed2bb9650972] ([Code], [ISO Code]) VALUES (N'EURO', N'EUR'), (N'JPY', N''), (N'USD', N'USD');

INSERT INTO [CRONUS UK Ltd_$Customer$437dbf0e-84ff-417a-965d-ed2bb9650972]
	([No_], [Name], [Address], [Post Code], [City], [Country_Region Code], [Contact], [E-Mail], [Phone No_], [Credit Limit (LCY)],
	[Currency Code], [Language Code], [Payment Terms Code], [Salesperson Code], [Customer Posting Group], [Bill-to Customer No_], [Blocked])
VALUES
	-- an ordinary one, with a limit
	(N'10000', N'Harbour Chandlers Ltd', N'12 Quay Street', N'BS1 4DB', N'Bristol', N'GB', N'Ann Pike', N'ap@harbour.example', N'0117 496 0001', 25000,
	N'', N'ENG', N'30D', N'JR', N'DOMESTIC', N'', 0),
	-- a foreign one; limit 0 is no limit
	(N'20000', N'Müller & Söhne GmbH', N'Hafenstraße 3', N'20457', N'Hamburg', N'DE', N'', N'', N'', 0,
	N'EURO', N'DEU', N'14D', N'', N'EU', N'', 0),
	-- its invoices go to 10000, so it has no entries of its own; a person blocked it with All
	(N'10010', N'Harbour Chandlers Bath', N'', N'', N'', N'', N'', N'', N'', 0, N'', N'', N'', N'', N'DOMESTIC', N'10000', 3),
	-- yen, without decimals; a person stopped shipments
	(N'30000', N'横浜海運株式会社', N'', N'231-0002', N'横浜市', N'JP', N'', N'', N'', 0, N'JPY', N'JPN', N'30D', N'', N'FOREIGN', N'', 1),
	-- a card that was begun and never numbered
	(N'', N'', N'', N'', N'', N'', N'', N'', N'', 0, N'', N'', N'', N'', N'', N'', 0);

-- CT01 is the company contact of 10000, CT02 a person there, CT03 one without an address.
INSERT INTO [CRONUS UK Ltd_$Contact$437dbf0e-84ff-417a-965d-ed2bb9650972] ([No_], [Type], [Company No_], [Name], [E-Mail], [Mobile Phone No_], [Language Code]) VALUES
	(N'CT01', 0, N'CT01', N'Harbour Chandlers Ltd', N'info@harbour.example', N'', N''),
	(N'CT02', 1, N'CT01', N'Bo Pike', N'bo@harbour.example', N'07700 900123', N'ENG'),
	(N'CT03', 1, N'CT01', N'Cy Pike', N'', N'', N'');

INSERT INTO [CRONUS UK Ltd_$Contact Business Relation$437dbf0e-84ff-417a-965d-ed2bb9650972] ([Contact No_], [Business Relation Code], [Link to Table], [No_]) VALUES
	(N'CT01', N'CUST', 1, N'10000'),
	-- the same firm as a vendor: its people must not come twice
	(N'CT01', N'VEND', 2, N'10000');

INSERT INTO [CRONUS UK Ltd_$Cust_ Ledger Entry$437dbf0e-84ff-417a-965d-ed2bb9650972]
	([Entry No_], [Customer No_], [Document Type], [Document No_], [Posting Date], [Document Date], [Due Date], [Currency Code], [Open],
	[Closed at Date], [External Document No_], [On Hold], [Prepayment], [Reversed])
VALUES
	(101, N'10000', 2, N'SI-1001', '20260901', '20260831', '20260930', N'', 1, '17530101', N'PO-77', N'', 0, 0), -- invoice 1,200.00, 450.00 paid
	(102, N'10000', 2, N'SI-1002', '20260905', '20260905', '20261005', N'', 0, '20260928', N'', N'', 0, 0),     -- invoice 300.00, paid
	(103, N'10000', 1, N'PAY-501', '20260928', '20260928', '20260928', N'', 1, '17530101', N'', N'', 0, 0),     -- payment 1,000.00, 256.00 left
	(104, N'10000', 3, N'SC-2001', '20260930', '20260930', '20260930', N'', 1, '17530101', N'', N'', 0, 0),     -- credit memo 80.00, open
	(105, N'10000', 2, N'SI-1003', '20261001', '20261001', '20261031', N'', 1, '17530101', N'', N'JR', 0, 0),   -- invoice 60.50, on hold by a person
	(106, N'10000', 4, N'FC-9', '20261001', '20261001', '20261015', N'', 1, '17530101', N'', N'', 0, 0),        -- finance charge 12.34
	(107, N'10000', 0, N'OPEN-1', '20260101', '17530101', '17530101', N'', 1, '17530101', N'', N'', 0, 0),      -- opening debit 5.00, without days
	(108, N'10000', 2, N'SI-1004', '20261002', '20261002', '20261101', N'', 0, '20261003', N'', N'', 0, 1),     -- invoice 99.00, reversed
	(109, N'10000', 2, N'SI-1004', '20261003', '20261002', '20261101', N'', 0, '20261003', N'', N'', 0, 1),     -- what reversed it
	(110, N'10000', 1, N'PRE-1', '20261004', '20261004', '20261004', N'', 1, '17530101', N'', N'', 1, 0),       -- prepayment 40.00
	(201, N'20000', 2, N'SI-1101', '20260910', '20260910', '20260924', N'EURO', 1, '17530101', N'', N'', 0, 0), -- 1,000.00 EUR at 850.00 GBP, 400.00 paid, rate adjusted
	(202, N'20000', 1, N'PAY-601', '20260920', '20260920', '20260920', N'EURO', 0, '20260925', N'', N'', 0, 0), -- payment 400.00 EUR, posted first, the invoice applied to it
	(203, N'20000', 2, N'SI-1102', '20260912', '20260912', '20260926', N'EURO', 1, '17530101', N'', N'', 0, 0), -- 500.00 EUR, an application undone
	(204, N'20000', 1, N'PAY-602', '20260921', '20260921', '20260921', N'EURO', 1, '17530101', N'', N'', 0, 0), -- payment 500.00 EUR, free again
	(205, N'20000', 6, N'REF-1', '20260930', '20260930', '20260930', N'EURO', 0, '20260930', N'', N'', 0, 0),   -- refund 20.00 EUR of a credit memo
	(206, N'20000', 3, N'SC-2101', '20260929', '20260929', '20260929', N'EURO', 0, '20260930', N'', N'', 0, 0), -- credit memo 20.00 EUR
	(301, N'30000', 2, N'SI-1201', '20260915', '20260915', '20261015', N'JPY', 1, '17530101', N'', N'', 0, 0);  -- 150,000 JPY at 790.00 GBP

INSERT INTO [CRONUS UK Ltd_$Detailed Cust_ Ledg_ Entry$437dbf0e-84ff-417a-965d-ed2bb9650972]
	([Entry No_], [Cust_ Ledger Entry No_], [Entry Type], [Posting Date], [Amount], [Amount (LCY)], [Customer No_], [Currency Code],
	[Applied Cust_ Ledger Entry No_], [Unapplied], [Unapplied by Entry No_])
VALUES
	(1, 101, 1, '20260901', 1200, 1200, N'10000', N'', 0, 0, 0),
	(2, 102, 1, '20260905', 300, 300, N'10000', N'', 0, 0, 0),
	(3, 103, 1, '20260928', -1000, -1000, N'10000', N'', 0, 0, 0),
	(4, 101, 2, '20260928', -450, -450, N'10000', N'', 103, 0, 0), -- PAY-501 on SI-1001
	(5, 103, 2, '20260928', 450, 450, N'10000', N'', 103, 0, 0),
	(6, 102, 2, '20260928', -294, -294, N'10000', N'', 103, 0, 0), -- PAY-501 on SI-1002, with 6.00 discount
	(7, 103, 2, '20260928', 294, 294, N'10000', N'', 103, 0, 0),
	(8, 102, 7, '20260928', -6, -6, N'10000', N'', 0, 0, 0), -- payment discount
	(10, 104, 1, '20260930', -80, -80, N'10000', N'', 0, 0, 0),
	(11, 105, 1, '20261001', 60.5, 60.5, N'10000', N'', 0, 0, 0),
	(12, 106, 1, '20261001', 12.34, 12.34, N'10000', N'', 0, 0, 0),
	(13, 107, 1, '20260101', 5, 5, N'10000', N'', 0, 0, 0),
	(14, 108, 1, '20261002', 99, 99, N'10000', N'', 0, 0, 0),
	(15, 109, 1, '20261003', -99, -99, N'10000', N'', 0, 0, 0),
	(16, 108, 2, '20261003', -99, -99, N'10000', N'', 109, 0, 0),
	(17, 109, 2, '20261003', 99, 99, N'10000', N'', 109, 0, 0),
	(18, 110, 1, '20261004', -40, -40, N'10000', N'', 0, 0, 0),
	(21, 201, 1, '20260910', 1000, 850, N'20000', N'EURO', 0, 0, 0),
	(22, 202, 1, '20260920', -400, -340, N'20000', N'EURO', 0, 0, 0),
	(23, 202, 2, '20260925', 400, 340, N'20000', N'EURO', 201, 0, 0), -- the invoice was applied to the payment: the sign tells
	(24, 201, 2, '20260925', -400, -340, N'20000', N'EURO', 201, 0, 0),
	(25, 201, 3, '20260930', 0, -6, N'20000', N'EURO', 0, 0, 0), -- unrealized loss: only the base amount moves
	(26, 203, 1, '20260912', 500, 425, N'20000', N'EURO', 0, 0, 0),
	(27, 204, 1, '20260921', -500, -425, N'20000', N'EURO', 0, 0, 0),
	(28, 203, 2, '20260921', -500, -425, N'20000', N'EURO', 204, 1, 30), -- PAY-602 on SI-1102, undone by 30
	(29, 204, 2, '20260921', 500, 425, N'20000', N'EURO', 204, 1, 31),
	(30, 203, 2, '20260922', 500, 425, N'20000', N'EURO', 204, 1, 0), -- what undid it
	(31, 204, 2, '20260922', -500, -425, N'20000', N'EURO', 204, 1, 0),
	(32, 205, 1, '20260930', 20, 17, N'20000', N'EURO', 0, 0, 0),
	(33, 206, 1, '20260929', -20, -17, N'20000', N'EURO', 0, 0, 0),
	(34, 205, 2, '20260930', -20, -17, N'20000', N'EURO', 205, 0, 0),
	(35, 206, 2, '20260930', 20, 17, N'20000', N'EURO', 205, 0, 0), -- REF-1 pays SC-2101 out
	(41, 301, 1, '20260915', 150000, 790, N'30000', N'JPY', 0, 0, 0);

INSERT INTO [CRONUS UK Ltd_$Sales Line$437dbf0e-84ff-417a-965d-ed2bb9650972]
	([Document Type], [Document No_], [Line No_], [Bill-to Customer No_], [Currency Code], [Outstanding Amount], [Shipped Not Invoiced])
VALUES
	(1, N'SO-1', 10000, N'10000', N'', 120, 0),
	(1, N'SO-1', 20000, N'10000', N'', 30.5, 10),
	(1, N'SO-2', 10000, N'20000', N'EURO', 0, 0), -- invoiced in full
	(0, N'SQ-1', 10000, N'10000', N'', 999, 0);   -- a quote
