-- What waits for a yes, who said what, and the list of each day.

-- +goose Up

-- One row for everything that was ever asked. Whether it still waits is told by
-- the state of what it names: delivery, hold_journal, task or volume_alarm.
CREATE TABLE approval (
	kind       TEXT    NOT NULL, -- m delivery, h hold_journal, q task, v volume_alarm
	item       INTEGER NOT NULL, -- id in that table
	company_no INTEGER NOT NULL REFERENCES company (no),
	mode       TEXT    NOT NULL,
	what       TEXT    NOT NULL, -- template, question or alarm
	needs      INTEGER NOT NULL, -- different people that must say yes; never less than one
	amount     TEXT    NOT NULL, -- JSON
	documents  TEXT    NOT NULL, -- JSON
	because    TEXT    NOT NULL,
	asked_on   INTEGER NOT NULL,
	PRIMARY KEY (kind, item)
) WITHOUT ROWID;
CREATE INDEX approval_by_company ON approval (company_no, mode, kind);

INSERT INTO approval (kind, item, company_no, mode, what, needs, amount, documents, because, asked_on)
SELECT 'm', id, company_no, mode, template, 1, asked, documents, 'approval', day FROM delivery WHERE state = 'waiting';

INSERT INTO approval (kind, item, company_no, mode, what, needs, amount, documents, because, asked_on)
SELECT 'h', id, company_no, mode, reason, 1, '[]', '[]', 'approval', changed_at / 86400000000 FROM hold_journal WHERE state = 'proposed';

-- What people said. A word counts for the very bytes it names.
CREATE TABLE approval_word (
	id      INTEGER PRIMARY KEY,
	kind    TEXT    NOT NULL,
	item    INTEGER NOT NULL,
	sha     TEXT    NOT NULL,
	yes     INTEGER NOT NULL,
	person  TEXT    NOT NULL COLLATE NOCASE,
	account TEXT    NOT NULL, -- the login that spoke for somebody else
	reason  TEXT    NOT NULL,
	said_at BIGINT  NOT NULL
);
CREATE UNIQUE INDEX approval_word_once ON approval_word (kind, item, sha, yes, person);

-- +goose StatementBegin
CREATE TRIGGER approval_word_no_update BEFORE UPDATE ON approval_word
BEGIN
	SELECT RAISE(ABORT, 'what people said is only ever added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER approval_word_no_delete BEFORE DELETE ON approval_word
BEGIN
	SELECT RAISE(ABORT, 'what people said is only ever added to');
END;
-- +goose StatementEnd

-- A day on which a run stopped before its first message. Several on one day
-- have ever more messages.
CREATE TABLE volume_alarm (
	id         INTEGER PRIMARY KEY,
	company_no INTEGER NOT NULL REFERENCES company (no),
	mode       TEXT    NOT NULL,
	day        INTEGER NOT NULL,
	messages   INTEGER NOT NULL, -- ready and sent that day: what a yes allows
	usual      INTEGER NOT NULL, -- the limit
	UNIQUE (company_no, mode, day, messages)
);

-- What was on a day's list, as a person could see it.
CREATE TABLE approval_list (
	company_no INTEGER NOT NULL REFERENCES company (no),
	mode       TEXT    NOT NULL,
	day        INTEGER NOT NULL,
	list       TEXT    NOT NULL, -- outbox.Approval as JSON
	PRIMARY KEY (company_no, mode, day)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE approval_list;
DROP TABLE volume_alarm;
DROP TRIGGER approval_word_no_delete;
DROP TRIGGER approval_word_no_update;
DROP TABLE approval_word;
DROP TABLE approval;
