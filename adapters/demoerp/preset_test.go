package demoerp

import (
	"database/sql"
	"slices"
	"testing"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
)

// render writes a query of a preset for SQLite.
func render(t *testing.T, q *presets.Query, binds map[string]any) (string, []any) {
	t.Helper()
	binds["company"] = string(CompanyID)
	text, args, err := q.Render(presets.Given{Placeholder: func(int) string { return "?" }, Binds: binds})
	if err != nil {
		t.Fatal(err)
	}
	return text, args
}

// read runs a query of the preset demo and returns its rows by column.
func read(t *testing.T, e *ERP, q *presets.Query, binds map[string]any) []map[string]string {
	t.Helper()
	text, args := render(t, q, binds)
	rows, err := e.db.Query(text, args...)
	if err != nil {
		t.Fatalf("%s: %v", q.File, err)
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	if missing, unknown, twice := presets.Compare(q.Name, cols); len(missing)+len(unknown)+len(twice) > 0 {
		t.Errorf("%s: columns missing %v, unknown %v, twice %v", q.File, missing, unknown, twice)
	}
	var list []map[string]string
	for rows.Next() {
		vals, into := make([]sql.NullString, len(cols)), make([]any, len(cols))
		for i := range vals {
			into[i] = &vals[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		for i, c := range cols {
			row[c] = vals[i].String
		}
		list = append(list, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func demoPreset(t *testing.T) *presets.Preset {
	t.Helper()
	p, err := presets.Load("demo", "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPresetColumnsAreCanonical(t *testing.T) {
	e, p := small(t, 3), demoPreset(t)
	cases := []map[string]any{
		{},
		{"closed_since": "2026-01-01"},
		{"closed_since": "2026-01-01", "since": "2026-11-01 00:00:00"},
		{"customers": []any{"C1001", "C1002"}},
		{"closed_since": "0001-01-01", "ids": []any{"INV-100001/1"}},
	}
	for _, name := range []string{"companies", "customers", "contacts", "documents", "applications", "orders"} {
		for _, binds := range cases {
			rows := read(t, e, p.Queries[name], binds)
			if len(rows) == 0 && len(binds) < 2 {
				t.Errorf("%s with %v has no rows", name, binds)
			}
		}
	}
}

func TestPresetTiesToTheLedger(t *testing.T) {
	e, p := small(t, 3), demoPreset(t)
	want, err := e.Balance(t.Context(), today)
	if err != nil {
		t.Fatal(err)
	}
	docs := read(t, e, p.Queries["documents"], map[string]any{})
	var total ar.Balance
	for _, d := range docs {
		cur := ar.Currency(d["currency"])
		open, err := ar.ParseAmount(d["open"], cur)
		if err != nil {
			t.Fatalf("%s: %v", d["id"], err)
		}
		if credit := d["kind"] != "invoice"; open == 0 || credit != (open < 0) {
			t.Errorf("%s %s is open with %s", d["kind"], d["id"], d["open"])
		}
		total = total.Add(open, cur)
	}
	if !slices.Equal(total, want.Total) || len(docs) != want.Open {
		t.Errorf("the preset reads %d documents of %s, the ledger has %d of %s", len(docs), total, want.Open, want.Total)
	}
	all := read(t, e, p.Queries["documents"], map[string]any{"closed_since": "0001-01-01"})
	if n := count(t, e, "SELECT (SELECT count(*) FROM invoice_instalment) + (SELECT count(*) FROM receipt) + (SELECT count(*) FROM credit_memo)"); len(all) != n {
		t.Errorf("with history the preset reads %d documents of %d", len(all), n)
	}
}

// TestPresetSeesWhatADayChanged reads by stamp: what was closed must come too.
func TestPresetSeesWhatADayChanged(t *testing.T) {
	e, p := small(t, 3), demoPreset(t)
	if _, err := e.Live(t.Context(), today, nil); err != nil {
		t.Fatal(err)
	}
	var newest string
	if err := e.db.QueryRow("SELECT max(changed_at) FROM invoice_instalment").Scan(&newest); err != nil {
		t.Fatal(err)
	}
	if err := e.Pay(t.Context(), Deadbeat, today); err != nil {
		t.Fatal(err)
	}
	var closed int
	for _, d := range read(t, e, p.Queries["documents"], map[string]any{"since": newest, "closed_since": "2026-11-23"}) {
		if d["changed_at"] < newest {
			t.Errorf("%s was not changed since %s", d["id"], newest)
		}
		if d["customer_id"] == string(Deadbeat) && d["kind"] == "invoice" && d["open"] == "0.00" && d["closed_on"] == today.String() {
			closed++
		}
	}
	if closed == 0 {
		t.Error("none of the instalments that were paid came with the changes")
	}
}

func TestPresetHold(t *testing.T) {
	e, p := small(t, 3), demoPreset(t)
	get := func() map[string]string {
		t.Helper()
		rows := read(t, e, p.Queries["hold_get"], map[string]any{"customer": "C1002"})
		if len(rows) != 1 {
			t.Fatalf("%d rows for one customer", len(rows))
		}
		return rows[0]
	}
	set := func(value string, seen map[string]string) int64 {
		t.Helper()
		text, args := render(t, p.Queries["hold_set"], map[string]any{"customer": "C1002", "value": value,
			"seen": seen["value"], "version": seen["version"], "now": "2026-11-23 15:00:00"})
		res, err := e.db.Exec(text, args...)
		if err != nil {
			t.Fatal(err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := get()
	if n := set("Y", before); n != 1 || get()["value"] != "Y" {
		t.Errorf("placing changed %d rows", n)
	}
	if n := set("N", before); n != 0 || get()["value"] != "Y" {
		t.Errorf("a write against what was seen before changed %d rows", n)
	}
	setHold(t, e, "C1002", "N")
	setHold(t, e, "C1002", "Y") // someone lifted it and put it back: the value is as seen, the version is not
	if n := set("N", map[string]string{"value": "Y", "version": "2"}); n != 0 {
		t.Errorf("a person's hold was lifted over: %d rows", n)
	}
	if n := set("N", get()); n != 1 || get()["value"] != "N" {
		t.Errorf("releasing changed %d rows", n)
	}
	if rows := read(t, e, p.Queries["hold_get"], map[string]any{"customer": "nobody"}); len(rows) != 0 {
		t.Errorf("a stranger has a hold: %v", rows)
	}
}

// TestDocumentsOfAFewAreFoundByIndex keeps the last look quick.
func TestDocumentsOfAFewAreFoundByIndex(t *testing.T) {
	e, p := small(t, 3), demoPreset(t)
	for _, binds := range []map[string]any{{"customers": []any{"C1001"}}, {"closed_since": "0001-01-01", "ids": []any{"INV-100001/1"}}} {
		text, args := render(t, p.Queries["documents"], binds)
		rows, err := e.db.Query("EXPLAIN QUERY PLAN "+text, args...)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			t.Log(detail)
			for _, scan := range []string{"SCAN i", "SCAN r", "SCAN m", "SCAN v"} {
				if detail == scan {
					t.Errorf("%v reads a whole table: %s", binds, detail)
				}
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
}
