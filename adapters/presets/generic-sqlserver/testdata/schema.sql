-- The tables, or views over your own tables, that this preset reads.
CREATE TABLE ar_company (id varchar(20) NOT NULL PRIMARY KEY, name nvarchar(100) NOT NULL, base_currency char(3) NOT NULL, time_zone varchar(50));

CREATE TABLE ar_customer (
	company_id varchar(20) NOT NULL, id varchar(20) NOT NULL, name nvarchar(100) NOT NULL, number char(10), legal_name nvarchar(100),
	parent_id varchar(20), payer_id varchar(20), currency char(3), credit_limit decimal(14,2), terms_code varchar(20),
	payment_method varchar(20), debtor_kind varchar(20), cash_in_advance bit, dunning_block bit, language varchar(10),
	address1 nvarchar(100), address2 nvarchar(100), postcode varchar(20), city nvarchar(60), region nvarchar(60), country char(2),
	time_zone varchar(50), collector varchar(20), sales_rep varchar(20), segment varchar(20), active bit,
	credit_hold char(1), version bigint NOT NULL DEFAULT 1, changed_at datetime2(3) NOT NULL, region_code int,
	PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_contact (
	company_id varchar(20) NOT NULL, customer_id varchar(20) NOT NULL, id varchar(20) NOT NULL, site_id varchar(20), role varchar(20),
	name nvarchar(100), email nvarchar(100), phone varchar(30), mobile varchar(30), language varchar(10), valid bit,
	address1 nvarchar(100), address2 nvarchar(100), postcode varchar(20), city nvarchar(60), region nvarchar(60), country char(2),
	PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_document (
	company_id varchar(20) NOT NULL, id varchar(30) NOT NULL, customer_id varchar(20) NOT NULL, number nvarchar(30), kind char(2) NOT NULL,
	instalment int, issued_on date, posted_on date, due_on date, terms_days int, currency char(3) NOT NULL,
	amount decimal(18,4), amount_open decimal(18,4) NOT NULL, base_open money, rate decimal(14,6), po_number nvarchar(30),
	order_number varchar(30), ship_to_id varchar(20), related_id varchar(30), consolidation_no varchar(30), disputed bit,
	disputed_amount decimal(18,4), dispute_reason nvarchar(60), voided bit, closed_on date, posted bit NOT NULL,
	changed_at datetime2(3) NOT NULL, branch varchar(20), PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_application (
	company_id varchar(20) NOT NULL, id varchar(30) NOT NULL, customer_id varchar(20) NOT NULL, receipt_id varchar(30) NOT NULL,
	document_id varchar(30) NOT NULL, amount decimal(18,4) NOT NULL, applied_on date, posted_on date, discount decimal(18,4),
	write_off decimal(18,4), reversed bit, changed_at datetime2(3) NOT NULL, PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_order (
	company_id varchar(20) NOT NULL, id varchar(30) NOT NULL, customer_id varchar(20) NOT NULL, currency char(3) NOT NULL,
	amount decimal(18,4) NOT NULL, prepaid bit, on_hold bit, PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_freshness (company_id varchar(20) NOT NULL, source nvarchar(60) NOT NULL, posted_through date NOT NULL);
