-- The demo ERP. Money is an INTEGER of minor units, a day is TEXT 2026-11-21,
-- an instant is TEXT 2026-11-21 12:00:00 in UTC. Open amounts are kept by the
-- triggers below, so that they follow from the applications alone.

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE company (
	company_id    TEXT PRIMARY KEY,
	name          TEXT NOT NULL,
	base_currency TEXT NOT NULL,
	time_zone     TEXT NOT NULL,
	changed_at    TEXT NOT NULL
);

CREATE TABLE exchange_rate (
	currency TEXT PRIMARY KEY,
	rate_e4  INTEGER NOT NULL -- base currency per unit, times 10,000
) WITHOUT ROWID;

CREATE TABLE customer (
	customer_id    TEXT PRIMARY KEY,
	company_id     TEXT NOT NULL REFERENCES company,
	name           TEXT NOT NULL,
	legal_name     TEXT NOT NULL,
	parent_id      TEXT REFERENCES customer,
	payer_id       TEXT NOT NULL REFERENCES customer,
	currency       TEXT NOT NULL REFERENCES exchange_rate,
	credit_limit   INTEGER,
	credit_hold    TEXT NOT NULL DEFAULT 'N' CHECK (credit_hold IN ('Y', 'N')),
	hold_version   INTEGER NOT NULL DEFAULT 1,
	terms_code     TEXT NOT NULL,
	payment_method TEXT NOT NULL,
	language       TEXT NOT NULL,
	address1       TEXT NOT NULL,
	postcode       TEXT NOT NULL,
	city           TEXT NOT NULL,
	region         TEXT NOT NULL,
	country        TEXT NOT NULL,
	time_zone      TEXT NOT NULL,
	collector      TEXT NOT NULL,
	sales_rep      TEXT NOT NULL,
	segment        TEXT NOT NULL,
	dunning_block  INTEGER NOT NULL DEFAULT 0,
	active         INTEGER NOT NULL DEFAULT 1,
	changed_at     TEXT NOT NULL
);
CREATE INDEX customer_changed ON customer (changed_at);
CREATE INDEX customer_payer ON customer (payer_id);

CREATE TABLE contact (
	contact_id  TEXT PRIMARY KEY,
	customer_id TEXT NOT NULL REFERENCES customer,
	role        TEXT NOT NULL,
	name        TEXT NOT NULL,
	email       TEXT,
	phone       TEXT,
	mobile      TEXT,
	language    TEXT NOT NULL,
	active      INTEGER NOT NULL DEFAULT 1,
	changed_at  TEXT NOT NULL
);
CREATE INDEX contact_customer ON contact (customer_id);
CREATE INDEX contact_changed ON contact (changed_at);

CREATE TABLE sales_order (
	order_no    TEXT PRIMARY KEY,
	customer_id TEXT NOT NULL REFERENCES customer,
	ordered_on  TEXT NOT NULL,
	ship_on     TEXT NOT NULL,
	po_number   TEXT NOT NULL,
	currency    TEXT NOT NULL,
	amount      INTEGER NOT NULL CHECK (amount > 0),
	status      TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'shipped', 'cancelled')),
	changed_at  TEXT NOT NULL
);
CREATE INDEX sales_order_open ON sales_order (ship_on, order_no) WHERE status = 'open';
CREATE INDEX sales_order_customer ON sales_order (customer_id);
CREATE INDEX sales_order_changed ON sales_order (changed_at);

CREATE TABLE shipment (
	shipment_no TEXT PRIMARY KEY,
	order_no    TEXT NOT NULL REFERENCES sales_order,
	customer_id TEXT NOT NULL REFERENCES customer,
	shipped_on  TEXT NOT NULL,
	changed_at  TEXT NOT NULL
);
CREATE INDEX shipment_order ON shipment (order_no);

CREATE TRIGGER shipment_credit_hold BEFORE INSERT ON shipment
WHEN (SELECT credit_hold FROM customer WHERE customer_id = NEW.customer_id) = 'Y'
BEGIN
	SELECT RAISE(ABORT, 'the customer is on credit hold: no goods may leave');
END;

CREATE TABLE invoice (
	invoice_no  TEXT PRIMARY KEY,
	customer_id TEXT NOT NULL REFERENCES customer,
	order_no    TEXT REFERENCES sales_order,
	po_number   TEXT NOT NULL,
	issued_on   TEXT NOT NULL,
	currency    TEXT NOT NULL,
	amount      INTEGER NOT NULL CHECK (amount > 0),
	changed_at  TEXT NOT NULL
);
CREATE INDEX invoice_customer ON invoice (customer_id);

CREATE TABLE invoice_instalment (
	instalment_id   TEXT PRIMARY KEY,
	invoice_no      TEXT NOT NULL REFERENCES invoice,
	customer_id     TEXT NOT NULL REFERENCES customer,
	instalment      INTEGER NOT NULL,
	due_on          TEXT NOT NULL,
	amount          INTEGER NOT NULL CHECK (amount > 0),
	open_amount     INTEGER NOT NULL,
	disputed_amount INTEGER NOT NULL DEFAULT 0,
	dispute_reason  TEXT NOT NULL DEFAULT '',
	closed_on       TEXT,
	changed_at      TEXT NOT NULL
);
CREATE INDEX instalment_open ON invoice_instalment (customer_id, due_on) WHERE open_amount <> 0;
CREATE INDEX instalment_customer ON invoice_instalment (customer_id);
CREATE INDEX instalment_invoice ON invoice_instalment (invoice_no);
CREATE INDEX instalment_changed ON invoice_instalment (changed_at);
CREATE INDEX instalment_closed ON invoice_instalment (closed_on);

CREATE TABLE receipt (
	receipt_no     TEXT PRIMARY KEY,
	customer_id    TEXT NOT NULL REFERENCES customer,
	received_on    TEXT NOT NULL,
	currency       TEXT NOT NULL,
	amount         INTEGER NOT NULL CHECK (amount > 0),
	unapplied      INTEGER NOT NULL CHECK (unapplied >= 0),
	bank_reference TEXT NOT NULL,
	returned       INTEGER NOT NULL DEFAULT 0, -- the bank took it back
	closed_on      TEXT,
	changed_at     TEXT NOT NULL
);
CREATE INDEX receipt_open ON receipt (customer_id) WHERE unapplied <> 0;
CREATE INDEX receipt_customer ON receipt (customer_id);
CREATE INDEX receipt_changed ON receipt (changed_at);
CREATE INDEX receipt_closed ON receipt (closed_on);

CREATE TABLE credit_memo (
	memo_no       TEXT PRIMARY KEY,
	customer_id   TEXT NOT NULL REFERENCES customer,
	instalment_id TEXT NOT NULL REFERENCES invoice_instalment, -- that it was granted for
	issued_on     TEXT NOT NULL,
	reason        TEXT NOT NULL,
	currency      TEXT NOT NULL,
	amount        INTEGER NOT NULL CHECK (amount > 0),
	unapplied     INTEGER NOT NULL CHECK (unapplied >= 0),
	closed_on     TEXT,
	changed_at    TEXT NOT NULL
);
CREATE INDEX credit_memo_open ON credit_memo (customer_id) WHERE unapplied <> 0;
CREATE INDEX credit_memo_customer ON credit_memo (customer_id);
CREATE INDEX credit_memo_changed ON credit_memo (changed_at);
CREATE INDEX credit_memo_closed ON credit_memo (closed_on);

CREATE TABLE receipt_application (
	application_id TEXT PRIMARY KEY,
	customer_id    TEXT NOT NULL REFERENCES customer,
	receipt_no     TEXT REFERENCES receipt,
	memo_no        TEXT REFERENCES credit_memo,
	instalment_id  TEXT NOT NULL REFERENCES invoice_instalment,
	applied_on     TEXT NOT NULL,
	amount         INTEGER NOT NULL CHECK (amount > 0),
	reversed       INTEGER NOT NULL DEFAULT 0,
	changed_at     TEXT NOT NULL,
	CHECK ((receipt_no IS NULL) <> (memo_no IS NULL))
);
CREATE INDEX application_customer ON receipt_application (customer_id);
CREATE INDEX application_instalment ON receipt_application (instalment_id);
CREATE INDEX application_receipt ON receipt_application (receipt_no);
CREATE INDEX application_changed ON receipt_application (changed_at);
CREATE INDEX application_applied ON receipt_application (applied_on);

CREATE TRIGGER application_booked AFTER INSERT ON receipt_application
BEGIN
	UPDATE invoice_instalment SET open_amount = open_amount - NEW.amount,
		closed_on = CASE WHEN open_amount = NEW.amount THEN NEW.applied_on END,
		disputed_amount = min(disputed_amount, open_amount - NEW.amount), changed_at = NEW.changed_at
	WHERE instalment_id = NEW.instalment_id;
	UPDATE receipt SET unapplied = unapplied - NEW.amount,
		closed_on = CASE WHEN unapplied = NEW.amount THEN NEW.applied_on END, changed_at = NEW.changed_at
	WHERE receipt_no = NEW.receipt_no;
	UPDATE credit_memo SET unapplied = unapplied - NEW.amount,
		closed_on = CASE WHEN unapplied = NEW.amount THEN NEW.applied_on END, changed_at = NEW.changed_at
	WHERE memo_no = NEW.memo_no;
END;

CREATE TRIGGER application_reversed AFTER UPDATE OF reversed ON receipt_application
WHEN OLD.reversed = 0 AND NEW.reversed = 1
BEGIN
	UPDATE invoice_instalment SET open_amount = open_amount + NEW.amount, closed_on = NULL, changed_at = NEW.changed_at
	WHERE instalment_id = NEW.instalment_id;
	UPDATE receipt SET unapplied = unapplied + NEW.amount, closed_on = NULL, changed_at = NEW.changed_at
	WHERE receipt_no = NEW.receipt_no;
	UPDATE credit_memo SET unapplied = unapplied + NEW.amount, closed_on = NULL, changed_at = NEW.changed_at
	WHERE memo_no = NEW.memo_no;
END;

-- Anyone who changes the hold, by whatever program, leaves a new version.
CREATE TRIGGER customer_hold_version AFTER UPDATE OF credit_hold ON customer
BEGIN
	UPDATE customer SET hold_version = OLD.hold_version + 1 WHERE customer_id = NEW.customer_id;
END;

-- What follows no ERP has: how each customer behaves, and what it will do when.
CREATE TABLE behaviour (
	customer_id TEXT PRIMARY KEY REFERENCES customer,
	profile     TEXT NOT NULL,
	order_size  INTEGER NOT NULL, -- minor units of a usual order
	order_share INTEGER NOT NULL  -- orders in 1,000 business days
) WITHOUT ROWID;

CREATE TABLE intention (
	due_on      TEXT NOT NULL,
	seq         INTEGER NOT NULL,
	act         TEXT NOT NULL CHECK (act IN ('pay', 'short', 'dispute', 'settle', 'apply', 'return')),
	customer_id TEXT NOT NULL REFERENCES customer,
	target      TEXT NOT NULL, -- an instalment; for apply and return a receipt
	PRIMARY KEY (due_on, seq)
) WITHOUT ROWID;
CREATE INDEX intention_customer ON intention (customer_id, act);
