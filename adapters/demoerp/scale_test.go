package demoerp

import (
	"database/sql"
	"os"
	"strconv"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"holdfast/adapters/presets"
)

func benchPreset(t *testing.T) *presets.Preset {
	t.Helper()
	dir := t.TempDir()
	if err := WriteBenchPreset(dir); err != nil {
		t.Fatal(err)
	}
	p, err := presets.Load("bench", dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestBenchPresetLoads(t *testing.T) {
	p := benchPreset(t)
	for _, name := range []string{"customers", "contacts", "documents"} {
		for _, bind := range []string{"since", "customers", "ids"} {
			if !p.Queries[name].Has(bind) {
				t.Errorf("%s cannot be read by %s", name, bind)
			}
		}
	}
}

// readable runs every query of the bench preset against what Scale made.
func readable(t *testing.T, db *sql.DB) {
	t.Helper()
	for name, q := range benchPreset(t).Queries {
		text, args, err := q.Render(presets.Given{
			Placeholder: func(n int) string { return "$" + strconv.Itoa(n) },
			Binds:       map[string]any{"company": string(CompanyID), "since": "2026-01-01", "closed_since": "2026-01-01"},
		})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := db.Query(text, args...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		cols, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		if missing, unknown, twice := presets.Compare(name, cols); len(missing)+len(unknown)+len(twice) > 0 {
			t.Errorf("%s: columns missing %v, unknown %v, twice %v", name, missing, unknown, twice)
		}
		if !rows.Next() {
			t.Errorf("%s has no rows: %v", name, rows.Err())
		}
		rows.Close()
	}
}

func TestScale(t *testing.T) {
	dsn := os.Getenv("HOLDFAST_TEST_POSTGRES_DSN")
	if dsn == "" {
		t.Skip("HOLDFAST_TEST_POSTGRES_DSN is not set: no PostgreSQL to fill; make test starts one")
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // the schema below is this connection's
	for _, q := range []string{"CREATE SCHEMA IF NOT EXISTS demoerp_scale", "SET search_path = demoerp_scale"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	defer db.Exec("DROP SCHEMA demoerp_scale CASCADE")
	sums := func() (all string) {
		t.Helper()
		err := db.QueryRow(`SELECT concat_ws(' ', (SELECT count(*) FROM bench_customer), count(*), count(DISTINCT customer_id),
			sum(open), min(due_on), max(due_on), md5(string_agg(d::text, ',' ORDER BY id))) FROM bench_document AS d`).Scan(&all)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	var got [3]string
	for i, seed := range []uint32{1, 1, 2} {
		if err := Scale(t.Context(), db, ScaleOptions{Documents: 5000, Customers: 250, Today: today, Seed: seed}); err != nil {
			t.Fatal(err)
		}
		got[i] = sums()
		t.Log(got[i])
	}
	if got[0] != got[1] || got[0] == got[2] {
		t.Errorf("the seed does not decide the rows:\n%s\n%s\n%s", got[0], got[1], got[2])
	}
	readable(t, db)
	var customers, changed int
	if err := db.QueryRow("SELECT count(DISTINCT customer_id) FROM bench_document").Scan(&customers); err != nil {
		t.Fatal(err)
	}
	if customers < 240 {
		t.Errorf("documents are spread over %d of 250 customers", customers)
	}
	if err := Touch(t.Context(), db, 100); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow("SELECT count(*) FROM bench_document WHERE changed_at > now() - interval '1 minute' AND open <> amount").Scan(&changed); err != nil {
		t.Fatal(err)
	}
	if changed != 100 {
		t.Errorf("%d documents changed, want 100", changed)
	}
}
