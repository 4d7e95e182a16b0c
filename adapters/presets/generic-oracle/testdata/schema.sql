-- The tables, or views over your own tables, that this preset reads. A column
-- cannot be named number in Oracle.
CREATE TABLE ar_company (id VARCHAR2(240) PRIMARY KEY, name VARCHAR2(240) NOT NULL, base_currency CHAR(3) NOT NULL,
	time_zone VARCHAR2(240));

CREATE TABLE ar_customer (
	company_id VARCHAR2(240) NOT NULL, id VARCHAR2(240) NOT NULL, name VARCHAR2(240) NOT NULL, cust_number CHAR(10),
	legal_name VARCHAR2(240), parent_id VARCHAR2(240),
	payer_id VARCHAR2(240), currency CHAR(3), credit_limit NUMBER(14,2), terms_code VARCHAR2(240), payment_method VARCHAR2(240),
	debtor_kind VARCHAR2(240),
	cash_in_advance NUMBER(1), dunning_block NUMBER(1), language VARCHAR2(240), address1 VARCHAR2(240), address2 VARCHAR2(240),
	postcode VARCHAR2(240), city VARCHAR2(240),
	region VARCHAR2(240), country VARCHAR2(240), time_zone VARCHAR2(240), collector VARCHAR2(240), sales_rep VARCHAR2(240),
	segment VARCHAR2(240), active NUMBER(1),
	credit_hold CHAR(1), version NUMBER(19) DEFAULT 1 NOT NULL, changed_at TIMESTAMP NOT NULL, region_code NUMBER(10),
	PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_contact (
	company_id VARCHAR2(240) NOT NULL, customer_id VARCHAR2(240) NOT NULL, id VARCHAR2(240) NOT NULL, site_id VARCHAR2(240),
	role VARCHAR2(240), name VARCHAR2(240), email VARCHAR2(240),
	phone VARCHAR2(240), mobile VARCHAR2(240), language VARCHAR2(240), valid NUMBER(1), address1 VARCHAR2(240),
	address2 VARCHAR2(240), postcode VARCHAR2(240), city VARCHAR2(240),
	region VARCHAR2(240), country VARCHAR2(240), PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_document (
	company_id VARCHAR2(240) NOT NULL, id VARCHAR2(240) NOT NULL, customer_id VARCHAR2(240) NOT NULL, doc_number VARCHAR2(240),
	kind VARCHAR2(240) NOT NULL,
	instalment NUMBER(10), issued_on DATE, posted_on DATE, due_on DATE, terms_days NUMBER(10), currency CHAR(3) NOT NULL,
	amount NUMBER(18,4), open NUMBER(18,4) NOT NULL, base_open NUMBER(14,2), rate NUMBER(14,6), po_number VARCHAR2(240),
	order_number VARCHAR2(240), ship_to_id VARCHAR2(240), related_id VARCHAR2(240), consolidation_no VARCHAR2(240),
	disputed NUMBER(1),
	disputed_amount NUMBER(18,4), dispute_reason VARCHAR2(240), voided NUMBER(1), closed_on DATE, posted NUMBER(1) NOT NULL,
	changed_at TIMESTAMP NOT NULL, branch VARCHAR2(240), PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_application (
	company_id VARCHAR2(240) NOT NULL, id VARCHAR2(240) NOT NULL, customer_id VARCHAR2(240) NOT NULL,
	receipt_id VARCHAR2(240) NOT NULL, document_id VARCHAR2(240) NOT NULL,
	amount NUMBER(18,4) NOT NULL, applied_on DATE, posted_on DATE, discount NUMBER(18,4), write_off NUMBER(18,4),
	reversed NUMBER(1), changed_at TIMESTAMP NOT NULL, PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_order (
	company_id VARCHAR2(240) NOT NULL, id VARCHAR2(240) NOT NULL, customer_id VARCHAR2(240) NOT NULL, currency CHAR(3) NOT NULL,
	amount NUMBER(18,4) NOT NULL, prepaid NUMBER(1), on_hold NUMBER(1), PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_freshness (company_id VARCHAR2(240) NOT NULL, source VARCHAR2(240) NOT NULL, posted_through DATE NOT NULL);
