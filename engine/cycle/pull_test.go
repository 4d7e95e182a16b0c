package cycle_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// sql changes the ERP behind its own back.
func (h *house) sql(statement string) {
	h.t.Helper()
	db := try(sql.Open("sqlite", filepath.Join(h.dir, "erp.db")))(h)
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		h.t.Fatal(err)
	}
}

// A change that moves no stamp is seen by the full read, and counted.
func TestAFullReadCountsWhatTheMarksMissed(t *testing.T) {
	h := newHouse(t)
	if r := try(h.cycle.Pull(t.Context(), h.co, true, false))(h); r.Missed != 0 {
		t.Errorf("the first read missed %d", r.Missed)
	}
	if r := try(h.cycle.Pull(t.Context(), h.co, true, false))(h); r.Missed != 0 {
		t.Errorf("a quiet full read missed %d", r.Missed)
	}
	h.sql(`UPDATE customer SET name = 'renamed by hand', changed_at = '2020-01-01 00:00:00'
		WHERE customer_id IN (SELECT customer_id FROM customer ORDER BY customer_id LIMIT 3)`)
	if r := try(h.cycle.Pull(t.Context(), h.co, false, false))(h); r.Changed != 0 {
		t.Fatalf("the marks brought %d changes: the test changes nothing behind their back", r.Changed)
	}
	if r := try(h.cycle.Pull(t.Context(), h.co, true, false))(h); r.Missed != 3 || r.Changed != 3 {
		t.Errorf("the full read missed %d of %d changes, want 3 of 3", r.Missed, r.Changed)
	}
}

// forgetful is an ERP that no longer knows what changed since a mark.
type forgetful struct{ engine.Adapter }

func (f forgetful) Pull(ctx context.Context, mark ar.Mark, emit func(ar.Record) error) (ar.Mark, error) {
	if mark != "" {
		return "", fault.New(fault.Expired, "forgotten")
	}
	return f.Adapter.Pull(ctx, mark, emit)
}

// An ERP that has forgotten its changes is read whole instead.
func TestAForgottenMarkMeansAFullRead(t *testing.T) {
	h := newHouse(t)
	first := try(h.cycle.Pull(t.Context(), h.co, true, false))(h)
	h.co.Adapter = forgetful{h.co.Adapter}
	if r := try(h.cycle.Pull(t.Context(), h.co, false, false))(h); r.Documents != first.Documents {
		t.Errorf("%d documents were read, want all %d", r.Documents, first.Documents)
	}
}

// A row that is deleted in the ERP, the newest of all, is no older copy of it;
// one that stands there with an older stamp is.
func TestADeletedRowIsNoOlderCopy(t *testing.T) {
	h := newHouse(t)
	h.sql(`UPDATE credit_memo SET changed_at = datetime('now', '+1 hour') WHERE memo_no = (SELECT MAX(memo_no) FROM credit_memo)`)
	try(h.cycle.Pull(t.Context(), h.co, true, false))(h)
	h.sql(`PRAGMA foreign_keys = OFF; DELETE FROM credit_memo WHERE memo_no = (SELECT MAX(memo_no) FROM credit_memo)`)
	if _, err := h.cycle.Pull(t.Context(), h.co, false, false); err != nil {
		t.Fatalf("after a deletion: %v", err)
	}
	h.sql(`UPDATE credit_memo SET changed_at = datetime('now', '+2 hours') WHERE memo_no = (SELECT MIN(memo_no) FROM credit_memo)`)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	h.sql(`UPDATE credit_memo SET changed_at = datetime('now', '-20 days') WHERE memo_no = (SELECT MIN(memo_no) FROM credit_memo)`)
	if _, err := h.cycle.Pull(t.Context(), h.co, false, false); !fault.Is(err, fault.Replaced) {
		t.Errorf("after a row went back: %v", err)
	}
}
