INSERT INTO TblArTerms (TermsCode, DueDays) VALUES ('30', 30), ('00', 0);

-- The site uses numeric keys: they are padded with zeros.
INSERT INTO ArCustomer
	(Customer, Name, MasterAccount, CreditLimit, Salesperson, CustomerClass, TermsCode, Telephone, Contact, Currency, CustomerOnHold, Email,
	SoldToAddr1, SoldToAddr2, SoldToAddr3, SoldToAddr4, SoldToAddr5, SoldPostalCode)
VALUES
	('000000000000001', 'Bayside Bikes', '', 20000, '100', 'R', '30', '0800 555 010', 'Ina Bay', 'ZAR', 'N', 'ap@bayside.example', 'Unit 4', '9 Dock Road', 'Durban', 'KZN', 'ZA', '4001'),
	-- a branch, on hold by a person; no currency of its own
	('000000000000002', 'Bayside Bikes Umhlanga', '000000000000001', 0, '', '', '30', '', '', '', 'Y', '', '', '', '', '', '', ''),
	-- foreign: whose currency its limit is in is not known
	('000000000000003', 'Zurcher Velo AG', '', 5000, '', '', '', '', '', 'CHF', 'N', '', '', '', 'Zürich', '', 'Switzerland', '8004');

INSERT INTO ArInvoice
	(Customer, Invoice, DocumentType, InvoiceDate, SalesOrder, CustomerPoNumber, TermsCode, InvoiceBal1, CurrencyValue, PostCurrency, ConvRate, MulDiv)
VALUES
	('000000000000001', '000000000100001', 'I', '20260901', '000000000000050', 'PO-1', '30', 1150, 1150, 'ZAR', 1, 'M'), -- open
	('000000000000001', '000000000100002', 'I', '20260902', '', '', '30', 400, 1000, 'ZAR', 1, 'M'),                      -- 600.00 paid
	('000000000000001', '000000000100003', 'I', '20260903', '', '', '30', 0, 75, 'ZAR', 1, 'M'),                          -- paid
	('000000000000001', '000000000100001', 'C', '20260910', '', '', '00', -50, -50, 'ZAR', 1, 'M'),                       -- credit note of the same number, below zero
	('000000000000001', '000000000100004', 'C', '20260911', '', '', '00', 20, 20, 'ZAR', 1, 'M'),                         -- a site that keeps them above zero
	('000000000000001', '000000000100005', 'D', '20260912', '', '', '30', 12.34, 12.34, '', 1, 'M'),                      -- debit note, currency blank
	('000000000000001', '000000000100006', 'I', NULL, '', '', 'ZZ', 5, 5, 'ZAR', 1, 'M'),                                 -- no day, and terms that are not there
	('000000000000003', '000000000200001', 'I', '20260901', '', '', '30', 20500, 1000, 'CHF', 20.5, 'M'),                 -- 1,000.00 CHF, all open
	('000000000000003', '000000000200002', 'I', '20260902', '', '', '30', 5125, 1000, 'CHF', 20.5, 'M'),                  -- a quarter is open: 250.00 CHF
	('000000000000003', '000000000200003', 'I', '20260903', '', '', '30', 18068.82, 150001, 'JPY', 8.301651, 'D'),        -- 150,001 JPY by division, all open
	('000000000000003', '000000000200004', 'I', '20260904', '', '', '30', 6022.94, 150001, 'JPY', 8.301651, 'D');         -- a third is open: 50,000 JPY
INSERT INTO ArInvoicePay (Customer, Invoice, DocumentType, EntryNumber, JournalDate) VALUES
	('000000000000001', '000000000100002', 'I', 1, '20260920'),
	('000000000000001', '000000000100003', 'I', 1, '20260921'), ('000000000000001', '000000000100003', 'I', 2, '20260925');
