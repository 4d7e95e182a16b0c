-- The columns of Odoo 17 that the preset reads, and no others.
CREATE TABLE res_company (id integer PRIMARY KEY, name varchar NOT NULL, currency_id integer NOT NULL, partner_id integer NOT NULL);
CREATE TABLE res_currency (id integer PRIMARY KEY, name varchar NOT NULL, decimal_places integer);
CREATE TABLE res_country (id integer PRIMARY KEY, code varchar(2) NOT NULL);
CREATE TABLE res_country_state (id integer PRIMARY KEY, name varchar NOT NULL);
CREATE TABLE res_users (id integer PRIMARY KEY, partner_id integer NOT NULL);
CREATE TABLE res_partner (
	id integer PRIMARY KEY,
	ref varchar,
	name varchar,
	parent_id integer,
	commercial_partner_id integer,
	company_id integer,
	customer_rank integer,
	active boolean,
	type varchar,
	function varchar,
	email varchar,
	phone varchar,
	mobile varchar,
	lang varchar,
	tz varchar,
	street varchar,
	street2 varchar,
	zip varchar,
	city varchar,
	state_id integer,
	country_id integer,
	user_id integer,
	sale_warn varchar,
	sale_warn_msg text,
	picking_warn varchar,
	picking_warn_msg text,
	write_date timestamp,
	write_uid integer
);
CREATE TABLE ir_property (
	id integer PRIMARY KEY,
	name varchar,
	res_id varchar,
	company_id integer,
	value_float double precision,
	value_reference varchar
);
CREATE TABLE account_account (id integer PRIMARY KEY, account_type varchar NOT NULL);
CREATE TABLE account_payment_term (id integer PRIMARY KEY, name jsonb NOT NULL);
CREATE TABLE account_move (
	id integer PRIMARY KEY,
	company_id integer,
	name varchar,
	ref varchar,
	move_type varchar NOT NULL,
	state varchar NOT NULL,
	posted_before boolean,
	date date NOT NULL,
	invoice_date date,
	invoice_date_due date,
	invoice_origin varchar,
	reversed_entry_id integer,
	payment_id integer,
	statement_line_id integer,
	write_date timestamp
);
CREATE TABLE account_move_line (
	id integer PRIMARY KEY,
	move_id integer NOT NULL,
	account_id integer,
	partner_id integer,
	company_id integer,
	currency_id integer NOT NULL,
	amount_currency numeric,
	balance numeric,
	amount_residual numeric,
	amount_residual_currency numeric,
	reconciled boolean,
	blocked boolean,
	date_maturity date,
	write_date timestamp
);
CREATE TABLE account_partial_reconcile (
	id integer PRIMARY KEY,
	company_id integer,
	debit_move_id integer NOT NULL,
	credit_move_id integer NOT NULL,
	debit_amount_currency numeric,
	max_date date,
	write_date timestamp
);
