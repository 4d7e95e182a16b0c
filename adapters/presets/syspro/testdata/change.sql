-- brings: 000000000000001|000000000100001|I, 000000000000001|000000000100001|C, 000000000000003|000000000200001|I
-- An invoice is paid, another in part, and the terms of the credit note change, which moves its
-- due day.
UPDATE ArInvoice SET InvoiceBal1 = 0 WHERE Customer = '000000000000001' AND Invoice = '000000000100001' AND DocumentType = 'I';
INSERT INTO ArInvoicePay (Customer, Invoice, DocumentType, EntryNumber, JournalDate) VALUES ('000000000000001', '000000000100001', 'I', 1, '20261005');
UPDATE TblArTerms SET DueDays = 7 WHERE TermsCode = '00';
UPDATE ArInvoice SET InvoiceBal1 = 10250 WHERE Customer = '000000000000003' AND Invoice = '000000000200001' AND DocumentType = 'I';
