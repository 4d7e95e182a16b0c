package postgres_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/postgres"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

func open(t *testing.T, cfg adapters.Config) *adapters.ERP {
	t.Helper()
	erp, err := tryOpen(t, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { erp.Close() })
	return erp
}

func tryOpen(t *testing.T, cfg adapters.Config) (*adapters.ERP, error) {
	t.Helper()
	preset, err := presets.Load("generic", "")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Source, cfg.Company, cfg.Preset, cfg.Driver = "erp", "10", preset, postgres.Driver{}
	return adapters.Open(cfg)
}

// A connection that leaves this machine must be verified, unless a person
// accepts that it is not.
func TestOpenRefusesPlaintextToAnotherMachine(t *testing.T) {
	for dsn, refused := range map[string]bool{
		"postgres://u:secret@127.0.0.1/db":                              false,
		"postgres://u:secret@[::1]/db":                                  false,
		"host=/var/run/postgresql user=u dbname=db":                     false,
		"postgres://u:secret@localhost:5433/db?sslmode=disable":         false,
		"postgres://u:secret@erp.example.net/db":                        true,
		"postgres://u:secret@erp.example.net/db?sslmode=disable":        true,
		"postgres://u:secret@erp.example.net/db?sslmode=prefer":         true,
		"postgres://u:secret@erp.example.net/db?sslmode=require":        true,
		"postgres://u:secret@erp.example.net/db?sslmode=verify-ca":      true,
		"postgres://u:secret@erp.example.net/db?sslmode=verify-full":    false,
		"postgres://u:secret@127.0.0.1,10.0.0.9/db?sslmode=disable":     true,
		"postgres://u:secret@10.0.0.9,127.0.0.1/db?sslmode=verify-full": false,
	} {
		erp, err := tryOpen(t, adapters.Config{DSN: dsn})
		if (err != nil) != refused {
			t.Errorf("%s: %v, refused should be %v", dsn, err, refused)
		}
		if err != nil && (!strings.Contains(err.Error(), "verify-full") || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: %v", dsn, err)
		}
		if erp != nil {
			erp.Close()
		}
	}
	erp, err := tryOpen(t, adapters.Config{DSN: "postgres://u:secret@erp.example.net/db", AllowPlaintext: "i-accept"})
	if err != nil || erp.Local() {
		t.Errorf("accepted plaintext: %v", err)
	}
	if _, err := tryOpen(t, adapters.Config{DSN: "postgres://u@erp.example.net/db", AllowPlaintext: "yes"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("allow_plaintext = yes: %v", err)
	}
}

// No error holds the password, however broken the DSN is.
func TestErrorsHoldNoPassword(t *testing.T) {
	for _, dsn := range []string{
		"postgres://u:hunter2@host:port/db", "postgres://u:hunter2%zz@host/db", "host=h password=hunter2 port=x",
		"password='hunter2", "postgres://u:hunter2@127.0.0.1:1/db?connect_timeout=1", "hunter2",
	} {
		erp, err := tryOpen(t, adapters.Config{DSN: dsn})
		if err == nil {
			_, err = erp.Probe(context.Background())
			erp.Close()
		}
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", dsn, err)
		}
	}
}

// server changes a part of the test server's DSN.
func server(t *testing.T, change func(*url.URL)) string {
	t.Helper()
	u, err := url.Parse(adaptertest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	change(u)
	return u.String()
}

// What is wrong with a connection is sorted into kinds, with a cure.
func TestSortsConnectionErrors(t *testing.T) {
	for says, c := range map[string]struct {
		dsn  string
		kind fault.Kind
	}{
		"no such database": {server(t, func(u *url.URL) { u.Path = "/holdfast_no_such_database" }), fault.NotFound},
		"no such login":    {server(t, func(u *url.URL) { u.User = url.UserPassword("holdfast_nobody", "x") }), fault.Denied},
		"nobody listens":   {"postgres://u@127.0.0.1:1/db", fault.Transient},
		"wrong table":      {server(t, func(*url.URL) {}), fault.Invalid},
	} {
		_, err := open(t, adapters.Config{DSN: c.dsn}).Pull(context.Background(), "", func(ar.Record) error { return nil })
		if !fault.Is(err, c.kind) || !strings.Contains(err.Error(), "; ") {
			t.Errorf("%s: %s, %v", says, fault.KindOf(err), err)
		}
	}
}

// miniature is a database with the generic preset's rows.
func miniature(t *testing.T) string {
	t.Helper()
	dsn := adaptertest.Postgres(t)
	for _, name := range []string{"schema.sql", "rows.sql"} {
		text, err := os.ReadFile(filepath.Join("..", "presets", "generic", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		adaptertest.Exec(t, dsn, string(text))
	}
	return dsn
}

var account = ar.AccountID{Source: "erp", Company: "10", Customer: "C1"}

// A connection that is lost while committing leaves the outcome open, and it is
// not tried again.
func TestHoldLostWhileCommittingIsUncertain(t *testing.T) {
	dsn := miniature(t)
	adaptertest.Exec(t, dsn, `CREATE TABLE tried (n int);
		CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
		CREATE CONSTRAINT TRIGGER cut AFTER UPDATE ON ar_customer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()`)
	erp := open(t, adapters.Config{DSN: dsn})
	seen, err := erp.Hold(context.Background(), account)
	if err != nil {
		t.Fatal(err)
	}
	_, err = erp.SetHold(context.Background(), account, ar.Hold{Placed: true}, seen)
	if !fault.Is(err, fault.Uncertain) {
		t.Errorf("got %s: %v", fault.KindOf(err), err)
	}
	if now, err := erp.Hold(context.Background(), account); err != nil || !now.Same(seen) {
		t.Errorf("afterwards the hold is %s, %v", now, err)
	}
}

// A row that someone holds locked for a moment is waited for.
func TestHoldWaitsForALock(t *testing.T) {
	dsn := miniature(t)
	erp := open(t, adapters.Config{DSN: dsn})
	seen, err := erp.Hold(context.Background(), account)
	if err != nil {
		t.Fatal(err)
	}
	locked := make(chan struct{})
	go func() {
		defer close(locked)
		adaptertest.Exec(t, dsn, "BEGIN; SELECT 1 FROM ar_customer WHERE id = 'C1' FOR UPDATE; SELECT pg_sleep(2.5); COMMIT")
	}()
	time.Sleep(200 * time.Millisecond)
	if placed, err := erp.SetHold(context.Background(), account, ar.Hold{Placed: true}, seen); err != nil || placed.Value != "Y" {
		t.Errorf("placed %s, %v", placed, err)
	}
	<-locked
}

// A statement that takes too long ends, with a word on what to change.
func TestStatementTimeout(t *testing.T) {
	dsn := miniature(t)
	adaptertest.Exec(t, dsn, `ALTER TABLE ar_company RENAME TO real_company;
		CREATE VIEW ar_company AS SELECT c.* FROM real_company c, pg_sleep(5)`)
	erp := open(t, adapters.Config{DSN: dsn, StatementTimeout: 100 * time.Millisecond})
	_, err := erp.Pull(context.Background(), "", func(ar.Record) error { return nil })
	if !fault.Is(err, fault.Transient) || !strings.Contains(err.Error(), "statement_timeout") {
		t.Errorf("got %v", err)
	}
}

// An amount that comes as a floating-point number is refused by its column.
func TestFloatIsRefused(t *testing.T) {
	dsn := miniature(t)
	adaptertest.Exec(t, dsn, "ALTER TABLE ar_document ALTER COLUMN open TYPE double precision")
	_, err := open(t, adapters.Config{DSN: dsn}).Pull(context.Background(), "", func(ar.Record) error { return nil })
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), `"open" is a floating-point number`) {
		t.Errorf("got %v", err)
	}
}

// A pull sees one picture, whatever is posted while it runs.
func TestPullSeesOnePicture(t *testing.T) {
	dsn := miniature(t)
	posted := false
	_, err := open(t, adapters.Config{DSN: dsn}).Pull(context.Background(), "", func(rec ar.Record) error {
		if _, ok := rec.(*ar.Company); ok && !posted {
			posted = true
			adaptertest.Exec(t, dsn, "UPDATE ar_document SET open = 0 WHERE id = 'D1'")
		}
		if d, ok := rec.(*ar.Document); ok && d.ID == "D1" && d.Open != 6050 {
			t.Errorf("D1 came with %d, posted after the pull began", d.Open)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
