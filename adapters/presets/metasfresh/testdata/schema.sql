-- The columns of metasfresh that the preset reads, and no others.
CREATE TABLE ad_client (ad_client_id numeric(10) PRIMARY KEY, name varchar(60) NOT NULL, isactive char(1) NOT NULL);
CREATE TABLE ad_clientinfo (ad_client_id numeric(10) PRIMARY KEY, c_acctschema1_id numeric(10));
CREATE TABLE c_acctschema (c_acctschema_id numeric(10) PRIMARY KEY, c_currency_id numeric(10) NOT NULL);
CREATE TABLE c_currency (c_currency_id numeric(10) PRIMARY KEY, iso_code char(3) NOT NULL, stdprecision numeric(10) NOT NULL);
CREATE TABLE c_country (c_country_id numeric(10) PRIMARY KEY, countrycode char(2) NOT NULL);
CREATE TABLE c_region (c_region_id numeric(10) PRIMARY KEY, name varchar(60) NOT NULL);
CREATE TABLE c_location (
	c_location_id numeric(10) PRIMARY KEY,
	address1 varchar(60),
	address2 varchar(60),
	postal varchar(10),
	city varchar(60),
	regionname varchar(40),
	c_region_id numeric(10),
	c_country_id numeric(10) NOT NULL
);
CREATE TABLE c_bp_group (c_bp_group_id numeric(10) PRIMARY KEY, name varchar(60) NOT NULL);
CREATE TABLE c_paymentterm (
	c_paymentterm_id numeric(10) PRIMARY KEY,
	name varchar(60) NOT NULL,
	isduefixed char(1) NOT NULL,
	netdays numeric(10) NOT NULL,
	fixmonthday numeric(10),
	fixmonthoffset numeric(10),
	fixmonthcutoff numeric(10),
	updated timestamptz NOT NULL
);
CREATE TABLE c_bpartner (
	c_bpartner_id numeric(10) PRIMARY KEY,
	ad_client_id numeric(10) NOT NULL,
	isactive char(1) NOT NULL,
	updated timestamptz NOT NULL,
	updatedby numeric(10) NOT NULL,
	value varchar(40) NOT NULL,
	name varchar(120) NOT NULL,
	companyname varchar(60),
	iscustomer char(1) NOT NULL,
	c_paymentterm_id numeric(10),
	paymentrule char(1),
	ad_language varchar(6),
	salesrep_id numeric(10),
	c_bp_group_id numeric(10) NOT NULL
);
CREATE TABLE c_bpartner_location (
	c_bpartner_location_id numeric(10) PRIMARY KEY,
	c_bpartner_id numeric(10) NOT NULL,
	c_location_id numeric(10) NOT NULL,
	isactive char(1) NOT NULL,
	isbillto char(1) NOT NULL,
	isbilltodefault char(1) NOT NULL
);
CREATE TABLE ad_user (
	ad_user_id numeric(10) PRIMARY KEY,
	c_bpartner_id numeric(10),
	c_bpartner_location_id numeric(10),
	isactive char(1) NOT NULL,
	isbilltocontact_default char(1) NOT NULL,
	name varchar(60) NOT NULL,
	email varchar(60),
	phone varchar(40),
	mobilephone varchar(40)
);
CREATE TABLE c_doctype (c_doctype_id numeric(10) PRIMARY KEY, docbasetype char(3) NOT NULL);
CREATE TABLE c_order (c_order_id numeric(10) PRIMARY KEY, documentno varchar(30) NOT NULL);
CREATE TABLE c_invoice (
	c_invoice_id numeric(10) PRIMARY KEY,
	ad_client_id numeric(10) NOT NULL,
	ad_org_id numeric(10) NOT NULL,
	updated timestamptz NOT NULL,
	issotrx char(1) NOT NULL,
	docstatus char(2) NOT NULL,
	documentno varchar(30) NOT NULL,
	c_doctype_id numeric(10) NOT NULL,
	c_order_id numeric(10),
	c_bpartner_id numeric(10) NOT NULL,
	poreference varchar(40),
	dateinvoiced timestamp NOT NULL,
	dateacct timestamp NOT NULL,
	duedate timestamp,
	c_currency_id numeric(10) NOT NULL,
	c_conversiontype_id numeric(10),
	c_paymentterm_id numeric(10) NOT NULL,
	grandtotal numeric NOT NULL,
	ispaid char(1) NOT NULL,
	ispayschedulevalid char(1) NOT NULL,
	isindispute char(1) NOT NULL
);
CREATE TABLE c_invoicepayschedule (
	c_invoicepayschedule_id numeric(10) PRIMARY KEY,
	c_invoice_id numeric(10) NOT NULL,
	updated timestamptz NOT NULL,
	isvalid char(1) NOT NULL,
	duedate timestamp NOT NULL,
	dueamt numeric NOT NULL
);
CREATE TABLE c_payment (
	c_payment_id numeric(10) PRIMARY KEY,
	ad_client_id numeric(10) NOT NULL,
	ad_org_id numeric(10) NOT NULL,
	updated timestamptz NOT NULL,
	isreceipt char(1) NOT NULL,
	docstatus char(2) NOT NULL,
	documentno varchar(30) NOT NULL,
	c_bpartner_id numeric(10),
	datetrx timestamptz NOT NULL,
	dateacct timestamp NOT NULL,
	c_currency_id numeric(10) NOT NULL,
	c_conversiontype_id numeric(10),
	payamt numeric NOT NULL,
	isallocated char(1) NOT NULL,
	isprepayment char(1) NOT NULL,
	c_charge_id numeric(10)
);
CREATE TABLE c_allocationhdr (
	c_allocationhdr_id numeric(10) PRIMARY KEY,
	ad_org_id numeric(10) NOT NULL,
	isactive char(1) NOT NULL,
	updated timestamptz NOT NULL,
	datetrx timestamp NOT NULL,
	dateacct timestamp NOT NULL,
	c_currency_id numeric(10) NOT NULL
);
CREATE TABLE c_allocationline (
	c_allocationline_id numeric(10) PRIMARY KEY,
	c_allocationhdr_id numeric(10) NOT NULL,
	updated timestamptz NOT NULL,
	c_invoice_id numeric(10),
	c_payment_id numeric(10),
	amount numeric NOT NULL,
	discountamt numeric NOT NULL,
	writeoffamt numeric NOT NULL,
	paymentwriteoffamt numeric
);
CREATE TABLE c_conversiontype_default (
	c_conversiontype_id numeric(10) NOT NULL,
	ad_client_id numeric(10) NOT NULL,
	ad_org_id numeric(10) NOT NULL,
	validfrom timestamp NOT NULL
);
CREATE TABLE c_conversion_rate (
	c_conversion_rate_id numeric(10) PRIMARY KEY,
	ad_client_id numeric(10) NOT NULL,
	ad_org_id numeric(10) NOT NULL,
	isactive char(1) NOT NULL,
	c_conversiontype_id numeric(10) NOT NULL,
	c_currency_id numeric(10) NOT NULL,
	c_currency_id_to numeric(10) NOT NULL,
	validfrom timestamp NOT NULL,
	validto timestamp NOT NULL,
	multiplyrate numeric NOT NULL
);
CREATE TABLE c_bpartner_stats (
	c_bpartner_stats_id numeric(10) PRIMARY KEY,
	ad_client_id numeric(10) NOT NULL,
	c_bpartner_id numeric(10) NOT NULL UNIQUE,
	updated timestamptz NOT NULL,
	updatedby numeric(10) NOT NULL,
	socreditstatus char(1)
);
CREATE TABLE c_creditlimit_type (c_creditlimit_type_id numeric(10) PRIMARY KEY, seqno numeric(10) NOT NULL);
CREATE TABLE c_bpartner_creditlimit (
	c_bpartner_creditlimit_id numeric(10) PRIMARY KEY,
	c_bpartner_id numeric(10) NOT NULL,
	c_creditlimit_type_id numeric(10) NOT NULL,
	isactive char(1) NOT NULL,
	processed char(1) NOT NULL,
	datefrom timestamp NOT NULL,
	amount numeric NOT NULL
);
