-- What people told, what is known of a customer's life and habits, and the
-- journal of reasons.

-- +goose Up
CREATE TABLE fact (
	id          INTEGER PRIMARY KEY,
	company_no  INTEGER NOT NULL REFERENCES company (no),
	customer_id TEXT    NOT NULL, -- '' of a task that belongs to no customer
	payer       TEXT    NOT NULL, -- when it was told
	kind        TEXT    NOT NULL,
	code        TEXT    NOT NULL,
	address     TEXT    NOT NULL, -- lower case
	task        TEXT    NOT NULL, -- key of the task that it closes
	ref         BIGINT  NOT NULL, -- the fact that it ends, 0: none
	body        TEXT    NOT NULL, -- intake.Fact as JSON
	told_on     INTEGER NOT NULL,
	told_at     BIGINT  NOT NULL,
	key         TEXT    NOT NULL,
	over_on     INTEGER           -- NULL while it stands
);
CREATE UNIQUE INDEX fact_by_key ON fact (company_no, key) WHERE key <> '';
CREATE INDEX fact_by_customer ON fact (company_no, customer_id, over_on);
CREATE INDEX fact_by_address ON fact (address) WHERE address <> '';
CREATE INDEX fact_by_ref ON fact (ref) WHERE ref <> 0;

-- Kept apart from customer, whose rows are the ERP's.
CREATE TABLE customer_life (
	company_no    INTEGER NOT NULL REFERENCES company (no),
	customer_id   TEXT    NOT NULL,
	seen_on       INTEGER NOT NULL, -- 0: the first full read brought it
	first_paid_on INTEGER NOT NULL, -- 0: no receipt is known
	last_paid_on  INTEGER NOT NULL,
	PRIMARY KEY (company_no, customer_id)
) WITHOUT ROWID;
INSERT INTO customer_life (company_no, customer_id, seen_on, first_paid_on, last_paid_on)
	SELECT c.company_no, c.id, 0, COALESCE(p.first_on, 0), COALESCE(p.last_on, 0) FROM customer c
	LEFT JOIN (SELECT a.company_no, a.customer_id, MIN(a.applied_on) AS first_on, MAX(a.applied_on) AS last_on FROM application a
		WHERE a.reversed = 0 AND a.amount > 0 AND NOT EXISTS (SELECT 1 FROM document d
			WHERE d.company_no = a.company_no AND d.id = a.receipt_id AND d.kind NOT IN ('receipt', 'prepayment'))
		GROUP BY a.company_no, a.customer_id) p ON p.company_no = c.company_no AND p.customer_id = c.id;

-- What contacts did with messages and calls.
CREATE TABLE contact_event (
	id      INTEGER PRIMARY KEY,
	address TEXT    NOT NULL,
	medium  TEXT    NOT NULL,
	kind    TEXT    NOT NULL,
	at      BIGINT  NOT NULL,
	hour    INTEGER NOT NULL -- in the customer's zone
);
CREATE INDEX contact_event_by_address ON contact_event (address, at);

ALTER TABLE touch ADD COLUMN medium TEXT NOT NULL DEFAULT '';

ALTER TABLE task ADD COLUMN text TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN outcomes TEXT NOT NULL DEFAULT ''; -- JSON
ALTER TABLE task ADD COLUMN yes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN away TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN fact_id BIGINT NOT NULL DEFAULT 0; -- the promise, dispute or event that it is about
CREATE INDEX task_by_key ON task (key);

-- The reasons that changed with each decision: folded up to a day they are all
-- that were given on it.
CREATE TABLE verdict_log (
	id         INTEGER PRIMARY KEY,
	company_no INTEGER NOT NULL REFERENCES company (no),
	mode       TEXT    NOT NULL,
	payer      TEXT    NOT NULL,
	day        INTEGER NOT NULL,
	at         BIGINT  NOT NULL,
	changes    TEXT    NOT NULL, -- JSON
	book       TEXT    NOT NULL
);
CREATE INDEX verdict_log_by_party ON verdict_log (company_no, mode, payer, day);

-- +goose StatementBegin
CREATE TRIGGER verdict_log_no_update BEFORE UPDATE ON verdict_log
BEGIN
	SELECT RAISE(ABORT, 'the journal of reasons is only ever added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER verdict_log_no_delete BEFORE DELETE ON verdict_log
BEGIN
	SELECT RAISE(ABORT, 'the journal of reasons is only ever added to');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER verdict_log_no_delete;
DROP TRIGGER verdict_log_no_update;
DROP TABLE verdict_log;
DROP INDEX task_by_key;
ALTER TABLE task DROP COLUMN fact_id;
ALTER TABLE task DROP COLUMN away;
ALTER TABLE task DROP COLUMN yes;
ALTER TABLE task DROP COLUMN outcomes;
ALTER TABLE task DROP COLUMN text;
ALTER TABLE touch DROP COLUMN medium;
DROP TABLE contact_event;
DROP TABLE customer_life;
DROP TABLE fact;
