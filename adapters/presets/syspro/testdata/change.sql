-- brings: 000000000000001|000000000100001|I, 000000000000001|000000000100001|C
-- An invoice is paid, and the terms of the credit note change, which moves its
-- due day.
UPDATE ArInvoice SET InvoiceBal1 = 0 WHERE Customer = '000000000000001' AND Invoice = '000000000100001' AND DocumentType = 'I';
INSERT INTO ArInvoicePay (Customer, Invoice, DocumentType, EntryNumber, JournalDate) VALUES ('000000000000001', '000000000100001', 'I', 1, '20261005');
UPDATE TblArTerms SET DueDays = 7 WHERE TermsCode = '00';
