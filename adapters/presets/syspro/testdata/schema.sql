-- The columns that the queries use. Most are never NULL: blank stands for
-- nothing, while days may be NULL.
CREATE TABLE ArCustomer (
	Customer varchar(15) NOT NULL PRIMARY KEY, Name varchar(50) NOT NULL, MasterAccount varchar(15) NOT NULL DEFAULT '', CreditLimit decimal(12,0) NOT NULL DEFAULT 0,
	Salesperson varchar(20) NOT NULL DEFAULT '', CustomerClass varchar(10) NOT NULL DEFAULT '', TermsCode varchar(2) NOT NULL DEFAULT '',
	Telephone varchar(20) NOT NULL DEFAULT '', Contact varchar(50) NOT NULL DEFAULT '', Currency varchar(3) NOT NULL DEFAULT '',
	CustomerOnHold char(1) NOT NULL DEFAULT 'N', Email varchar(255) NOT NULL DEFAULT '', SoldToAddr1 varchar(40) NOT NULL DEFAULT '',
	SoldToAddr2 varchar(40) NOT NULL DEFAULT '', SoldToAddr3 varchar(40) NOT NULL DEFAULT '', SoldToAddr4 varchar(40) NOT NULL DEFAULT '',
	SoldToAddr5 varchar(40) NOT NULL DEFAULT '', SoldPostalCode varchar(10) NOT NULL DEFAULT '', [TimeStamp] timestamp NOT NULL
);

CREATE TABLE TblArTerms (TermsCode varchar(2) NOT NULL PRIMARY KEY, DueDays decimal(3,0) NOT NULL, [TimeStamp] timestamp NOT NULL);

CREATE TABLE ArInvoice (
	Customer varchar(15) NOT NULL, Invoice varchar(20) NOT NULL, DocumentType char(1) NOT NULL, InvoiceDate datetime, SalesOrder varchar(20) NOT NULL DEFAULT '',
	CustomerPoNumber varchar(30) NOT NULL DEFAULT '', TermsCode varchar(2) NOT NULL DEFAULT '', InvoiceBal1 decimal(14,2) NOT NULL,
	CurrencyValue decimal(14,2) NOT NULL, PostCurrency varchar(3) NOT NULL, ConvRate decimal(12,6) NOT NULL, MulDiv char(1) NOT NULL,
	[TimeStamp] timestamp NOT NULL, PRIMARY KEY (Customer, Invoice, DocumentType)
);

CREATE TABLE ArInvoicePay (
	Customer varchar(15) NOT NULL, Invoice varchar(20) NOT NULL, DocumentType char(1) NOT NULL, EntryNumber decimal(10,0) NOT NULL, JournalDate datetime,
	PRIMARY KEY (Customer, Invoice, DocumentType, EntryNumber)
);
