-- What has been asked of the workers. A row is dirty while asked > done.

-- +goose Up
CREATE TABLE work_wake (
	kind  TEXT   NOT NULL,
	key   TEXT   NOT NULL, -- a company's key or a channel's name
	asked BIGINT NOT NULL, -- how often it was asked for
	done  BIGINT NOT NULL, -- how much of that is done
	PRIMARY KEY (kind, key)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE work_wake;
