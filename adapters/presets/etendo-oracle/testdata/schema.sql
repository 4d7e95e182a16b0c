-- The columns of Etendo that the preset reads, and no others.
-- The stand-in's ROUND takes no NUMBER for how many digits, as Oracle's does.
BEGIN
	IF SYS_CONTEXT('USERENV', 'DB_NAME') = 'STANDIN' THEN
		EXECUTE IMMEDIATE 'CREATE FUNCTION round(a numeric, n numeric) RETURNS numeric LANGUAGE sql AS ''SELECT pg_catalog.round(a, CAST(n AS int))''';
	END IF;
END;
/
CREATE TABLE ad_orgtype (ad_orgtype_id VARCHAR2(32) PRIMARY KEY, islegalentity CHAR(1) NOT NULL);
CREATE TABLE ad_client (ad_client_id VARCHAR2(32) PRIMARY KEY, c_currency_id VARCHAR2(32));
CREATE TABLE ad_org (
	ad_org_id VARCHAR2(32) PRIMARY KEY,
	ad_client_id VARCHAR2(32) NOT NULL,
	ad_orgtype_id VARCHAR2(32) NOT NULL,
	ad_legalentity_org_id VARCHAR2(32),
	c_currency_id VARCHAR2(32),
	name VARCHAR2(60) NOT NULL,
	social_name VARCHAR2(60),
	isready CHAR(1) NOT NULL
);
CREATE TABLE ad_user (
	ad_user_id VARCHAR2(32) PRIMARY KEY,
	c_bpartner_id VARCHAR2(32),
	c_bpartner_location_id VARCHAR2(32),
	isactive CHAR(1) NOT NULL,
	isdefaultfordocs CHAR(1) NOT NULL,
	title VARCHAR2(40),
	name VARCHAR2(60) NOT NULL,
	email VARCHAR2(255),
	phone VARCHAR2(40),
	phone2 VARCHAR2(40)
);
CREATE TABLE c_currency (c_currency_id VARCHAR2(32) PRIMARY KEY, iso_code CHAR(3) NOT NULL, stdprecision NUMBER(10) NOT NULL);
CREATE TABLE c_country (c_country_id VARCHAR2(32) PRIMARY KEY, countrycode CHAR(2) NOT NULL);
CREATE TABLE c_region (c_region_id VARCHAR2(32) PRIMARY KEY, name VARCHAR2(60) NOT NULL);
CREATE TABLE c_location (
	c_location_id VARCHAR2(32) PRIMARY KEY,
	address1 VARCHAR2(60),
	address2 VARCHAR2(60),
	postal VARCHAR2(10),
	city VARCHAR2(60),
	regionname VARCHAR2(40),
	c_region_id VARCHAR2(32),
	c_country_id VARCHAR2(32) NOT NULL
);
CREATE TABLE c_bp_group (c_bp_group_id VARCHAR2(32) PRIMARY KEY, name VARCHAR2(60) NOT NULL);
CREATE TABLE c_paymentterm (c_paymentterm_id VARCHAR2(32) PRIMARY KEY, name VARCHAR2(60) NOT NULL);
CREATE TABLE fin_paymentmethod (fin_paymentmethod_id VARCHAR2(32) PRIMARY KEY, name VARCHAR2(60) NOT NULL);
CREATE TABLE c_bpartner (
	c_bpartner_id VARCHAR2(32) PRIMARY KEY,
	ad_org_id VARCHAR2(32) NOT NULL,
	isactive CHAR(1) NOT NULL,
	updated DATE NOT NULL,
	updatedby VARCHAR2(32) NOT NULL,
	value VARCHAR2(40) NOT NULL,
	name VARCHAR2(60) NOT NULL,
	name2 VARCHAR2(60),
	iscustomer CHAR(1) NOT NULL,
	ad_language VARCHAR2(6),
	so_creditlimit NUMBER,
	bp_currency_id VARCHAR2(32),
	c_paymentterm_id VARCHAR2(32),
	fin_paymentmethod_id VARCHAR2(32),
	salesrep_id VARCHAR2(32),
	bpartner_parent_id VARCHAR2(32),
	c_bp_group_id VARCHAR2(32) NOT NULL,
	customer_blocking CHAR(1) NOT NULL,
	so_order_blocking CHAR(1) NOT NULL,
	so_goods_blocking CHAR(1) NOT NULL,
	so_invoice_blocking CHAR(1) NOT NULL,
	so_payment_blocking CHAR(1) NOT NULL,
	CHECK (customer_blocking = 'N' OR so_order_blocking = 'Y' OR so_goods_blocking = 'Y' OR so_invoice_blocking = 'Y' OR so_payment_blocking = 'Y')
);
CREATE TABLE c_bpartner_location (
	c_bpartner_location_id VARCHAR2(32) PRIMARY KEY,
	c_bpartner_id VARCHAR2(32) NOT NULL,
	c_location_id VARCHAR2(32),
	isactive CHAR(1) NOT NULL,
	isbillto CHAR(1) NOT NULL,
	created DATE NOT NULL
);
CREATE TABLE c_doctype (c_doctype_id VARCHAR2(32) PRIMARY KEY, docbasetype VARCHAR2(60) NOT NULL);
CREATE TABLE c_order (c_order_id VARCHAR2(32) PRIMARY KEY, documentno VARCHAR2(30) NOT NULL);
CREATE TABLE c_invoice (
	c_invoice_id VARCHAR2(32) PRIMARY KEY,
	ad_org_id VARCHAR2(32) NOT NULL,
	updated DATE NOT NULL,
	issotrx CHAR(1) NOT NULL,
	processed CHAR(1) NOT NULL,
	docstatus VARCHAR2(60) NOT NULL,
	documentno VARCHAR2(30) NOT NULL,
	c_doctype_id VARCHAR2(32) NOT NULL,
	c_order_id VARCHAR2(32),
	c_bpartner_id VARCHAR2(32) NOT NULL,
	poreference VARCHAR2(20),
	dateinvoiced DATE NOT NULL,
	dateacct DATE NOT NULL
);
CREATE TABLE c_conversion_rate (
	c_conversion_rate_id VARCHAR2(32) PRIMARY KEY,
	c_currency_id VARCHAR2(32) NOT NULL,
	c_currency_id_to VARCHAR2(32) NOT NULL,
	ad_client_id VARCHAR2(32) NOT NULL,
	ad_org_id VARCHAR2(32) NOT NULL,
	isactive CHAR(1) NOT NULL,
	conversionratetype VARCHAR2(60) NOT NULL,
	validfrom DATE NOT NULL,
	validto DATE,
	multiplyrate NUMBER NOT NULL
);
CREATE TABLE c_conversion_rate_document (
	c_conversion_rate_document_id VARCHAR2(32) PRIMARY KEY,
	c_invoice_id VARCHAR2(32),
	fin_payment_id VARCHAR2(32),
	fin_finacc_transaction_id VARCHAR2(32),
	aprm_finacc_transaction_v_id VARCHAR2(32),
	c_currency_id VARCHAR2(32) NOT NULL,
	c_currency_id_to VARCHAR2(32) NOT NULL,
	rate NUMBER NOT NULL
);
CREATE TABLE fin_payment (
	fin_payment_id VARCHAR2(32) PRIMARY KEY,
	ad_org_id VARCHAR2(32) NOT NULL,
	updated DATE NOT NULL,
	isreceipt CHAR(1),
	processed CHAR(1) NOT NULL,
	status VARCHAR2(60) NOT NULL,
	c_bpartner_id VARCHAR2(32),
	paymentdate DATE,
	c_currency_id VARCHAR2(32) NOT NULL,
	amount NUMBER NOT NULL,
	documentno VARCHAR2(30) NOT NULL,
	generated_credit NUMBER,
	used_credit NUMBER
);
CREATE TABLE fin_payment_detail (fin_payment_detail_id VARCHAR2(32) PRIMARY KEY, fin_payment_id VARCHAR2(32) NOT NULL);
CREATE TABLE fin_payment_credit (
	fin_payment_credit_id VARCHAR2(32) PRIMARY KEY,
	fin_payment_id VARCHAR2(32) NOT NULL,
	fin_payment_id_used VARCHAR2(32) NOT NULL,
	amount NUMBER NOT NULL,
	c_currency_id VARCHAR2(32) NOT NULL,
	isactive CHAR(1),
	updated DATE NOT NULL
);
CREATE TABLE fin_payment_schedule (
	fin_payment_schedule_id VARCHAR2(32) PRIMARY KEY,
	c_invoice_id VARCHAR2(32),
	c_order_id VARCHAR2(32),
	updated DATE NOT NULL,
	duedate DATE NOT NULL,
	c_currency_id VARCHAR2(32) NOT NULL,
	amount NUMBER NOT NULL,
	outstandingamt NUMBER NOT NULL
);
CREATE TABLE fin_payment_scheduledetail (
	fin_payment_scheduledetail_id VARCHAR2(32) PRIMARY KEY,
	fin_payment_detail_id VARCHAR2(32),
	fin_payment_schedule_order VARCHAR2(32),
	fin_payment_schedule_invoice VARCHAR2(32),
	amount NUMBER NOT NULL,
	writeoffamt NUMBER,
	iscanceled CHAR(1) NOT NULL,
	updated DATE NOT NULL
);
