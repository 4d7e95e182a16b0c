-- How a hold is written; its open orders, each changed and put back by itself;
-- and how often a hold that the ERP lifted was set again.

-- +goose Up
ALTER TABLE hold_journal ADD COLUMN way TEXT NOT NULL DEFAULT '';
ALTER TABLE hold_journal ADD COLUMN swept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hold_journal ADD COLUMN reasserted INTEGER NOT NULL DEFAULT 0;

CREATE TABLE hold_order (
	hold_id          INTEGER NOT NULL REFERENCES hold_journal (id),
	order_id         TEXT    NOT NULL,
	state            TEXT    NOT NULL,
	previous_held    TEXT    NOT NULL,
	previous_value   TEXT    NOT NULL,
	previous_version TEXT    NOT NULL,
	written_held     TEXT    NOT NULL,
	written_value    TEXT    NOT NULL,
	written_version  TEXT    NOT NULL,
	outcome          TEXT    NOT NULL,
	changed_at       BIGINT  NOT NULL,
	PRIMARY KEY (hold_id, order_id)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE hold_order;
ALTER TABLE hold_journal DROP COLUMN reasserted;
ALTER TABLE hold_journal DROP COLUMN swept;
ALTER TABLE hold_journal DROP COLUMN way;
