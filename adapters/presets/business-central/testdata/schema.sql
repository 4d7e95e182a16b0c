-- The columns that the queries use, of one company. There is no Dispute Status
-- and no Excluded from calculation: that is how most versions look.
CREATE TABLE [Company] ([timestamp] timestamp NOT NULL, [Name] nvarchar(30) NOT NULL PRIMARY KEY);

CREATE TABLE [CRONUS UK Ltd_$General Ledger Setup$437dbf0e-84ff-417a-965d-ed2bb9650972] (
	[timestamp] timestamp NOT NULL, [Primary Key] nvarchar(10) NOT NULL PRIMARY KEY, [LCY Code] nvarchar(10) NOT NULL
);

CREATE TABLE [CRONUS UK Ltd_$Currency$437dbf0e-84ff-417a-965d-ed2bb9650972] (
	[timestamp] timestamp NOT NULL, [Code] nvarchar(10) NOT NULL PRIMARY KEY, [ISO Code] nvarchar(3) NOT NULL
);

CREATE TABLE [CRONUS UK Ltd_$Customer$437dbf0e-84ff-417a-965d-ed2bb9650972] (
	[timestamp] timestamp NOT NULL, [No_] nvarchar(20) NOT NULL PRIMARY KEY, [Name] nvarchar(100) NOT NULL,
	[Address] nvarchar(100) NOT NULL DEFAULT N'', [Address 2] nvarchar(50) NOT NULL DEFAULT N'', [City] nvarchar(30) NOT NULL DEFAULT N'',
	[Contact] nvarchar(100) NOT NULL DEFAULT N'', [Phone No_] nvarchar(30) NOT NULL DEFAULT N'',
	[Credit Limit (LCY)] decimal(38,20) NOT NULL DEFAULT 0, [Customer Posting Group] nvarchar(20) NOT NULL DEFAULT N'',
	[Currency Code] nvarchar(10) NOT NULL DEFAULT N'', [Language Code] nvarchar(10) NOT NULL DEFAULT N'',
	[Payment Terms Code] nvarchar(10) NOT NULL DEFAULT N'', [Salesperson Code] nvarchar(20) NOT NULL DEFAULT N'',
	[Country_Region Code] nvarchar(10) NOT NULL DEFAULT N'', [Blocked] int NOT NULL DEFAULT 0,
	[Bill-to Customer No_] nvarchar(20) NOT NULL DEFAULT N'', [Payment Method Code] nvarchar(10) NOT NULL DEFAULT N'',
	[Post Code] nvarchar(20) NOT NULL DEFAULT N'', [County] nvarchar(30) NOT NULL DEFAULT N'', [E-Mail] nvarchar(80) NOT NULL DEFAULT N''
);

CREATE TABLE [CRONUS UK Ltd_$Contact$437dbf0e-84ff-417a-965d-ed2bb9650972] (
	[timestamp] timestamp NOT NULL, [No_] nvarchar(20) NOT NULL PRIMARY KEY, [Type] int NOT NULL, [Company No_] nvarchar(20) NOT NULL,
	[Name] nvarchar(100) NOT NULL, [E-Mail] nvarchar(80) NOT NULL DEFAULT N'', [Phone No_] nvarchar(30) NOT NULL DEFAULT N'',
	[Mobile Phone No_] nvarchar(30) NOT NULL DEFAULT N'', [Language Code] nvarchar(10) NOT NULL DEFAULT N''
);

CREATE TABLE [CRONUS UK Ltd_$Contact Business Relation$437dbf0e-84ff-417a-965d-ed2bb9650972] (
	[timestamp] timestamp NOT NULL, [Contact No_] nvarchar(20) NOT NULL, [Business Relation Code] nvarchar(10) NOT NULL,
	[Link to Table] int NOT NULL, [No_] nvarchar(20) NOT NULL, PRIMARY KEY ([Contact No_], [Business Relation Code])
);

CREATE TABLE [CRONUS UK Ltd_$Cust_ Ledger Entry$437dbf0e-84ff-417a-965d-ed2bb9650972] (
	[timestamp] timestamp NOT NULL, [Entry No_] int NOT NULL PRIMARY KEY, [Customer No_] nvarchar(20) NOT NULL,
	[Posting Date] datetime NOT NULL, [Document Type] int NOT NULL, [Document No_] nvarchar(20) NOT NULL,
	[Currency Code] nvarchar(10) NOT NULL DEFAULT N'', [On Hold] nvarchar(3) NOT NULL DEFAULT N'', [Open] tinyint NOT NULL,
	[Due Date] datetime NOT NULL, [Closed at Date] datetime NOT NULL DEFAULT '17530101', [Document Date] datetime NOT NULL,
	[External Document No_] nvarchar(35) NOT NULL DEFAULT N'', [Reversed] tinyint NOT NULL DEFAULT 0, [Prepayment] tinyint NOT NULL DEFAULT 0
);

CREATE TABLE [CRONUS UK Ltd_$Detailed Cust_ Ledg_ Entry$437dbf0e-84ff-417a-965d-ed2bb9650972] (
	[timestamp] timestamp NOT NULL, [Entry No_] int NOT NULL PRIMARY KEY, [Cust_ Ledger Entry No_] int NOT NULL, [Entry Type] int NOT NULL,
	[Posting Date] datetime NOT NULL, [Amount] decimal(38,20) NOT NULL, [Amount (LCY)] decimal(38,20) NOT NULL,
	[Customer No_] nvarchar(20) NOT NULL, [Currency Code] nvarchar(10) NOT NULL DEFAULT N'',
	[Applied Cust_ Ledger Entry No_] int NOT NULL DEFAULT 0, [Unapplied] tinyint NOT NULL DEFAULT 0,
	[Unapplied by Entry No_] int NOT NULL DEFAULT 0
);

CREATE TABLE [CRONUS UK Ltd_$Sales Line$437dbf0e-84ff-417a-965d-ed2bb9650972] (
	[timestamp] timestamp NOT NULL, [Document Type] int NOT NULL, [Document No_] nvarchar(20) NOT NULL, [Line No_] int NOT NULL,
	[Bill-to Customer No_] nvarchar(20) NOT NULL, [Currency Code] nvarchar(10) NOT NULL DEFAULT N'',
	[Outstanding Amount] decimal(38,20) NOT NULL, [Shipped Not Invoiced] decimal(38,20) NOT NULL,
	PRIMARY KEY ([Document Type], [Document No_], [Line No_])
);
