-- The columns of xTuple 4 that the preset reads, and no others.
CREATE TABLE metric (
	metric_id serial PRIMARY KEY,
	metric_name text,
	metric_value text
);
CREATE TABLE curr_symbol (
	curr_id integer PRIMARY KEY,
	curr_base boolean DEFAULT false NOT NULL,
	curr_abbr character varying(3) NOT NULL
);
CREATE TABLE curr_rate (
	curr_rate_id serial PRIMARY KEY,
	curr_id integer NOT NULL,
	curr_rate numeric NOT NULL,
	curr_effective date NOT NULL,
	curr_expires date NOT NULL
);
CREATE TABLE country (
	country_id serial PRIMARY KEY,
	country_abbr character(2),
	country_name text
);
CREATE TABLE custtype (
	custtype_id integer PRIMARY KEY,
	custtype_code text NOT NULL
);
CREATE TABLE terms (
	terms_id integer PRIMARY KEY,
	terms_code text NOT NULL
);
CREATE TABLE salesrep (
	salesrep_id integer PRIMARY KEY,
	salesrep_name text
);
CREATE TABLE addr (
	addr_id integer PRIMARY KEY,
	addr_line1 text,
	addr_line2 text,
	addr_city text,
	addr_state text,
	addr_postalcode text,
	addr_country text
);
CREATE TABLE cntct (
	cntct_id integer PRIMARY KEY,
	cntct_addr_id integer,
	cntct_first_name text,
	cntct_last_name text,
	cntct_active boolean DEFAULT true,
	cntct_phone text,
	cntct_email text
);
CREATE TABLE custinfo (
	cust_id integer PRIMARY KEY,
	cust_number text NOT NULL,
	cust_name text,
	cust_active boolean NOT NULL,
	cust_custtype_id integer,
	cust_salesrep_id integer,
	cust_terms_id integer,
	cust_creditlmt integer,
	cust_creditstatus character(1) NOT NULL,
	cust_curr_id integer,
	cust_creditlmt_curr_id integer,
	cust_cntct_id integer,
	cust_corrcntct_id integer
);
CREATE TABLE aropen (
	aropen_id integer PRIMARY KEY,
	aropen_docdate date NOT NULL,
	aropen_duedate date NOT NULL,
	aropen_cust_id integer,
	aropen_doctype character(1),
	aropen_docnumber text,
	aropen_ponumber text,
	aropen_amount numeric(20,2) NOT NULL,
	aropen_notes text,
	aropen_ordernumber text,
	aropen_paid numeric(20,2) DEFAULT 0,
	aropen_open boolean,
	aropen_curr_id integer,
	aropen_closedate date,
	aropen_distdate date,
	aropen_curr_rate numeric NOT NULL
);
CREATE TABLE arapply (
	arapply_id serial PRIMARY KEY,
	arapply_postdate date,
	arapply_cust_id integer,
	arapply_source_doctype text,
	arapply_target_doctype text,
	arapply_source_aropen_id integer,
	arapply_target_aropen_id integer,
	arapply_applied numeric(20,2),
	arapply_distdate date NOT NULL,
	arapply_target_paid numeric(20,2)
);
CREATE TABLE incdt (
	incdt_id serial PRIMARY KEY,
	incdt_aropen_id integer,
	incdt_status character(1),
	incdt_summary text
);
CREATE TABLE cohead (
	cohead_id integer PRIMARY KEY,
	cohead_cust_id integer NOT NULL,
	cohead_status character(1) DEFAULT 'O' NOT NULL,
	cohead_holdtype character(1),
	cohead_curr_id integer
);
CREATE TABLE coitem (
	coitem_id serial PRIMARY KEY,
	coitem_cohead_id integer,
	coitem_status character(1),
	coitem_qtyord numeric(18,6) NOT NULL,
	coitem_qtyshipped numeric(18,6) NOT NULL,
	coitem_qtyreturned numeric(18,6),
	coitem_qty_invuomratio numeric(20,10) NOT NULL,
	coitem_price numeric(16,4) NOT NULL,
	coitem_price_invuomratio numeric(20,10) NOT NULL
);
