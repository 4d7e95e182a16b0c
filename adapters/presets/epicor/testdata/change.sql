-- brings: 10001/1, 10102/2
-- A payment is posted, and an instalment gets another day.
UPDATE Erp.InvcHead SET DocInvoiceBal = 0, InvoiceBal = 0, OpenInvoice = 0, ClosedDate = '20261005' WHERE Company = N'EPIC06' AND InvoiceNum = 10001;
UPDATE Erp.InvcSched SET PayDueDate = '20260915' WHERE Company = N'EPIC06' AND InvoiceNum = 10102 AND PaySeq = 2;
