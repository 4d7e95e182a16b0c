package presets_test

import (
	"testing"

	"holdfast/adapters/adaptertest"
	"holdfast/engine/ar"
)

// The statement for a person restores a limit, NULL and no row in a real Tryton
// database.
func TestTrytonUndoSQL(t *testing.T) {
	dsn := restoreTryton(t)
	adaptertest.Exec(t, dsn, "DELETE FROM party_party_credit_limit_amount WHERE party = 8")
	adaptertest.Exec(t, dsn, "UPDATE party_party_credit_limit_amount SET credit_limit_amount = 9000.00 WHERE party = 3")
	erp := openTryton(t, dsn, "1")
	for party, before := range map[string]string{"3": "9000.00", "6": "0", "7": "NULL", "8": "no row"} {
		seen, err := erp.Hold(t.Context(), customer(party))
		if err != nil {
			t.Fatal(err)
		}
		written, err := erp.SetHold(t.Context(), customer(party), ar.Hold{Placed: true}, seen)
		if err != nil {
			t.Fatal(err)
		}
		for _, state := range []ar.EntryState{ar.EntryPlacing, ar.EntryPlaced} {
			entry := ar.HoldEntry{Account: customer(party), State: state, Previous: seen}
			if state == ar.EntryPlaced {
				entry.Written = written
			}
			undo, err := erp.UndoSQL(entry)
			if err != nil {
				t.Fatal(err)
			}
			adaptertest.Exec(t, dsn, undo)
			if got := one(t, dsn, limitOf+party); got != before {
				t.Errorf("%s: %s after the undo, %s before the hold; it was\n%s", party, got, before, undo)
			}
		}
	}
}
