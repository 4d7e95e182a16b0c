-- What was decided and what became of it. Mode is the lane: observe, test, live.

-- +goose Up
CREATE TABLE lane (
	company_no INTEGER NOT NULL REFERENCES company (no),
	mode       TEXT    NOT NULL,
	PRIMARY KEY (company_no, mode)
) WITHOUT ROWID;

CREATE TABLE party_state (
	company_no INTEGER NOT NULL REFERENCES company (no),
	mode       TEXT    NOT NULL,
	payer      TEXT    NOT NULL,
	version    BIGINT  NOT NULL,
	next_on    INTEGER,          -- NULL: never; 0: now
	book       TEXT    NOT NULL, -- hash of the book it was decided under
	running    INTEGER NOT NULL, -- positions that have not ended, and tasks raised
	quiet      INTEGER NOT NULL, -- 1: nothing open, running or held
	state      TEXT    NOT NULL, -- sequence.State as JSON, '' before the first decision
	PRIMARY KEY (company_no, mode, payer)
) WITHOUT ROWID;
CREATE INDEX party_state_next ON party_state (company_no, mode, quiet, next_on);
CREATE INDEX party_state_book ON party_state (company_no, mode, quiet, book);

CREATE TABLE delivery (
	id          INTEGER PRIMARY KEY,
	company_no  INTEGER NOT NULL REFERENCES company (no),
	payer       TEXT    NOT NULL,
	customer_id TEXT    NOT NULL,
	mode        TEXT    NOT NULL,
	key         TEXT    NOT NULL,
	channel     TEXT    NOT NULL,
	medium      TEXT    NOT NULL,
	recipient   TEXT    NOT NULL,
	purpose     TEXT    NOT NULL,
	sequence    TEXT    NOT NULL,
	step        TEXT    NOT NULL,
	template    TEXT    NOT NULL,
	occasions   TEXT    NOT NULL, -- JSON
	documents   TEXT    NOT NULL, -- JSON
	cover       TEXT    NOT NULL,
	asked       TEXT    NOT NULL, -- JSON
	day         INTEGER NOT NULL,
	sha         TEXT    NOT NULL,
	state       TEXT    NOT NULL,
	reason      TEXT    NOT NULL DEFAULT '',
	detail      TEXT    NOT NULL DEFAULT '',
	provider_id TEXT    NOT NULL DEFAULT '',
	not_before  BIGINT  NOT NULL,
	not_after   BIGINT  NOT NULL,
	attempts    INTEGER NOT NULL DEFAULT 0,
	changed_at  BIGINT  NOT NULL
);
CREATE INDEX delivery_by_state ON delivery (state, channel, not_before);
CREATE INDEX delivery_by_party ON delivery (company_no, payer, mode, state);
CREATE INDEX delivery_by_day ON delivery (company_no, mode, state, day);

-- Apart from delivery, so that lists do not read it.
CREATE TABLE delivery_content (
	delivery_id INTEGER PRIMARY KEY REFERENCES delivery (id),
	content     BLOB    NOT NULL
);

-- An occasion happens once: its row stays unless the delivery never left.
CREATE TABLE occasion (
	company_no  INTEGER NOT NULL REFERENCES company (no),
	mode        TEXT    NOT NULL,
	key         TEXT    NOT NULL,
	delivery_id INTEGER NOT NULL REFERENCES delivery (id),
	PRIMARY KEY (company_no, mode, key)
) WITHOUT ROWID;
CREATE INDEX occasion_by_delivery ON occasion (delivery_id);

CREATE TABLE touch (
	id         INTEGER PRIMARY KEY,
	mode       TEXT    NOT NULL,
	address    TEXT    NOT NULL,
	on_day     INTEGER NOT NULL,
	channel    TEXT    NOT NULL,
	purpose    TEXT    NOT NULL,
	company_no INTEGER NOT NULL REFERENCES company (no),
	payer      TEXT    NOT NULL
);
CREATE INDEX touch_by_address ON touch (mode, address, on_day);

CREATE TABLE task (
	id          INTEGER PRIMARY KEY,
	company_no  INTEGER NOT NULL REFERENCES company (no),
	mode        TEXT    NOT NULL,
	key         TEXT    NOT NULL,
	payer       TEXT    NOT NULL,
	customer_id TEXT    NOT NULL,
	sequence    TEXT    NOT NULL,
	step        TEXT    NOT NULL,
	script      TEXT    NOT NULL,
	role        TEXT    NOT NULL,
	reason      TEXT    NOT NULL,
	detail      TEXT    NOT NULL,
	documents   TEXT    NOT NULL, -- JSON
	due_on      INTEGER NOT NULL,
	opened_on   INTEGER NOT NULL,
	outcome     TEXT    NOT NULL DEFAULT '',
	closed_by   TEXT    NOT NULL DEFAULT '',
	closed_at   BIGINT  NOT NULL DEFAULT 0,
	UNIQUE (company_no, mode, key)
);

-- The hold journal as it stands; hold_event has every transition.
CREATE TABLE hold_journal (
	id               INTEGER PRIMARY KEY,
	company_no       INTEGER NOT NULL REFERENCES company (no),
	mode             TEXT    NOT NULL,
	customer_id      TEXT    NOT NULL,
	payer            TEXT    NOT NULL,
	live             INTEGER NOT NULL,
	state            TEXT    NOT NULL,
	level            INTEGER NOT NULL,
	previous_held    TEXT    NOT NULL,
	previous_value   TEXT    NOT NULL,
	previous_version TEXT    NOT NULL,
	written_held     TEXT    NOT NULL,
	written_value    TEXT    NOT NULL,
	written_version  TEXT    NOT NULL,
	proposer         TEXT    NOT NULL,
	occasions        TEXT    NOT NULL, -- JSON
	reason           TEXT    NOT NULL,
	outcome          TEXT    NOT NULL,
	placed_on        INTEGER NOT NULL,
	released_on      INTEGER NOT NULL,
	changed_at       BIGINT  NOT NULL
);
CREATE UNIQUE INDEX hold_journal_live ON hold_journal (company_no, mode, customer_id) WHERE live = 1;
CREATE INDEX hold_journal_by_customer ON hold_journal (company_no, mode, customer_id);

CREATE TABLE hold_event (
	id         INTEGER PRIMARY KEY,
	hold_id    INTEGER NOT NULL REFERENCES hold_journal (id),
	changed_at BIGINT  NOT NULL,
	changed_by TEXT    NOT NULL,
	entry      TEXT    NOT NULL -- ar.HoldEntry as JSON
);

CREATE TABLE setting (
	key        TEXT   NOT NULL PRIMARY KEY,
	value      TEXT   NOT NULL,
	changed_by TEXT   NOT NULL,
	changed_at BIGINT NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE setting;
DROP TABLE hold_event;
DROP TABLE hold_journal;
DROP TABLE task;
DROP TABLE touch;
DROP TABLE occasion;
DROP TABLE delivery_content;
DROP TABLE delivery;
DROP TABLE party_state;
DROP TABLE lane;
