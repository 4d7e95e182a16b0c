-- The journal that is only ever added to.

-- +goose Up
CREATE TABLE audit (
	seq     INTEGER PRIMARY KEY,
	at      BIGINT NOT NULL,
	actor   TEXT   NOT NULL,
	kind    TEXT   NOT NULL,
	subject TEXT   NOT NULL,
	body    TEXT   NOT NULL, -- JSON
	prev    TEXT   NOT NULL,
	hash    TEXT   NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the audit journal is only ever added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the audit journal is only ever added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER hold_event_no_update BEFORE UPDATE ON hold_event
BEGIN
	SELECT RAISE(ABORT, 'the hold journal is only ever added to');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER hold_event_no_delete BEFORE DELETE ON hold_event
BEGIN
	SELECT RAISE(ABORT, 'the hold journal is only ever added to');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER hold_event_no_delete;
DROP TRIGGER hold_event_no_update;
DROP TRIGGER audit_no_delete;
DROP TRIGGER audit_no_update;
DROP TABLE audit;
