package adapters_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/installer/guard"
)

// yard is the miniature of the generic preset with a table of shipments.
type yard struct {
	t     *testing.T
	bench adaptertest.Bench
	erp   *adapters.ERP
	id    ar.AccountID
}

// newYard opens the yard with holds written in a mode, once its scripts ran.
func newYard(t *testing.T, mode string, scripts ...string) *yard {
	t.Helper()
	y := &yard{t: t, bench: adaptertest.On(t, "postgres")}
	for _, file := range []string{"schema.sql", "rows.sql"} {
		text, err := os.ReadFile(filepath.Join("presets", "generic", "testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		y.bench.Exec(t, string(text))
	}
	y.bench.Exec(t, "CREATE TABLE shipment (no serial, customer_id text, status text)")
	for _, s := range scripts {
		y.bench.Exec(t, s)
	}
	preset, err := presets.Load("generic", "")
	if err != nil {
		t.Fatal(err)
	}
	y.erp, err = adapters.Open(adapters.Config{
		Source: "erp", Company: "10", Preset: preset, Driver: y.bench.Driver, DSN: y.bench.DSN, HoldMode: mode,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { y.erp.Close() })
	_, err = y.erp.Pull(context.Background(), "", func(r ar.Record) error {
		if c, ok := r.(*ar.Customer); ok && !c.OnHold && y.id.Customer == "" {
			y.id = c.Account
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// script writes a script of the installer without its grants: tests have one
// login.
func script(t *testing.T, engine string, o guard.Options) string {
	t.Helper()
	text, err := guard.SQL(engine, o)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "GRANT ") && !strings.HasPrefix(line, "REVOKE ") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

func (y *yard) hold() ar.HoldState {
	y.t.Helper()
	state, err := y.erp.Hold(context.Background(), y.id)
	if err != nil {
		y.t.Fatal(err)
	}
	return state
}

// place asks for a hold on what stands there now.
func (y *yard) place() (ar.HoldState, error) {
	y.t.Helper()
	return y.erp.SetHold(context.Background(), y.id, ar.Hold{Placed: true}, y.hold())
}

// must fails the test unless a condition holds in the ERP.
func (y *yard) must(condition string) {
	y.t.Helper()
	y.bench.Exec(y.t, "DO $$ BEGIN IF NOT ("+condition+") THEN RAISE EXCEPTION 'it is not so'; END IF; END $$")
}

// ships tries a shipment inside the ERP and says whether it went through.
func (y *yard) ships(status string) bool {
	y.t.Helper()
	y.bench.Exec(y.t, `DO $$ BEGIN INSERT INTO shipment (customer_id, status) VALUES ('`+string(y.id.Customer)+`', '`+status+`');
		EXCEPTION WHEN SQLSTATE 'HF001' THEN INSERT INTO shipment (customer_id, status) VALUES ('nobody', SQLERRM); END $$`)
	defer y.bench.Exec(y.t, "DELETE FROM shipment")
	return y.count("SELECT count(*) FROM shipment WHERE customer_id = 'nobody'") == 0
}

func (y *yard) count(query string) (n int) {
	y.t.Helper()
	db, err := y.bench.Driver.Open(y.bench.DSN, adapters.Options{})
	if err != nil {
		y.t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(query).Scan(&n); err != nil {
		y.t.Fatal(err)
	}
	return n
}

// With the guard the ERP itself refuses a shipment to whoever is on hold, and
// its lease says what happens when this program falls silent.
func TestTheGuardStopsShipments(t *testing.T) {
	install := script(t, "postgres", guard.Options{
		Script: guard.Guard, Table: "shipment", Customer: "customer_id", CompanyID: "10",
		When: "{row}.status = 'shipped'", Silence: guard.Open, Silent: time.Hour,
	})
	y := newYard(t, presets.ModeGuard, install)
	if c := y.erp.Capability(); c.Level != ar.HoldStopsShipments || c.OptIn != "" || !c.Writable {
		t.Errorf("the capability is %+v", c)
	}
	if !y.ships("shipped") {
		t.Fatal("a shipment was refused with no hold")
	}
	before := y.hold()
	placed, err := y.place()
	if err != nil || before.Held != ar.NoRow || placed.Value != "Y" {
		t.Fatalf("from %+v to %+v: %v", before, placed, err)
	}
	if y.ships("shipped") || !y.ships("draft") {
		t.Error("the guard does not tell shipments from drafts")
	}
	y.bench.Exec(t, "UPDATE holdfast_lease SET seen_at = CURRENT_TIMESTAMP - interval '2 hours'")
	if !y.ships("shipped") {
		t.Error("the lease ran out and the guard went on refusing")
	}
	if err := y.erp.Renew(context.Background()); err != nil {
		t.Fatal(err)
	}
	if y.ships("shipped") {
		t.Error("the lease was renewed and the guard did not refuse")
	}
	y.bench.Exec(t, "UPDATE holdfast_lease SET seen_at = CURRENT_TIMESTAMP - interval '2 hours', on_silence = 'keep'")
	if y.ships("shipped") {
		t.Error("keep did not go on refusing")
	}
	back, err := y.erp.SetHold(context.Background(), y.id, ar.Hold{Restore: before}, placed)
	if err != nil || back.Held != ar.NoRow || !y.ships("shipped") {
		t.Errorf("lifted: %+v, %v", back, err)
	}
	y.must("(SELECT credit_hold FROM ar_customer WHERE id = '" + string(y.id.Customer) + "' AND company_id = '10') IS DISTINCT FROM 'Y'")
	text, err := guard.SQL("postgres", guard.Options{Script: guard.Remove})
	if err != nil {
		t.Fatal(err)
	}
	y.bench.Exec(t, text)
	if !y.ships("shipped") {
		t.Error("the guard is still there after its removal")
	}
}

// A guard whose tables are there and whose trigger is not stops nothing: probe
// says so.
func TestAGuardWithoutItsTriggerIsNamed(t *testing.T) {
	install := script(t, "postgres", guard.Options{
		Script: guard.Guard, Table: "shipment", Customer: "customer_id", CompanyID: "10", Silence: guard.Keep, Silent: time.Hour,
	})
	y := newYard(t, presets.ModeGuard, install)
	f, err := y.erp.Probe(context.Background())
	if err != nil || !f.OK() || !f.CanHold {
		t.Errorf("a whole guard: %+v, %v", f, err)
	}
	y.bench.Exec(t, "ALTER TABLE shipment DISABLE TRIGGER holdfast_guard")
	f, err = y.erp.Probe(context.Background())
	if err != nil || f.OK() || f.CanHold {
		t.Errorf("a guard that is switched off: %+v, %v", f, err)
	}
}

// A request waits for the site's job; its answer ends in the journal.
func TestHoldsByRequest(t *testing.T) {
	y := newYard(t, presets.ModeStaging, script(t, "postgres", guard.Options{Script: guard.Staging}))
	for range 3 {
		if state, err := y.place(); !fault.Is(err, fault.Pending) || state.Value == "Y" {
			t.Fatalf("asked: %+v, %v", state, err)
		}
	}
	y.must("(SELECT count(*) FROM holdfast_request) = 1")
	set := "UPDATE ar_customer SET credit_hold = (SELECT wanted FROM holdfast_request WHERE done_at IS NULL) WHERE company_id = '10' AND id = '" + string(y.id.Customer) + "';"
	done := "UPDATE holdfast_request SET done_at = CURRENT_TIMESTAMP, outcome = 'done' WHERE done_at IS NULL;"
	before := y.hold()
	y.bench.Exec(t, set+done)
	if held := y.hold(); !held.Same(y.erp.Capability().Value) {
		t.Fatalf("the job's work reads as %+v", held)
	}
	state, err := y.erp.SetHold(context.Background(), y.id, ar.Hold{Placed: true}, before)
	if err != nil || state.Value != "Y" {
		t.Errorf("done: %+v, %v", state, err)
	}
	y.must("(SELECT count(*) FROM holdfast_request WHERE told_at IS NULL) = 0")
	if _, err := y.erp.SetHold(context.Background(), y.id, ar.Hold{Restore: before}, state); !fault.Is(err, fault.Pending) {
		t.Errorf("lifting is asked for: %v", err)
	}
	y.bench.Exec(t, "UPDATE holdfast_request SET done_at = CURRENT_TIMESTAMP, outcome = 'the customer is being edited' WHERE done_at IS NULL")
	_, err = y.erp.SetHold(context.Background(), y.id, ar.Hold{Restore: before}, state)
	if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "the customer is being edited") {
		t.Errorf("the job refused: %v", err)
	}
	if _, err = y.erp.SetHold(context.Background(), y.id, ar.Hold{Restore: before}, state); !fault.Is(err, fault.Pending) {
		t.Errorf("after a refusal it can be asked again: %v", err)
	}
	y.must("(SELECT count(*) FROM holdfast_request) = 3")
}

// A procedure of the site's own writes the hold, and refuses what somebody
// changed.
func TestHoldsByProcedure(t *testing.T) {
	filled := strings.Replace(script(t, "postgres", guard.Options{Script: guard.Procedure}),
		"RAISE EXCEPTION 'holdfast_set_hold is not filled in yet';",
		`UPDATE ar_customer AS c SET credit_hold = holdfast_set_hold.value
		WHERE c.company_id::text = holdfast_set_hold.company AND c.id = holdfast_set_hold.customer AND c.credit_hold IS NOT DISTINCT FROM holdfast_set_hold.seen;`, 1)
	y := newYard(t, presets.ModeProcedure, filled)
	before := y.hold()
	placed, err := y.place()
	if err != nil || placed.Value != "Y" {
		t.Fatalf("placed %+v: %v", placed, err)
	}
	if _, err := y.erp.SetHold(context.Background(), y.id, ar.Hold{Placed: false, Restore: ar.HoldState{Held: ar.Valued, Value: "X"}}, before); !fault.Is(err, fault.Conflict) {
		t.Errorf("the procedure's refusal: %v", err)
	}
	back, err := y.erp.SetHold(context.Background(), y.id, ar.Hold{Restore: before}, placed)
	if err != nil || !back.Same(before) {
		t.Errorf("put back %+v: %v", back, err)
	}
	text, err := y.erp.UndoSQL(ar.HoldEntry{Account: y.id, State: ar.EntryPlaced, Previous: before, Written: placed})
	if err != nil || !strings.HasPrefix(text, "SELECT holdfast_set_hold('10', ") {
		t.Errorf("by hand: %s, %v", text, err)
	}
}

// The guard of a file refuses shipments too.
func TestTheGuardOfAFile(t *testing.T) {
	b := adaptertest.On(t, "sqlite")
	b.Exec(t, "CREATE TABLE shipment (customer TEXT); "+script(t, "sqlite", guard.Options{
		Script: guard.Guard, Table: "shipment", Customer: "customer", CompanyID: "1", Silence: guard.Open, Silent: time.Hour,
	}))
	db, err := b.Driver.Open(b.DSN, adapters.Options{Write: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ship := func() error { _, err := db.Exec("INSERT INTO shipment VALUES ('A')"); return err }
	if err := ship(); err != nil {
		t.Fatal(err)
	}
	b.Exec(t, "INSERT INTO holdfast_hold VALUES ('1', 'A', 'Y', CURRENT_TIMESTAMP)")
	if err := ship(); err == nil || !strings.Contains(err.Error(), "Credit hold") {
		t.Errorf("the shipment: %v", err)
	}
	b.Exec(t, "UPDATE holdfast_lease SET seen_at = '2020-01-01 00:00:00'")
	if err := ship(); err != nil {
		t.Errorf("after a long silence: %v", err)
	}
}
