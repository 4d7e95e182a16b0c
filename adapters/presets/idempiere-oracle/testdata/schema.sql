-- The columns of iDempiere that the preset reads, and no others.
-- The stand-in's ROUND takes no NUMBER for how many digits, as Oracle's does.
BEGIN
	IF SYS_CONTEXT('USERENV', 'DB_NAME') = 'STANDIN' THEN
		EXECUTE IMMEDIATE 'CREATE FUNCTION round(a numeric, n numeric) RETURNS numeric LANGUAGE sql AS ''SELECT pg_catalog.round(a, CAST(n AS int))''';
	END IF;
END;
/
CREATE TABLE ad_client (ad_client_id NUMBER(10) PRIMARY KEY, name VARCHAR2(60) NOT NULL, isactive CHAR(1) NOT NULL);
CREATE TABLE ad_clientinfo (ad_client_id NUMBER(10) PRIMARY KEY, c_acctschema1_id NUMBER(10));
CREATE TABLE c_acctschema (c_acctschema_id NUMBER(10) PRIMARY KEY, c_currency_id NUMBER(10) NOT NULL);
CREATE TABLE c_currency (c_currency_id NUMBER(10) PRIMARY KEY, iso_code CHAR(3) NOT NULL, stdprecision NUMBER(10) NOT NULL);
CREATE TABLE c_country (c_country_id NUMBER(10) PRIMARY KEY, countrycode CHAR(2) NOT NULL);
CREATE TABLE c_region (c_region_id NUMBER(10) PRIMARY KEY, name VARCHAR2(60) NOT NULL);
CREATE TABLE c_location (
	c_location_id NUMBER(10) PRIMARY KEY,
	address1 VARCHAR2(60),
	address2 VARCHAR2(60),
	postal VARCHAR2(10),
	city VARCHAR2(60),
	regionname VARCHAR2(40),
	c_region_id NUMBER(10),
	c_country_id NUMBER(10) NOT NULL
);
CREATE TABLE c_bp_group (c_bp_group_id NUMBER(10) PRIMARY KEY, name VARCHAR2(60) NOT NULL);
CREATE TABLE c_paymentterm (
	c_paymentterm_id NUMBER(10) PRIMARY KEY,
	name VARCHAR2(60) NOT NULL,
	isduefixed CHAR(1) NOT NULL,
	netdays NUMBER(10) NOT NULL,
	fixmonthday NUMBER(10),
	fixmonthoffset NUMBER(10),
	fixmonthcutoff NUMBER(10),
	updated DATE NOT NULL
);
CREATE TABLE c_bpartner (
	c_bpartner_id NUMBER(10) PRIMARY KEY,
	ad_client_id NUMBER(10) NOT NULL,
	isactive CHAR(1) NOT NULL,
	updated DATE NOT NULL,
	updatedby NUMBER(10) NOT NULL,
	value VARCHAR2(40) NOT NULL,
	name VARCHAR2(120) NOT NULL,
	name2 VARCHAR2(60),
	iscustomer CHAR(1) NOT NULL,
	bpartner_parent_id NUMBER(10),
	so_creditlimit NUMBER,
	socreditstatus CHAR(1),
	c_paymentterm_id NUMBER(10),
	paymentrule CHAR(1),
	dunninggrace DATE,
	ad_language VARCHAR2(6),
	salesrep_id NUMBER(10),
	c_bp_group_id NUMBER(10) NOT NULL
);
CREATE TABLE c_bpartner_location (
	c_bpartner_location_id NUMBER(10) PRIMARY KEY,
	c_bpartner_id NUMBER(10) NOT NULL,
	c_location_id NUMBER(10) NOT NULL,
	isactive CHAR(1) NOT NULL,
	isbillto CHAR(1) NOT NULL
);
CREATE TABLE ad_user (
	ad_user_id NUMBER(10) PRIMARY KEY,
	c_bpartner_id NUMBER(10),
	c_bpartner_location_id NUMBER(10),
	isactive CHAR(1) NOT NULL,
	isbillto CHAR(1) NOT NULL,
	title VARCHAR2(40),
	name VARCHAR2(60) NOT NULL,
	email VARCHAR2(60),
	phone VARCHAR2(40),
	phone2 VARCHAR2(40)
);
CREATE TABLE c_doctype (c_doctype_id NUMBER(10) PRIMARY KEY, docbasetype CHAR(3) NOT NULL);
CREATE TABLE c_order (c_order_id NUMBER(10) PRIMARY KEY, documentno VARCHAR2(30) NOT NULL);
CREATE TABLE c_invoice (
	c_invoice_id NUMBER(10) PRIMARY KEY,
	ad_client_id NUMBER(10) NOT NULL,
	ad_org_id NUMBER(10) NOT NULL,
	updated DATE NOT NULL,
	issotrx CHAR(1) NOT NULL,
	docstatus CHAR(2) NOT NULL,
	documentno VARCHAR2(30) NOT NULL,
	c_doctype_id NUMBER(10) NOT NULL,
	c_order_id NUMBER(10),
	c_bpartner_id NUMBER(10) NOT NULL,
	poreference VARCHAR2(40),
	dateinvoiced DATE NOT NULL,
	dateacct DATE NOT NULL,
	c_currency_id NUMBER(10) NOT NULL,
	c_conversiontype_id NUMBER(10),
	isoverridecurrencyrate CHAR(1) NOT NULL,
	currencyrate NUMBER,
	c_paymentterm_id NUMBER(10) NOT NULL,
	grandtotal NUMBER NOT NULL,
	ispaid CHAR(1) NOT NULL,
	ispayschedulevalid CHAR(1) NOT NULL,
	isindispute CHAR(1) NOT NULL
);
CREATE TABLE c_invoicepayschedule (
	c_invoicepayschedule_id NUMBER(10) PRIMARY KEY,
	c_invoice_id NUMBER(10) NOT NULL,
	updated DATE NOT NULL,
	isvalid CHAR(1) NOT NULL,
	duedate DATE NOT NULL,
	dueamt NUMBER NOT NULL
);
CREATE TABLE c_payment (
	c_payment_id NUMBER(10) PRIMARY KEY,
	ad_client_id NUMBER(10) NOT NULL,
	ad_org_id NUMBER(10) NOT NULL,
	updated DATE NOT NULL,
	isreceipt CHAR(1) NOT NULL,
	docstatus CHAR(2) NOT NULL,
	documentno VARCHAR2(30) NOT NULL,
	c_bpartner_id NUMBER(10),
	datetrx DATE NOT NULL,
	dateacct DATE NOT NULL,
	c_currency_id NUMBER(10) NOT NULL,
	c_conversiontype_id NUMBER(10),
	isoverridecurrencyrate CHAR(1) NOT NULL,
	currencyrate NUMBER,
	payamt NUMBER NOT NULL,
	isallocated CHAR(1) NOT NULL,
	isprepayment CHAR(1) NOT NULL,
	c_charge_id NUMBER(10)
);
CREATE TABLE c_allocationhdr (
	c_allocationhdr_id NUMBER(10) PRIMARY KEY,
	ad_org_id NUMBER(10) NOT NULL,
	isactive CHAR(1) NOT NULL,
	updated DATE NOT NULL,
	datetrx DATE NOT NULL,
	dateacct DATE NOT NULL,
	c_currency_id NUMBER(10) NOT NULL
);
CREATE TABLE c_allocationline (
	c_allocationline_id NUMBER(10) PRIMARY KEY,
	c_allocationhdr_id NUMBER(10) NOT NULL,
	updated DATE NOT NULL,
	c_invoice_id NUMBER(10),
	c_payment_id NUMBER(10),
	amount NUMBER NOT NULL,
	discountamt NUMBER NOT NULL,
	writeoffamt NUMBER NOT NULL
);
CREATE TABLE c_conversiontype (
	c_conversiontype_id NUMBER(10) PRIMARY KEY,
	ad_client_id NUMBER(10) NOT NULL,
	isactive CHAR(1) NOT NULL,
	isdefault CHAR(1) NOT NULL
);
CREATE TABLE c_conversion_rate (
	c_conversion_rate_id NUMBER(10) PRIMARY KEY,
	ad_client_id NUMBER(10) NOT NULL,
	ad_org_id NUMBER(10) NOT NULL,
	isactive CHAR(1) NOT NULL,
	c_conversiontype_id NUMBER(10) NOT NULL,
	c_currency_id NUMBER(10) NOT NULL,
	c_currency_id_to NUMBER(10) NOT NULL,
	validfrom DATE NOT NULL,
	validto DATE NOT NULL,
	multiplyrate NUMBER NOT NULL
);
