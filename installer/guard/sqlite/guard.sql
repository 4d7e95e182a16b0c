-- Holdfast's guard for an ERP that is an SQLite file.
-- While a customer stands in holdfast_hold, a row of {{.Table}} for it is refused inside the ERP's own transaction.

CREATE TABLE holdfast_hold (
	company   TEXT NOT NULL,
	customer  TEXT NOT NULL,
	held      TEXT NOT NULL,
	placed_at TEXT NOT NULL,
	PRIMARY KEY (company, customer)
);

-- One row. on_silence says what happens once Holdfast has not been heard of for silent_minutes:
-- keep goes on refusing, open lets shipments through.
CREATE TABLE holdfast_lease (
	only_row       INTEGER PRIMARY KEY DEFAULT 1 CHECK (only_row = 1),
	seen_at        TEXT    NOT NULL,
	silent_minutes INTEGER NOT NULL CHECK (silent_minutes > 0),
	on_silence     TEXT    NOT NULL CHECK (on_silence IN ('keep', 'open'))
);
INSERT INTO holdfast_lease (seen_at, silent_minutes, on_silence) VALUES (CURRENT_TIMESTAMP, {{.Minutes}}, '{{.Silence}}');
{{range $event := .Events}}
CREATE TRIGGER holdfast_guard_{{$event}} BEFORE {{$event}} ON {{$.Table}}
WHEN ({{$.When}}) AND EXISTS (
	SELECT 1 FROM holdfast_hold AS h CROSS JOIN holdfast_lease AS l
	WHERE h.company = CAST({{$.Company}} AS TEXT) AND h.customer = CAST({{$.Customer}} AS TEXT)
		AND (l.on_silence = 'keep' OR datetime(l.seen_at, l.silent_minutes || ' minutes') > CURRENT_TIMESTAMP))
BEGIN
	SELECT RAISE(ABORT, 'Credit hold: the customer may not be shipped to. Placed by Holdfast; it is lifted by itself once the overdue invoices are paid.');
END;
{{end}}
