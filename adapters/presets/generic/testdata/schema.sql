-- The tables, or views over your own tables, that this preset reads.
CREATE TABLE ar_company (id text PRIMARY KEY, name text NOT NULL, base_currency char(3) NOT NULL, time_zone text);

CREATE TABLE ar_customer (
	company_id text NOT NULL, id text NOT NULL, name text NOT NULL, number char(10), legal_name text, parent_id text,
	payer_id text, currency char(3), credit_limit numeric(14,2), terms_code text, payment_method text, debtor_kind text,
	cash_in_advance boolean, dunning_block boolean, language text, address1 text, address2 text, postcode text, city text,
	region text, country text, time_zone text, collector text, sales_rep text, segment text, active boolean,
	credit_hold char(1), version bigint NOT NULL DEFAULT 1, changed_at timestamp NOT NULL, region_code integer,
	PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_contact (
	company_id text NOT NULL, customer_id text NOT NULL, id text NOT NULL, site_id text, role text, name text, email text,
	phone text, mobile text, language text, valid boolean, address1 text, address2 text, postcode text, city text,
	region text, country text, PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_document (
	company_id text NOT NULL, id text NOT NULL, customer_id text NOT NULL, number text, kind text NOT NULL,
	instalment integer, issued_on date, posted_on date, due_on date, terms_days integer, currency char(3) NOT NULL,
	amount numeric(18,4), open numeric(18,4) NOT NULL, base_open numeric(14,2), rate numeric(14,6), po_number text,
	order_number text, ship_to_id text, related_id text, consolidation_no text, disputed boolean,
	disputed_amount numeric(18,4), dispute_reason text, voided boolean, closed_on date, posted boolean NOT NULL,
	changed_at timestamp NOT NULL, branch text, PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_application (
	company_id text NOT NULL, id text NOT NULL, customer_id text NOT NULL, receipt_id text NOT NULL, document_id text NOT NULL,
	amount numeric(18,4) NOT NULL, applied_on date, posted_on date, discount numeric(18,4), write_off numeric(18,4),
	reversed boolean, changed_at timestamp NOT NULL, PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_order (
	company_id text NOT NULL, id text NOT NULL, customer_id text NOT NULL, currency char(3) NOT NULL,
	amount numeric(18,4) NOT NULL, prepaid boolean, on_hold boolean, PRIMARY KEY (company_id, id)
);

CREATE TABLE ar_freshness (company_id text NOT NULL, source text NOT NULL, posted_through date NOT NULL);
