-- A ledger of any size for measuring, on PostgreSQL.
DROP TABLE IF EXISTS bench_document, bench_customer, bench_company;

CREATE TABLE bench_company (id text PRIMARY KEY, name text NOT NULL, base_currency text NOT NULL, time_zone text NOT NULL);

CREATE TABLE bench_customer (
	id           text NOT NULL,
	company_id   text NOT NULL,
	number       text NOT NULL,
	name         text NOT NULL,
	currency     text NOT NULL,
	credit_limit numeric(14,2),
	terms_code   text NOT NULL,
	language     text NOT NULL,
	address1     text NOT NULL,
	postcode     text NOT NULL,
	city         text NOT NULL,
	country      text NOT NULL,
	email        text NOT NULL,
	changed_at   timestamptz NOT NULL
);

CREATE TABLE bench_document (
	id          text NOT NULL,
	company_id  text NOT NULL,
	customer_id text NOT NULL,
	number      text NOT NULL,
	kind        text NOT NULL,
	issued_on   date NOT NULL,
	due_on      date NOT NULL,
	currency    text NOT NULL,
	amount      numeric(14,2) NOT NULL,
	open        numeric(14,2) NOT NULL,
	base_open   numeric(14,2) NOT NULL,
	po_number   text NOT NULL,
	closed_on   date,
	changed_at  timestamptz NOT NULL
);
