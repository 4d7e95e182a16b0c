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

// generics are the templates of the engines whose modes are tried.
var generics = map[string]string{"postgres": "generic", "sqlserver": "generic-sqlserver", "oracle": "generic-oracle"}

// onEngine opens an engine's template with its holds written in a mode, on its
// miniature and a script of the installer, and picks a customer.
func onEngine(t *testing.T, engine, mode, install string) (*adapters.ERP, ar.AccountID, adaptertest.Bench) {
	t.Helper()
	b := adaptertest.On(t, engine)
	folder := filepath.Join("presets", generics[engine], "testdata")
	for _, file := range []string{"schema.sql", "rows.sql"} {
		b.Exec(t, content(t, filepath.Join(folder, file)))
	}
	b.Exec(t, install)
	preset, err := presets.Load(generics[engine], "")
	if err != nil {
		t.Fatal(err)
	}
	company := strings.TrimRight(content(t, filepath.Join(folder, "company")), "\n")
	erp, err := adapters.Open(adapters.Config{
		Source: "erp", Company: ar.CompanyID(company), Preset: preset, Driver: b.Driver, DSN: b.DSN, HoldMode: mode,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { erp.Close() })
	var id ar.AccountID
	_, err = erp.Pull(context.Background(), "", func(r ar.Record) error {
		if c, ok := r.(*ar.Customer); ok && !c.OnHold && id.Customer == "" {
			id = c.Account
		}
		return nil
	})
	if err != nil || id.Customer == "" {
		t.Fatalf("no customer to hold: %v", err)
	}
	return erp, id, b
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// withoutTrigger leaves of a guard's script the tables: stand-ins run no
// procedures of the engine's own language.
func withoutTrigger(text string) string {
	from := strings.Index(text, "CREATE TRIGGER")
	if i := strings.Index(text, "CREATE OR REPLACE TRIGGER"); i >= 0 {
		from = i
	}
	if i := strings.Index(text, "-- The trigger asks"); i >= 0 {
		from = i
	}
	return text[:from]
}

// The guard's table is written and its lease renewed on every engine.
func TestTheGuardsTableOnEachEngine(t *testing.T) {
	for engine := range generics {
		t.Run(engine, func(t *testing.T) {
			install := withoutTrigger(script(t, engine, guard.Options{
				Script: guard.Guard, Table: "shipment", Customer: "customer_id", CompanyID: "10", Silence: guard.Keep, Silent: time.Hour,
			}))
			erp, id, _ := onEngine(t, engine, presets.ModeGuard, install)
			ctx := context.Background()
			before, err := erp.Hold(ctx, id)
			if err != nil || before.Held != ar.NoRow {
				t.Fatalf("before: %+v, %v", before, err)
			}
			placed, err := erp.SetHold(ctx, id, ar.Hold{Placed: true}, before)
			if err != nil || placed.Value != "Y" {
				t.Fatalf("placed: %+v, %v", placed, err)
			}
			if _, err := erp.SetHold(ctx, id, ar.Hold{Placed: true}, before); !fault.Is(err, fault.Conflict) {
				t.Errorf("placed twice: %v", err)
			}
			if err := erp.Renew(ctx); err != nil {
				t.Errorf("the lease: %v", err)
			}
			if back, err := erp.SetHold(ctx, id, ar.Hold{Restore: before}, placed); err != nil || back.Held != ar.NoRow {
				t.Errorf("lifted: %+v, %v", back, err)
			}
		})
	}
}

// Requests are asked, answered and asked again on every engine.
func TestRequestsOnEachEngine(t *testing.T) {
	for engine := range generics {
		t.Run(engine, func(t *testing.T) {
			erp, id, b := onEngine(t, engine, presets.ModeStaging, script(t, engine, guard.Options{Script: guard.Staging}))
			ctx := context.Background()
			before, err := erp.Hold(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			place := func() error {
				_, err := erp.SetHold(ctx, id, ar.Hold{Placed: true}, before)
				return err
			}
			for range 2 {
				if err := place(); !fault.Is(err, fault.Pending) {
					t.Fatalf("asked: %v", err)
				}
			}
			b.Exec(t, "UPDATE holdfast_request SET done_at = CURRENT_TIMESTAMP, outcome = 'it is being edited' WHERE done_at IS NULL;")
			if err := place(); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "it is being edited") {
				t.Errorf("refused: %v", err)
			}
			if err := place(); !fault.Is(err, fault.Pending) {
				t.Errorf("asked again: %v", err)
			}
			text, err := erp.UndoSQL(ar.HoldEntry{Account: id, State: ar.EntryPlaced, Previous: before, Written: erp.Capability().Value})
			if err != nil || !strings.HasPrefix(strings.TrimSpace(text), "INSERT INTO holdfast_request") {
				t.Errorf("by hand: %s, %v", text, err)
			}
		})
	}
}
