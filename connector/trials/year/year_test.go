package year

import (
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

func TestWalkAndCycleDoTheSame(t *testing.T) {
	c, err := Compare(t.Context(), t.TempDir(), Options{Seed: 7, Accounts: 40, First: ar.MustDay("2026-01-05"), Days: 120, Invoices: 20, Facts: true})
	if err != nil {
		t.Fatal(err)
	}
	if c.Lines < 500 {
		t.Errorf("only %d lines: the comparison shows little", c.Lines)
	}
	if len(c.Differ) > 0 {
		t.Errorf("the walk (-) differs from the cycle (+):\n%s", strings.Join(c.Differ, "\n"))
	}
}

func TestAYearKeepsTheRules(t *testing.T) {
	w, err := Live(t.Context(), Options{Seed: 3, Accounts: 60, First: ar.MustDay("2026-01-05"), Days: 250, Invoices: 20, Facts: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(w)
	for _, kind := range []sequence.IntentKind{sequence.Message, sequence.Task, sequence.Hold, sequence.Release} {
		if w.Effects[kind] == 0 {
			t.Errorf("the drawn ledger brings no %s: it shows little", kind)
		}
	}
	for _, fault := range w.Faults() {
		t.Error(fault)
	}
}
