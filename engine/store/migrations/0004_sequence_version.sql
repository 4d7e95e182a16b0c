-- The sequence files that subjects are pinned to.

-- +goose Up
CREATE TABLE sequence_version (
	hash    TEXT   NOT NULL PRIMARY KEY,
	name    TEXT   NOT NULL,
	source  TEXT   NOT NULL,
	kept_at BIGINT NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE sequence_version;
