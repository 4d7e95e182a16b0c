package demoerp

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters"
	"holdfast/adapters/sqlite"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// adapterOf makes a small ERP and opens it both ways: as itself, and through
// the preset.
func adapterOf(t *testing.T) (*ERP, *adapters.ERP) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := Create(t.Context(), path, Options{Seed: 3, Customers: 60, History: 200, Today: today}); err != nil {
		t.Fatal(err)
	}
	erp, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	adapter, err := adapters.Open(adapters.Config{
		Source: "demo", Company: CompanyID, Preset: demoPreset(t), Driver: sqlite.Driver{}, DSN: path,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, c := range []func() error{adapter.Close, erp.Close} {
			if err := c(); err != nil {
				t.Error(err)
			}
		}
	})
	return erp, adapter
}

// books are the open documents that a reader of the adapter knows.
type books struct {
	mark ar.Mark
	open map[ar.DocumentID]*ar.Document
}

// pull reads what changed and returns how many documents came.
func (b *books) pull(t *testing.T, adapter *adapters.ERP) (n int) {
	t.Helper()
	mark, err := adapter.Pull(t.Context(), b.mark, func(r ar.Record) error {
		switch r := r.(type) {
		case *ar.Flaw:
			t.Errorf("flaw in %s %s: %s: %s", r.Entity, r.ID, r.Field, r.Reason)
		case *ar.Document:
			n++
			delete(b.open, r.ID)
			if r.Open != 0 && !r.Voided {
				b.open[r.ID] = r
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b.mark = mark
	return n
}

func (b *books) ledger(day ar.Day) Ledger {
	l := Ledger{Customers: map[ar.CustomerID]ar.Balance{}, Open: len(b.open)}
	for _, d := range b.open {
		var overdue int64
		if d.Kind == ar.Invoice && d.DueOn < day {
			overdue = d.Open
		}
		l.Total, l.Overdue = l.Total.Add(d.Open, d.Currency), l.Overdue.Add(overdue, d.Currency)
		l.Customers[d.Account.Customer] = l.Customers[d.Account.Customer].Add(d.Open, d.Currency)
	}
	return l
}

// ties compares what the reader knows with the ledger's own sums.
func (b *books) ties(t *testing.T, erp *ERP, day ar.Day) {
	t.Helper()
	want, err := erp.Balance(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, b.ledger(day)); diff != "" {
		t.Fatalf("on %s the ledger (-) and what was pulled (+) differ:\n%s", day, diff)
	}
}

// TestPullTiesToTheLedger reads everything once and after that only what each
// day changed: to the cent the same as the ERP's own sums, every day.
func TestPullTiesToTheLedger(t *testing.T) {
	erp, adapter := adapterOf(t)
	b := &books{open: map[ar.DocumentID]*ar.Document{}}
	whole := b.pull(t, adapter)
	b.ties(t, erp, today)
	for d := today; d < today+15; d++ {
		if _, err := erp.Live(t.Context(), d, []ar.CustomerID{"C1002", Deadbeat}); err != nil {
			t.Fatal(err)
		}
		if n := b.pull(t, adapter); n > whole/4 {
			t.Errorf("%s: %d documents came for one day, %d are all", d, n, whole)
		}
		b.ties(t, erp, d)
	}
	if err := erp.Pay(t.Context(), Deadbeat, today+15); err != nil {
		t.Fatal(err)
	}
	b.pull(t, adapter)
	b.ties(t, erp, today+15)
	var receipt string
	if err := erp.db.QueryRow("SELECT receipt_no FROM receipt WHERE customer_id = ? ORDER BY changed_at DESC", string(Deadbeat)).Scan(&receipt); err != nil {
		t.Fatal(err)
	}
	if err := erp.Return(t.Context(), receipt, today+16); err != nil {
		t.Fatal(err)
	}
	b.pull(t, adapter)
	b.ties(t, erp, today+16)
}

func TestProbeFindsNothingBad(t *testing.T) {
	_, adapter := adapterOf(t)
	f, err := adapter.Probe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !f.OK() || f.Level != ar.HoldStopsShipments || !f.CanHold {
		t.Errorf("probe: %+v", f)
	}
}

// TestHoldThroughTheAdapter places and lifts a hold as the program does and
// watches the warehouse.
func TestHoldThroughTheAdapter(t *testing.T) {
	erp, adapter := adapterOf(t)
	id := ar.AccountID{Source: "demo", Company: CompanyID, Customer: Deadbeat}
	before, err := adapter.Hold(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	placed, err := adapter.SetHold(t.Context(), id, ar.Hold{Placed: true}, before)
	if err != nil {
		t.Fatal(err)
	}
	if err := erp.Ship(t.Context(), Deadbeat); !fault.Is(err, fault.Denied) {
		t.Errorf("the warehouse shipped to a customer on hold: %v", err)
	}
	if _, err := adapter.SetHold(t.Context(), id, ar.Hold{Restore: before}, before); !fault.Is(err, fault.Conflict) {
		t.Errorf("a write against an old reading was not refused: %v", err)
	}
	after, err := adapter.SetHold(t.Context(), id, ar.Hold{Restore: before}, placed)
	if err != nil {
		t.Fatal(err)
	}
	if !after.Same(before) {
		t.Errorf("after release the hold is %s, before it was %s", after, before)
	}
	if err := erp.Ship(t.Context(), Deadbeat); err != nil {
		t.Errorf("the warehouse cannot ship after release: %v", err)
	}
}
