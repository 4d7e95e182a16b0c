-- What channels tell of messages after they were accepted, and how far each
-- channel was heard.

-- +goose Up
ALTER TABLE delivery ADD COLUMN tag TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN last_event TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN last_event_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX delivery_by_tag ON delivery (tag) WHERE tag <> '';
CREATE INDEX delivery_by_key ON delivery (key);
CREATE INDEX delivery_by_provider ON delivery (provider_id) WHERE provider_id <> '';
CREATE INDEX contact_by_email ON contact (lower(trim(email))) WHERE email <> '';

CREATE TABLE channel_cursor (
	channel TEXT NOT NULL PRIMARY KEY,
	cursor  TEXT NOT NULL
) WITHOUT ROWID;

-- hash names an event whatever its cursor: a channel that has lost its memory
-- counts anew from the beginning.
CREATE TABLE channel_event (
	id          INTEGER PRIMARY KEY,
	channel     TEXT    NOT NULL,
	hash        TEXT    NOT NULL,
	cursor      TEXT    NOT NULL,
	delivery_id INTEGER REFERENCES delivery (id), -- NULL: of no message that is known
	kind        TEXT    NOT NULL,
	at          BIGINT  NOT NULL,
	address     TEXT    NOT NULL, -- lower case; that of the message where the channel gave none
	subject     TEXT    NOT NULL,
	detail      TEXT    NOT NULL,
	text        TEXT    NOT NULL,
	code        TEXT    NOT NULL,
	day         INTEGER NOT NULL,
	state       TEXT    NOT NULL, -- taken, unmatched, ignored
	why         TEXT    NOT NULL,
	UNIQUE (hash, channel)
);
CREATE INDEX channel_event_by_delivery ON channel_event (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX channel_event_by_address ON channel_event (address, at);
CREATE INDEX channel_event_unmatched ON channel_event (id) WHERE state = 'unmatched';

-- +goose Down
DROP TABLE channel_event;
DROP TABLE channel_cursor;
DROP INDEX contact_by_email;
DROP INDEX delivery_by_provider;
DROP INDEX delivery_by_key;
DROP INDEX delivery_by_tag;
ALTER TABLE delivery DROP COLUMN last_event_at;
ALTER TABLE delivery DROP COLUMN last_event;
ALTER TABLE delivery DROP COLUMN tag;
