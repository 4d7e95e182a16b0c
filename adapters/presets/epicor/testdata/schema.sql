-- The columns that the queries use. Companies share the tables.
CREATE SCHEMA Erp
GO
CREATE TABLE Erp.Company (Company nvarchar(8) NOT NULL PRIMARY KEY, Name nvarchar(50) NOT NULL);

CREATE TABLE Erp.Currency (
	Company nvarchar(8) NOT NULL, CurrencyCode nvarchar(4) NOT NULL, BaseCurr bit NOT NULL, PRIMARY KEY (Company, CurrencyCode)
);

CREATE TABLE Erp.Customer (
	Company nvarchar(8) NOT NULL, CustNum int NOT NULL, CustID nvarchar(10) NOT NULL, Name nvarchar(50) NOT NULL,
	Address1 nvarchar(50) NOT NULL DEFAULT N'', Address2 nvarchar(50) NOT NULL DEFAULT N'', City nvarchar(50) NOT NULL DEFAULT N'',
	State nvarchar(50) NOT NULL DEFAULT N'', Zip nvarchar(10) NOT NULL DEFAULT N'', Country nvarchar(50) NOT NULL DEFAULT N'',
	PhoneNum nvarchar(20) NOT NULL DEFAULT N'', EMailAddress nvarchar(50) NOT NULL DEFAULT N'', TermsCode nvarchar(4) NOT NULL DEFAULT N'',
	CreditHold bit NOT NULL DEFAULT 0, CreditLimit decimal(18,3) NOT NULL DEFAULT 0, SalesRepCode nvarchar(8) NOT NULL DEFAULT N'',
	GroupCode nvarchar(4) NOT NULL DEFAULT N'', PrimBCon int NOT NULL DEFAULT 0, CurrencyCode nvarchar(4) NOT NULL DEFAULT N'',
	LangNameID nvarchar(8) NOT NULL DEFAULT N'', ParentCustNum int NOT NULL DEFAULT 0, SysRevID timestamp NOT NULL,
	PRIMARY KEY (Company, CustNum)
);

CREATE TABLE Erp.CustCnt (
	Company nvarchar(8) NOT NULL, CustNum int NOT NULL, ShipToNum nvarchar(14) NOT NULL DEFAULT N'', ConNum int NOT NULL,
	Name nvarchar(50) NOT NULL, PhoneNum nvarchar(20) NOT NULL DEFAULT N'', EMailAddress nvarchar(50) NOT NULL DEFAULT N'',
	SysRevID timestamp NOT NULL, PRIMARY KEY (Company, CustNum, ShipToNum, ConNum)
);

CREATE TABLE Erp.InvcHead (
	Company nvarchar(8) NOT NULL, InvoiceNum int NOT NULL, OpenInvoice bit NOT NULL, ClosedDate date, CreditMemo bit NOT NULL DEFAULT 0,
	UnappliedCash bit NOT NULL DEFAULT 0, DebitNote bit NOT NULL DEFAULT 0, Posted bit NOT NULL, CustNum int NOT NULL,
	PONum nvarchar(50) NOT NULL DEFAULT N'', OrderNum int NOT NULL DEFAULT 0, InvoiceDate date, ApplyDate date, DueDate date,
	DocInvoiceAmt decimal(18,3) NOT NULL, DocInvoiceBal decimal(18,3) NOT NULL, InvoiceBal decimal(18,3) NOT NULL,
	CurrencyCode nvarchar(4) NOT NULL, BlockedRemLetters bit NOT NULL DEFAULT 0, BlockedRemLettersReason nvarchar(100) NOT NULL DEFAULT N'',
	SysRevID timestamp NOT NULL, PRIMARY KEY (Company, InvoiceNum)
);

CREATE TABLE Erp.InvcSched (
	Company nvarchar(8) NOT NULL, InvoiceNum int NOT NULL, PaySeq int NOT NULL, PayDueDate date, DocPayAmount decimal(18,3) NOT NULL,
	SysRevID timestamp NOT NULL, PRIMARY KEY (Company, InvoiceNum, PaySeq)
);

CREATE TABLE Erp.CashDtl (
	Company nvarchar(8) NOT NULL, HeadNum int NOT NULL, InvoiceNum int NOT NULL, InvoiceRef int NOT NULL DEFAULT 0, TranType nvarchar(8) NOT NULL,
	Posted bit NOT NULL, TranDate date, DocTranAmt decimal(18,3) NOT NULL, DocDiscount decimal(18,3) NOT NULL DEFAULT 0,
	GainLossType nvarchar(8) NOT NULL DEFAULT N'', SysRowID uniqueidentifier NOT NULL PRIMARY KEY, SysRevID timestamp NOT NULL
);
