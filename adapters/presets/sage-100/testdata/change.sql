-- brings: 01/ABF/0100002/IN/000000
UPDATE dbo.AR_OpenInvoice SET Balance = 100 WHERE ARDivisionNo = '01' AND CustomerNo = 'ABF' AND InvoiceNo = '0100002';
INSERT INTO dbo.AR_TransactionPaymentHistory VALUES ('01', 'ABF', '0100002', 'IN', '000000', '20261105', '000001', 'P', -20, '20261105', '9');
