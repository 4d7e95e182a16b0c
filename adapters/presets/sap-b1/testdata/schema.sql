-- The columns of SAP Business One that the queries use.
CREATE TABLE dbo.OADM (CompnyName nvarchar(100), MainCurncy nvarchar(3));
CREATE TABLE dbo.OCRN (CurrCode nvarchar(3) NOT NULL PRIMARY KEY, ISOCurrCod nvarchar(3));
CREATE TABLE dbo.OCTG (GroupNum smallint NOT NULL PRIMARY KEY, PymntGroup nvarchar(100));
CREATE TABLE dbo.OCRG (GroupCode smallint NOT NULL PRIMARY KEY, GroupName nvarchar(20));
CREATE TABLE dbo.OSLP (SlpCode int NOT NULL PRIMARY KEY, SlpName nvarchar(155));
CREATE TABLE dbo.OCRD (
	CardCode nvarchar(15) NOT NULL PRIMARY KEY, CardName nvarchar(100), CardType char(1), GroupCode smallint, Address nvarchar(100),
	ZipCode nvarchar(20), City nvarchar(100), State1 nvarchar(3), Country nvarchar(3), Phone1 nvarchar(20), Cellular nvarchar(50),
	E_Mail nvarchar(100), CntctPrsn nvarchar(90), GroupNum smallint, CreditLine numeric(19,6), OrdersBal numeric(19,6),
	DNotesBal numeric(19,6), Currency nvarchar(3), FatherCard nvarchar(15), FatherType char(1), PymCode nvarchar(15), BlockDunn char(1),
	SlpCode int, validFor char(1), validFrom datetime, validTo datetime, frozenFor char(1), frozenFrom datetime, frozenTo datetime,
	CreateDate datetime, UpdateDate datetime
);
CREATE TABLE dbo.OCPR (
	CntctCode int NOT NULL PRIMARY KEY, CardCode nvarchar(15), Name nvarchar(50), FirstName nvarchar(50), LastName nvarchar(50),
	Position nvarchar(90), Tel1 nvarchar(20), Cellolar nvarchar(50), E_MailL nvarchar(100), Active char(1)
);
CREATE TABLE dbo.OJDT (TransId int NOT NULL PRIMARY KEY, CreateDate datetime, UpdateDate datetime);
CREATE TABLE dbo.JDT1 (
	TransId int NOT NULL, Line_ID int NOT NULL, ShortName nvarchar(15), TransType nvarchar(20), CreatedBy int, BaseRef nvarchar(11),
	SourceLine smallint, RefDate datetime, TaxDate datetime, DueDate datetime, Debit numeric(19,6), Credit numeric(19,6),
	FCDebit numeric(19,6), FCCredit numeric(19,6), FCCurrency nvarchar(3), BalDueDeb numeric(19,6), BalDueCred numeric(19,6),
	BalFcDeb numeric(19,6), BalFcCred numeric(19,6), PRIMARY KEY (TransId, Line_ID)
);
CREATE TABLE dbo.OITR (
	ReconNum int NOT NULL PRIMARY KEY, IsCard char(1), ReconType nvarchar(2), ReconDate datetime, Canceled char(1), CancelAbs int,
	CreateDate datetime
);
CREATE TABLE dbo.ITR1 (
	ReconNum int NOT NULL, LineSeq int NOT NULL, ShortName nvarchar(15), TransId int, TransRowId int, ReconSum numeric(19,6),
	ReconSumFC numeric(19,6), PRIMARY KEY (ReconNum, LineSeq)
);
CREATE TABLE dbo.OINV (
	DocEntry int NOT NULL PRIMARY KEY, CANCELED char(1), NumAtCard nvarchar(100), ShipToCode nvarchar(50), BlockDunn char(1), UpdateDate datetime
);
CREATE TABLE dbo.ORIN (DocEntry int NOT NULL PRIMARY KEY, CANCELED char(1), NumAtCard nvarchar(100), UpdateDate datetime);
CREATE TABLE dbo.ORCT (DocEntry int NOT NULL PRIMARY KEY, Canceled char(1), UpdateDate datetime);
