-- brings: 101/0, 108/0, 104/0, 107/0, 102/0, 109/0
-- A receipt on account is laid on an invoice; a match is undone, which brings all that it had settled; a due day is moved;
-- a credit memo is cancelled.
UPDATE dbo.JDT1 SET BalDueDeb = 75 WHERE TransId = 101 AND Line_ID = 0;
UPDATE dbo.JDT1 SET BalDueCred = 0 WHERE TransId = 108 AND Line_ID = 0;
INSERT INTO dbo.OITR VALUES (7, 'C', '0', '20261110', 'N', 0, '20261110');
INSERT INTO dbo.ITR1 VALUES (7, 0, N'C20000', 108, 0, 25, 0), (7, 1, N'C20000', 101, 0, 25, 0);
UPDATE dbo.OITR SET Canceled = 'Y', CancelAbs = 8 WHERE ReconNum = 1;
INSERT INTO dbo.OITR VALUES (8, 'C', '0', '20261111', 'N', 1, '20261111');
INSERT INTO dbo.ITR1 VALUES (8, 0, N'C20000', 107, 0, 90, 0), (8, 1, N'C20000', 102, 0, 40, 0), (8, 2, N'C20000', 103, 0, 50, 0);
UPDATE dbo.JDT1 SET BalDueCred = 90 WHERE TransId = 107;
UPDATE dbo.JDT1 SET BalDueDeb = 100 WHERE TransId = 102 AND Line_ID = 0;
UPDATE dbo.JDT1 SET DueDate = '20261224' WHERE TransId = 109;
UPDATE dbo.OINV SET UpdateDate = '20261111' WHERE DocEntry = 5;
UPDATE dbo.ORIN SET CANCELED = 'Y', UpdateDate = '20261111' WHERE DocEntry = 1;
