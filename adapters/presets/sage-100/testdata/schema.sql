-- The columns of Sage 100 Premium that the queries use. Nothing is NULL there:
-- a text is empty, a day is 1753-01-01.
CREATE TABLE dbo.AR_Customer (
	ARDivisionNo varchar(2) NOT NULL, CustomerNo varchar(20) NOT NULL, CustomerName varchar(30) NOT NULL, AddressLine1 varchar(30) NOT NULL,
	AddressLine2 varchar(30) NOT NULL, City varchar(20) NOT NULL, State varchar(2) NOT NULL, ZipCode varchar(10) NOT NULL,
	CountryCode varchar(3) NOT NULL, TelephoneNo varchar(17) NOT NULL, EmailAddress varchar(250) NOT NULL, TermsCode varchar(2) NOT NULL,
	SalespersonDivisionNo varchar(2) NOT NULL, SalespersonNo varchar(4) NOT NULL, CustomerStatus varchar(1) NOT NULL,
	CustomerType varchar(4) NOT NULL, CreditHold varchar(1) NOT NULL, CreditLimit decimal(13,2) NOT NULL, DateUpdated datetime NOT NULL,
	TimeUpdated varchar(8) NOT NULL, PRIMARY KEY (ARDivisionNo, CustomerNo)
);
CREATE TABLE dbo.AR_CustomerContact (
	ARDivisionNo varchar(2) NOT NULL, CustomerNo varchar(20) NOT NULL, ContactCode varchar(10) NOT NULL, ContactName varchar(30) NOT NULL,
	ContactTitle varchar(15) NOT NULL, TelephoneNo1 varchar(17) NOT NULL, EmailAddress varchar(50) NOT NULL,
	PRIMARY KEY (ARDivisionNo, CustomerNo, ContactCode)
);
CREATE TABLE dbo.AR_OpenInvoice (
	ARDivisionNo varchar(2) NOT NULL, CustomerNo varchar(20) NOT NULL, InvoiceNo varchar(7) NOT NULL, InvoiceType varchar(2) NOT NULL,
	InvoiceHistoryHeaderSeqNo varchar(6) NOT NULL, InvoiceDate datetime NOT NULL, InvoiceDueDate datetime NOT NULL,
	Balance decimal(14,2) NOT NULL, DateUpdated datetime NOT NULL, TimeUpdated varchar(8) NOT NULL,
	PRIMARY KEY (ARDivisionNo, CustomerNo, InvoiceNo, InvoiceType)
);
CREATE TABLE dbo.AR_InvoiceHistoryHeader (
	InvoiceNo varchar(7) NOT NULL, HeaderSeqNo varchar(6) NOT NULL, InvoiceType varchar(2) NOT NULL, ARDivisionNo varchar(2) NOT NULL,
	CustomerNo varchar(20) NOT NULL, InvoiceDate datetime NOT NULL, InvoiceDueDate varchar(8) NOT NULL, CustomerPONo varchar(15) NOT NULL,
	SalesOrderNo varchar(7) NOT NULL, ShipToCode varchar(4) NOT NULL, TaxableSalesAmt decimal(13,2) NOT NULL,
	NonTaxableSalesAmt decimal(13,2) NOT NULL, DiscountAmt decimal(12,2) NOT NULL, FreightAmt decimal(12,2) NOT NULL,
	SalesTaxAmt decimal(12,2) NOT NULL, DateUpdated datetime NOT NULL, TimeUpdated varchar(8) NOT NULL,
	PRIMARY KEY (InvoiceNo, HeaderSeqNo)
);
CREATE TABLE dbo.AR_TransactionPaymentHistory (
	ARDivisionNo varchar(2) NOT NULL, CustomerNo varchar(20) NOT NULL, InvoiceNo varchar(7) NOT NULL, InvoiceType varchar(2) NOT NULL,
	InvoiceHistoryHeaderSeqNo varchar(6) NOT NULL, TransactionDate datetime NOT NULL, SequenceNo varchar(6) NOT NULL,
	TransactionType varchar(1) NOT NULL, TransactionAmt decimal(13,2) NOT NULL, DateUpdated datetime NOT NULL,
	TimeUpdated varchar(8) NOT NULL, PRIMARY KEY (ARDivisionNo, CustomerNo, InvoiceNo, InvoiceType, TransactionDate, SequenceNo)
);
