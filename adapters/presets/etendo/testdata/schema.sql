-- The columns of Etendo that the preset reads, and no others.
CREATE TABLE ad_orgtype (ad_orgtype_id varchar(32) PRIMARY KEY, islegalentity char(1) NOT NULL);
CREATE TABLE ad_client (ad_client_id varchar(32) PRIMARY KEY, c_currency_id varchar(32));
CREATE TABLE ad_org (
	ad_org_id varchar(32) PRIMARY KEY,
	ad_client_id varchar(32) NOT NULL,
	ad_orgtype_id varchar(32) NOT NULL,
	ad_legalentity_org_id varchar(32),
	c_currency_id varchar(32),
	name varchar(60) NOT NULL,
	social_name varchar(60),
	isready char(1) NOT NULL
);
CREATE TABLE ad_user (
	ad_user_id varchar(32) PRIMARY KEY,
	c_bpartner_id varchar(32),
	c_bpartner_location_id varchar(32),
	isactive char(1) NOT NULL,
	isdefaultfordocs char(1) NOT NULL,
	title varchar(40),
	name varchar(60) NOT NULL,
	email varchar(255),
	phone varchar(40),
	phone2 varchar(40)
);
CREATE TABLE c_currency (c_currency_id varchar(32) PRIMARY KEY, iso_code char(3) NOT NULL, stdprecision numeric(10,0) NOT NULL);
CREATE TABLE c_country (c_country_id varchar(32) PRIMARY KEY, countrycode char(2) NOT NULL);
CREATE TABLE c_region (c_region_id varchar(32) PRIMARY KEY, name varchar(60) NOT NULL);
CREATE TABLE c_location (
	c_location_id varchar(32) PRIMARY KEY,
	address1 varchar(60),
	address2 varchar(60),
	postal varchar(10),
	city varchar(60),
	regionname varchar(40),
	c_region_id varchar(32),
	c_country_id varchar(32) NOT NULL
);
CREATE TABLE c_bp_group (c_bp_group_id varchar(32) PRIMARY KEY, name varchar(60) NOT NULL);
CREATE TABLE c_paymentterm (c_paymentterm_id varchar(32) PRIMARY KEY, name varchar(60) NOT NULL);
CREATE TABLE fin_paymentmethod (fin_paymentmethod_id varchar(32) PRIMARY KEY, name varchar(60) NOT NULL);
CREATE TABLE c_bpartner (
	c_bpartner_id varchar(32) PRIMARY KEY,
	ad_org_id varchar(32) NOT NULL,
	isactive char(1) NOT NULL,
	updated timestamp NOT NULL,
	updatedby varchar(32) NOT NULL,
	value varchar(40) NOT NULL,
	name varchar(60) NOT NULL,
	name2 varchar(60),
	iscustomer char(1) NOT NULL,
	ad_language varchar(6),
	so_creditlimit numeric,
	bp_currency_id varchar(32),
	c_paymentterm_id varchar(32),
	fin_paymentmethod_id varchar(32),
	salesrep_id varchar(32),
	bpartner_parent_id varchar(32),
	c_bp_group_id varchar(32) NOT NULL,
	customer_blocking char(1) NOT NULL,
	so_order_blocking char(1) NOT NULL,
	so_goods_blocking char(1) NOT NULL,
	so_invoice_blocking char(1) NOT NULL,
	so_payment_blocking char(1) NOT NULL,
	CHECK (customer_blocking = 'N' OR so_order_blocking = 'Y' OR so_goods_blocking = 'Y' OR so_invoice_blocking = 'Y' OR so_payment_blocking = 'Y')
);
CREATE TABLE c_bpartner_location (
	c_bpartner_location_id varchar(32) PRIMARY KEY,
	c_bpartner_id varchar(32) NOT NULL,
	c_location_id varchar(32),
	isactive char(1) NOT NULL,
	isbillto char(1) NOT NULL,
	created timestamp NOT NULL
);
CREATE TABLE c_doctype (c_doctype_id varchar(32) PRIMARY KEY, docbasetype varchar(60) NOT NULL);
CREATE TABLE c_order (c_order_id varchar(32) PRIMARY KEY, documentno varchar(30) NOT NULL);
CREATE TABLE c_invoice (
	c_invoice_id varchar(32) PRIMARY KEY,
	ad_org_id varchar(32) NOT NULL,
	updated timestamp NOT NULL,
	issotrx char(1) NOT NULL,
	processed char(1) NOT NULL,
	docstatus varchar(60) NOT NULL,
	documentno varchar(30) NOT NULL,
	c_doctype_id varchar(32) NOT NULL,
	c_order_id varchar(32),
	c_bpartner_id varchar(32) NOT NULL,
	poreference varchar(20),
	dateinvoiced timestamp NOT NULL,
	dateacct timestamp NOT NULL
);
CREATE TABLE c_conversion_rate (
	c_conversion_rate_id varchar(32) PRIMARY KEY,
	c_currency_id varchar(32) NOT NULL,
	c_currency_id_to varchar(32) NOT NULL,
	ad_client_id varchar(32) NOT NULL,
	ad_org_id varchar(32) NOT NULL,
	isactive char(1) NOT NULL,
	conversionratetype varchar(60) NOT NULL,
	validfrom timestamp NOT NULL,
	validto timestamp,
	multiplyrate numeric NOT NULL
);
CREATE TABLE c_conversion_rate_document (
	c_conversion_rate_document_id varchar(32) PRIMARY KEY,
	c_invoice_id varchar(32),
	fin_payment_id varchar(32),
	fin_finacc_transaction_id varchar(32),
	aprm_finacc_transaction_v_id varchar(32),
	c_currency_id varchar(32) NOT NULL,
	c_currency_id_to varchar(32) NOT NULL,
	rate numeric NOT NULL
);
CREATE TABLE fin_payment (
	fin_payment_id varchar(32) PRIMARY KEY,
	ad_org_id varchar(32) NOT NULL,
	updated timestamp NOT NULL,
	isreceipt char(1),
	processed char(1) NOT NULL,
	status varchar(60) NOT NULL,
	c_bpartner_id varchar(32),
	paymentdate timestamp,
	c_currency_id varchar(32) NOT NULL,
	amount numeric NOT NULL,
	documentno varchar(30) NOT NULL,
	generated_credit numeric,
	used_credit numeric
);
CREATE TABLE fin_payment_detail (fin_payment_detail_id varchar(32) PRIMARY KEY, fin_payment_id varchar(32) NOT NULL);
CREATE TABLE fin_payment_credit (
	fin_payment_credit_id varchar(32) PRIMARY KEY,
	fin_payment_id varchar(32) NOT NULL,
	fin_payment_id_used varchar(32) NOT NULL,
	amount numeric NOT NULL,
	c_currency_id varchar(32) NOT NULL,
	isactive char(1),
	updated timestamp NOT NULL
);
CREATE TABLE fin_payment_schedule (
	fin_payment_schedule_id varchar(32) PRIMARY KEY,
	c_invoice_id varchar(32),
	c_order_id varchar(32),
	updated timestamp NOT NULL,
	duedate timestamp NOT NULL,
	c_currency_id varchar(32) NOT NULL,
	amount numeric NOT NULL,
	outstandingamt numeric NOT NULL
);
CREATE TABLE fin_payment_scheduledetail (
	fin_payment_scheduledetail_id varchar(32) PRIMARY KEY,
	fin_payment_detail_id varchar(32),
	fin_payment_schedule_order varchar(32),
	fin_payment_schedule_invoice varchar(32),
	amount numeric NOT NULL,
	writeoffamt numeric,
	iscanceled char(1) NOT NULL,
	updated timestamp NOT NULL
);
