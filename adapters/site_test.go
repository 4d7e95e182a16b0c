package adapters_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// atSite opens the generic preset on its miniature in PostgreSQL, as a site has
// changed it.
func atSite(t *testing.T, statements string, change func(*presets.Preset, *adapters.Config)) *adapters.ERP {
	t.Helper()
	b := adaptertest.On(t, "postgres")
	b.Exec(t, content(t, "presets/generic/testdata/schema.sql"))
	b.Exec(t, content(t, "presets/generic/testdata/rows.sql"))
	b.Exec(t, statements)
	preset, err := presets.Load("generic", "")
	if err != nil {
		t.Fatal(err)
	}
	cfg := adapters.Config{Source: "erp", Company: "10", Preset: preset, Driver: b.Driver, DSN: b.DSN}
	if change != nil {
		change(preset, &cfg)
	}
	erp, err := adapters.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { erp.Close() })
	return erp
}

// A table of the ERP's own schema is found by the preset's session set-up, with
// the site's text in its place, on each connection.
func TestTheSessionIsSetUp(t *testing.T) {
	const move = `CREATE SCHEMA "The ERP"; ALTER TABLE ar_company SET SCHEMA "The ERP"; ALTER TABLE ar_customer SET SCHEMA "The ERP"`
	for schema, works := range map[string]bool{"The ERP": true, "elsewhere": false} {
		erp := atSite(t, move, func(p *presets.Preset, c *adapters.Config) {
			p.Session = []string{`SET search_path = "{{schema}}", public`}
			p.Places = map[string]presets.Place{"schema": {Default: "public"}}
			c.Places = map[string]string{"schema": schema}
		})
		for range 2 {
			_, err := erp.Pull(context.Background(), "", func(ar.Record) error { return nil })
			if works != (err == nil) || !works && !strings.Contains(err.Error(), "missing object") {
				t.Errorf("schema %q: %v", schema, err)
			}
		}
	}
}

// Nothing is read afresh in the ERP's quiet hours.
func TestQuietHoursKeepFreshReads(t *testing.T) {
	quiet := true
	erp := atSite(t, "SELECT 1", func(_ *presets.Preset, c *adapters.Config) { c.Quiet = func(time.Time) bool { return quiet } })
	var accounts []ar.AccountID
	_, err := erp.Pull(context.Background(), "", func(r ar.Record) error {
		if c, ok := r.(*ar.Customer); ok {
			accounts = append(accounts, c.Account)
		}
		return nil
	})
	if err != nil || len(accounts) == 0 {
		t.Fatalf("%d accounts, %v", len(accounts), err)
	}
	came := 0
	fresh := func() error {
		return erp.Fresh(context.Background(), accounts, func(ar.Record) error { came++; return nil })
	}
	if err := fresh(); !fault.Is(err, fault.Transient) || came > 0 {
		t.Errorf("in quiet hours %d records came: %v", came, err)
	}
	quiet = false
	if err := fresh(); err != nil || came == 0 {
		t.Errorf("after them %d records came: %v", came, err)
	}
}

// A query that reads a large table from end to end for one customer is refused,
// and so is no other.
func TestAScanOfALargeTableIsRefused(t *testing.T) {
	const large = "UPDATE pg_class SET reltuples = 200000 WHERE relname = 'ar_document'; "
	const small = "UPDATE pg_class SET reltuples = 20 WHERE relname = 'ar_document'; "
	for says, c := range map[string]struct {
		sql     string
		refused bool
	}{
		"a small table":         {small, false},
		"a large one, from end": {"DO $$ DECLARE i record; BEGIN FOR i IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = 'ar_document'::regclass AND NOT indisprimary LOOP EXECUTE 'DROP INDEX ' || i.name; END LOOP; END $$; ALTER TABLE ar_document DROP CONSTRAINT IF EXISTS ar_document_pkey CASCADE; " + large, true},
	} {
		f, err := atSite(t, c.sql, nil).Probe(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		refused, broad := false, false
		for _, item := range f.Items {
			refused = refused || item.Bad && strings.Contains(item.What, `it reads all of "public"."ar_document", about 200000 rows`)
			broad = broad || strings.Contains(item.What, "it may write to")
		}
		if refused != c.refused || f.OK() == c.refused {
			t.Errorf("%s: %+v", says, f.Items)
		}
		if !broad {
			t.Errorf("%s: nothing is said of a login that may write to every table", says)
		}
	}
}
