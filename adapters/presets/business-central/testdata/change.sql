-- brings: 101, 104, 105, 203, 204
-- The open credit memo is applied to SI-1001: only detailed entries are new, and
-- the ledger entry of the credit memo is closed.
INSERT INTO [CRONUS UK Ltd_$Detailed Cust_ Ledg_ Entry$437dbf0e-84ff-417a-965d-ed2bb9650972]
	([Entry No_], [Cust_ Ledger Entry No_], [Entry Type], [Posting Date], [Amount], [Amount (LCY)], [Customer No_], [Currency Code],
	[Applied Cust_ Ledger Entry No_], [Unapplied], [Unapplied by Entry No_])
VALUES
	(51, 101, 2, '20261005', -80, -80, N'10000', N'', 104, 0, 0),
	(52, 104, 2, '20261005', 80, 80, N'10000', N'', 104, 0, 0);
UPDATE [CRONUS UK Ltd_$Cust_ Ledger Entry$437dbf0e-84ff-417a-965d-ed2bb9650972] SET [Open] = 0, [Closed at Date] = '20261005' WHERE [Entry No_] = 104;
-- A due day is moved; a payment that was free is applied, which touches no ledger entry while both stay open.
UPDATE [CRONUS UK Ltd_$Cust_ Ledger Entry$437dbf0e-84ff-417a-965d-ed2bb9650972] SET [Due Date] = '20261224' WHERE [Entry No_] = 105;
INSERT INTO [CRONUS UK Ltd_$Detailed Cust_ Ledg_ Entry$437dbf0e-84ff-417a-965d-ed2bb9650972]
	([Entry No_], [Cust_ Ledger Entry No_], [Entry Type], [Posting Date], [Amount], [Amount (LCY)], [Customer No_], [Currency Code],
	[Applied Cust_ Ledger Entry No_], [Unapplied], [Unapplied by Entry No_])
VALUES
	(53, 203, 2, '20261006', -100, -85, N'20000', N'EURO', 204, 0, 0),
	(54, 204, 2, '20261006', 100, 85, N'20000', N'EURO', 204, 0, 0);
