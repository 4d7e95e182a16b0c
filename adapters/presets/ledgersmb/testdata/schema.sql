-- The columns of LedgerSMB 1.6 that the preset reads, and no others.
CREATE TABLE defaults (
	setting_key text PRIMARY KEY,
	value text
);
CREATE TABLE country (
	id serial PRIMARY KEY,
	short_name text NOT NULL
);
CREATE TABLE entity (
	id serial UNIQUE,
	name text
);
CREATE TABLE company (
	entity_id integer NOT NULL,
	legal_name text
);
CREATE TABLE business (
	id serial PRIMARY KEY,
	description text
);
CREATE TABLE location (
	id serial PRIMARY KEY,
	line_one text NOT NULL,
	line_two text,
	city text NOT NULL,
	state text,
	country_id integer NOT NULL,
	mail_code text,
	active boolean NOT NULL DEFAULT true
);
CREATE TABLE entity_credit_account (
	id serial NOT NULL UNIQUE,
	entity_id int NOT NULL,
	entity_class int NOT NULL,
	pay_to_name text,
	creditlimit numeric DEFAULT 0,
	terms int2 DEFAULT 0,
	meta_number varchar(32),
	business_id int,
	language_code varchar(6) DEFAULT 'en',
	curr char(3),
	enddate date,
	employee_id int
);
CREATE TABLE eca_to_location (
	location_id integer NOT NULL,
	location_class integer NOT NULL,
	credit_id integer NOT NULL,
	PRIMARY KEY (location_id, credit_id, location_class)
);
CREATE TABLE entity_to_location (
	location_id integer NOT NULL,
	location_class integer NOT NULL,
	entity_id integer NOT NULL,
	PRIMARY KEY (location_id, entity_id, location_class)
);
CREATE TABLE contact_class (
	id serial UNIQUE,
	class text PRIMARY KEY
);
CREATE TABLE eca_to_contact (
	credit_id integer NOT NULL,
	contact_class_id integer NOT NULL,
	contact text NOT NULL,
	description text,
	PRIMARY KEY (credit_id, contact_class_id, contact)
);
CREATE TABLE entity_to_contact (
	entity_id integer NOT NULL,
	contact_class_id integer NOT NULL,
	contact text NOT NULL,
	description text,
	PRIMARY KEY (entity_id, contact_class_id, contact)
);
CREATE TABLE account_link (
	account_id int NOT NULL,
	description text NOT NULL,
	PRIMARY KEY (account_id, description)
);
CREATE TABLE exchangerate (
	curr char(3),
	transdate date,
	buy numeric,
	PRIMARY KEY (curr, transdate)
);
CREATE TABLE ar (
	id int PRIMARY KEY,
	invnumber text,
	transdate date DEFAULT current_date,
	amount numeric,
	duedate date,
	curr char(3),
	ordnumber text,
	ponumber text,
	on_hold bool DEFAULT false,
	approved bool DEFAULT true,
	entity_credit_account int NOT NULL,
	force_closed bool,
	crdate date
);
CREATE TABLE acc_trans (
	trans_id int NOT NULL,
	chart_id int NOT NULL,
	amount numeric NOT NULL,
	transdate date DEFAULT current_date,
	source text,
	fx_transaction bool DEFAULT false,
	approved bool DEFAULT true,
	voucher_id int,
	entry_id serial PRIMARY KEY
);
CREATE TABLE payment (
	id serial PRIMARY KEY,
	reference text NOT NULL,
	payment_class integer NOT NULL,
	payment_date date,
	entity_credit_id integer,
	currency char(3)
);
CREATE TABLE payment_links (
	payment_id integer,
	entry_id integer,
	type integer
);
