-- What was read from the ERP. Days are ar.Day numbers, instants microseconds
-- since 1970 UTC (0: none), amounts minor units, site columns JSON.

-- +goose Up
CREATE TABLE company (
	no            INTEGER PRIMARY KEY,
	source        TEXT    NOT NULL,
	id            TEXT    NOT NULL,
	name          TEXT    NOT NULL DEFAULT '',
	base_currency TEXT    NOT NULL DEFAULT '',
	time_zone     TEXT    NOT NULL DEFAULT '',
	mark          TEXT    NOT NULL DEFAULT '',
	read_at       BIGINT  NOT NULL DEFAULT 0,
	reads         BIGINT  NOT NULL DEFAULT 0,
	UNIQUE (source, id)
);

CREATE TABLE customer (
	company_no      INTEGER NOT NULL REFERENCES company (no),
	id              TEXT    NOT NULL,
	number          TEXT    NOT NULL,
	name            TEXT    NOT NULL,
	legal_name      TEXT    NOT NULL,
	parent          TEXT    NOT NULL,
	payer           TEXT    NOT NULL,
	currency        TEXT    NOT NULL,
	credit_limit    BIGINT,
	terms_code      TEXT    NOT NULL,
	payment_method  TEXT    NOT NULL,
	debtor_kind     TEXT    NOT NULL,
	cash_in_advance INTEGER NOT NULL,
	dunning_block   INTEGER NOT NULL,
	language        TEXT    NOT NULL,
	line1           TEXT    NOT NULL,
	line2           TEXT    NOT NULL,
	postcode        TEXT    NOT NULL,
	city            TEXT    NOT NULL,
	region          TEXT    NOT NULL,
	country         TEXT    NOT NULL,
	time_zone       TEXT    NOT NULL,
	collector       TEXT    NOT NULL,
	sales_rep       TEXT    NOT NULL,
	segment         TEXT    NOT NULL,
	active          INTEGER NOT NULL,
	on_hold         INTEGER NOT NULL,
	hold_version    TEXT    NOT NULL,
	extra           TEXT    NOT NULL,
	changed_at      BIGINT  NOT NULL,
	hash            BIGINT  NOT NULL,
	PRIMARY KEY (company_no, id)
) WITHOUT ROWID;
CREATE INDEX customer_by_payer ON customer (company_no, payer);
CREATE INDEX customer_by_number ON customer (company_no, number);

CREATE TABLE contact (
	company_no  INTEGER NOT NULL REFERENCES company (no),
	customer_id TEXT    NOT NULL,
	id          TEXT    NOT NULL,
	site_id     TEXT    NOT NULL,
	role        TEXT    NOT NULL,
	name        TEXT    NOT NULL,
	email       TEXT    NOT NULL,
	phone       TEXT    NOT NULL,
	mobile      TEXT    NOT NULL,
	language    TEXT    NOT NULL,
	valid       INTEGER NOT NULL,
	line1       TEXT    NOT NULL,
	line2       TEXT    NOT NULL,
	postcode    TEXT    NOT NULL,
	city        TEXT    NOT NULL,
	region      TEXT    NOT NULL,
	country     TEXT    NOT NULL,
	hash        BIGINT  NOT NULL,
	PRIMARY KEY (company_no, customer_id, id)
) WITHOUT ROWID;

-- Clustered by customer, so that a party's documents are read in one sweep.
CREATE TABLE document (
	company_no       INTEGER NOT NULL REFERENCES company (no),
	customer_id      TEXT    NOT NULL,
	id               TEXT    NOT NULL,
	number           TEXT    NOT NULL,
	kind             TEXT    NOT NULL,
	instalment       INTEGER NOT NULL,
	issued_on        INTEGER NOT NULL,
	posted_on        INTEGER NOT NULL,
	due_on           INTEGER NOT NULL,
	currency         TEXT    NOT NULL,
	amount           BIGINT  NOT NULL,
	open             BIGINT  NOT NULL,
	base_open        BIGINT,
	po_number        TEXT    NOT NULL,
	order_number     TEXT    NOT NULL,
	ship_to_id       TEXT    NOT NULL,
	related_id       TEXT    NOT NULL,
	consolidation_no TEXT    NOT NULL,
	disputed         INTEGER NOT NULL,
	disputed_amount  BIGINT  NOT NULL,
	dispute_reason   TEXT    NOT NULL,
	voided           INTEGER NOT NULL,
	closed_on        INTEGER NOT NULL,
	extra            TEXT    NOT NULL,
	changed_at       BIGINT  NOT NULL,
	hash             BIGINT  NOT NULL,
	PRIMARY KEY (company_no, customer_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX document_by_id ON document (company_no, id);

CREATE TABLE application (
	company_no  INTEGER NOT NULL REFERENCES company (no),
	document_id TEXT    NOT NULL,
	id          TEXT    NOT NULL,
	customer_id TEXT    NOT NULL,
	receipt_id  TEXT    NOT NULL,
	applied_on  INTEGER NOT NULL,
	posted_on   INTEGER NOT NULL,
	amount      BIGINT  NOT NULL,
	discount    BIGINT  NOT NULL,
	write_off   BIGINT  NOT NULL,
	reversed    INTEGER NOT NULL,
	hash        BIGINT  NOT NULL,
	PRIMARY KEY (company_no, document_id, id)
) WITHOUT ROWID;
CREATE INDEX application_by_receipt ON application (company_no, receipt_id);

CREATE TABLE sales_order (
	company_no  INTEGER NOT NULL REFERENCES company (no),
	customer_id TEXT    NOT NULL,
	id          TEXT    NOT NULL,
	currency    TEXT    NOT NULL,
	amount      BIGINT  NOT NULL,
	prepaid     INTEGER NOT NULL,
	on_hold     INTEGER NOT NULL,
	hash        BIGINT  NOT NULL,
	PRIMARY KEY (company_no, customer_id, id)
) WITHOUT ROWID;

CREATE TABLE flaw (
	company_no  INTEGER NOT NULL REFERENCES company (no),
	customer_id TEXT    NOT NULL,
	entity      TEXT    NOT NULL,
	id          TEXT    NOT NULL,
	field       TEXT    NOT NULL,
	reason      TEXT    NOT NULL,
	PRIMARY KEY (company_no, customer_id, entity, id, field)
) WITHOUT ROWID;

-- How far receipts are posted: as pulled from the ERP, or as told by a person.
CREATE TABLE cash (
	company_no     INTEGER NOT NULL REFERENCES company (no),
	name           TEXT    NOT NULL,
	origin         TEXT    NOT NULL, -- pulled, told
	posted_through INTEGER NOT NULL,
	told_by        TEXT    NOT NULL DEFAULT '',
	changed_at     BIGINT  NOT NULL,
	PRIMARY KEY (company_no, name, origin)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE cash;
DROP TABLE flaw;
DROP TABLE sales_order;
DROP TABLE application;
DROP TABLE document;
DROP TABLE contact;
DROP TABLE customer;
DROP TABLE company;
