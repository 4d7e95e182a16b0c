-- brings: 01/ABF/0100002/IN/000000, 01/ABF/0100001/IN/000001, 01/ABF/PP00001/PP/000000, 02/ABF/0100008/IN/000000
-- A part payment, which only its own row may stamp; a prepayment is laid on an invoice, which brings both; a due day is moved.
UPDATE dbo.AR_OpenInvoice SET Balance = 100 WHERE ARDivisionNo = '01' AND CustomerNo = 'ABF' AND InvoiceNo = '0100002';
INSERT INTO dbo.AR_TransactionPaymentHistory VALUES ('01', 'ABF', '0100002', 'IN', '000000', '20261105', '000001', 'P', -20, '20261105', '9');
UPDATE dbo.AR_OpenInvoice SET Balance = 45.50, DateUpdated = '20261105', TimeUpdated = '9.5' WHERE ARDivisionNo = '01' AND CustomerNo = 'ABF' AND InvoiceNo = '0100001';
UPDATE dbo.AR_OpenInvoice SET Balance = 0, DateUpdated = '20261105', TimeUpdated = '9.5' WHERE ARDivisionNo = '01' AND CustomerNo = 'ABF' AND InvoiceNo = 'PP00001';
UPDATE dbo.AR_OpenInvoice SET InvoiceDueDate = '20261224', DateUpdated = '20261105', TimeUpdated = '9.75' WHERE ARDivisionNo = '02' AND InvoiceNo = '0100008';
