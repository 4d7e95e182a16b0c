package demoerp

import (
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// The statement for a person puts back what stood before a hold, and changes
// nothing once somebody else has written the row.
func TestUndoSQLByHand(t *testing.T) {
	erp, adapter := adapterOf(t)
	id := ar.AccountID{Source: "demo", Company: CompanyID, Customer: "C1005"}
	before, err := adapter.Hold(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	written, err := adapter.SetHold(t.Context(), id, ar.Hold{Placed: true}, before)
	if err != nil {
		t.Fatal(err)
	}
	entry := ar.HoldEntry{Account: id, State: ar.EntryPlaced, Previous: before, Written: written}
	undo, err := adapter.UndoSQL(entry)
	if err != nil {
		t.Fatal(err)
	}
	for want := range 2 {
		result, err := erp.DB().Exec(undo)
		if err != nil {
			t.Fatalf("%v\n%s", err, undo)
		}
		if n, _ := result.RowsAffected(); n != int64(1-want) {
			t.Errorf("run %d changed %d rows:\n%s", want+1, n, undo)
		}
	}
	if got, err := adapter.Hold(t.Context(), id); err != nil || !got.Same(before) {
		t.Errorf("after the undo the hold is %s (%v), before it was %s", got, err, before)
	}
}

func TestUndoSQLOfAHalfWrittenHold(t *testing.T) {
	_, adapter := adapterOf(t)
	id := ar.AccountID{Source: "demo", Company: CompanyID, Customer: "O'Neil"}
	entry := ar.HoldEntry{Account: id, State: ar.EntryPlacing, Previous: ar.HoldState{Held: ar.Valued, Value: "N"}}
	if _, err := adapter.UndoSQL(entry); !fault.Is(err, fault.Uncertain) {
		t.Errorf("without a version: %v", err)
	}
	entry.State, entry.Written = ar.EntryReleasing, ar.HoldState{Held: ar.Valued, Value: "Y", Version: "2"}
	if text, err := adapter.UndoSQL(entry); err != nil || !strings.Contains(text, "'O''Neil'") || !strings.HasSuffix(text, ";") {
		t.Errorf("%v\n%s", err, text)
	}
}
