-- brings: 10001/1, 10102/2, 10004/1, 10005/1
-- A payment is posted, an instalment gets another day, and a credit memo is laid on an invoice.
UPDATE Erp.InvcHead SET DocInvoiceBal = 0, InvoiceBal = 0, OpenInvoice = 0, ClosedDate = '20261005' WHERE Company = N'EPIC06' AND InvoiceNum = 10001;
UPDATE Erp.InvcSched SET PayDueDate = '20260915' WHERE Company = N'EPIC06' AND InvoiceNum = 10102 AND PaySeq = 2;
UPDATE Erp.InvcHead SET DocInvoiceBal = -20, InvoiceBal = -20 WHERE Company = N'EPIC06' AND InvoiceNum = 10004;
UPDATE Erp.InvcHead SET DocInvoiceBal = 55, InvoiceBal = 55 WHERE Company = N'EPIC06' AND InvoiceNum = 10005;
