-- The columns of Tryton 6.0 that the preset reads, and no others.
CREATE TABLE company_company (
	id integer PRIMARY KEY,
	party integer NOT NULL,
	currency integer NOT NULL,
	timezone varchar
);
CREATE TABLE currency_currency (
	id integer PRIMARY KEY,
	code varchar(3) NOT NULL,
	digits integer NOT NULL
);
CREATE TABLE country_country (
	id integer PRIMARY KEY,
	code varchar(2)
);
CREATE TABLE country_subdivision (
	id integer PRIMARY KEY,
	name varchar NOT NULL
);
CREATE TABLE ir_lang (
	id integer PRIMARY KEY,
	code varchar NOT NULL
);
CREATE TABLE party_party (
	id integer PRIMARY KEY,
	code varchar NOT NULL,
	name varchar,
	active boolean,
	replaced_by integer,
	create_date timestamp(6),
	write_date timestamp(6)
);
CREATE TABLE party_address (
	id integer PRIMARY KEY,
	party integer NOT NULL,
	street text,
	postal_code varchar,
	city varchar,
	country integer,
	subdivision integer,
	active boolean,
	invoice boolean,
	sequence integer
);
CREATE TABLE party_contact_mechanism (
	id integer PRIMARY KEY,
	party integer NOT NULL,
	type varchar NOT NULL,
	value varchar,
	name varchar,
	active boolean,
	invoice boolean,
	sequence integer
);
CREATE TABLE party_party_lang (
	id serial PRIMARY KEY,
	party integer,
	company integer,
	lang integer
);
CREATE TABLE party_party_payment_term (
	id serial PRIMARY KEY,
	party integer,
	customer_payment_term integer
);
CREATE TABLE party_party_credit_limit_amount (
	id serial PRIMARY KEY,
	party integer,
	company integer,
	credit_limit_amount numeric,
	create_date timestamp(6),
	create_uid integer,
	write_date timestamp(6),
	write_uid integer
);
CREATE TABLE account_invoice_payment_term (
	id integer PRIMARY KEY,
	name varchar NOT NULL
);
CREATE TABLE account_account (
	id integer PRIMARY KEY,
	type integer
);
CREATE TABLE account_account_type (
	id integer PRIMARY KEY,
	receivable boolean
);
CREATE TABLE account_move (
	id integer PRIMARY KEY,
	company integer NOT NULL,
	number varchar NOT NULL,
	date date NOT NULL,
	state varchar NOT NULL,
	create_date timestamp(6),
	write_date timestamp(6),
	origin varchar
);
CREATE TABLE account_move_line (
	id integer PRIMARY KEY,
	move integer NOT NULL,
	account integer NOT NULL,
	party integer,
	debit numeric NOT NULL,
	credit numeric NOT NULL,
	second_currency integer,
	amount_second_currency numeric,
	maturity_date date,
	reconciliation integer,
	create_date timestamp(6),
	write_date timestamp(6)
);
CREATE TABLE account_move_reconciliation (
	id integer PRIMARY KEY,
	date date NOT NULL,
	create_date timestamp(6),
	write_date timestamp(6)
);
CREATE TABLE account_invoice (
	id integer PRIMARY KEY,
	company integer NOT NULL,
	type varchar NOT NULL,
	state varchar,
	number varchar,
	party integer NOT NULL,
	invoice_date date,
	reference varchar,
	move integer,
	cancel_move integer,
	account integer NOT NULL,
	create_date timestamp(6),
	write_date timestamp(6)
);
CREATE TABLE account_invoice_line (
	id integer PRIMARY KEY,
	invoice integer,
	origin varchar
);
CREATE TABLE "account_invoice-account_move_line" (
	invoice integer NOT NULL,
	line integer NOT NULL,
	create_date timestamp(6),
	write_date timestamp(6)
);
