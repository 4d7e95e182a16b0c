package store_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// openTask commits one task.
func openTask(t *testing.T, s *store.Store, in sequence.Intent) store.Task {
	t.Helper()
	in.Kind, in.Account = sequence.Task, acct
	m := engine.Move{Case: theCase(t, s), Mode: outbox.Live}
	m.Decision.Intents = []sequence.Intent{in}
	if conflicts, err := s.Commit(t.Context(), []engine.Move{m}); err != nil || len(conflicts) > 0 {
		t.Fatal(conflicts, err)
	}
	list, err := s.Tasks(t.Context(), store.TaskFilter{Open: true})
	if err != nil {
		t.Fatal(err)
	}
	return list[len(list)-1]
}

// A task shows what a person needs to do it, and how it was answered.
func TestTaskWhole(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	asked := openTask(t, s, sequence.Intent{Key: "k1", DueOn: today, Text: "Check the limit.", Outcomes: []string{"yes", "no"}, Yes: true,
		Away: "agency", About: &sequence.Heard{Fact: &intake.Fact{ID: 7}}})
	want(t, "task", asked, store.Task{ID: 1, Key: "k1", Mode: outbox.Live, Party: party, Account: acct, DueOn: today, OpenedOn: today, Documents: []ar.DocumentID{},
		Text: "Check the limit.", Outcomes: []string{"yes", "no"}, Yes: true, Away: "agency", Fact: 7})
	if err := s.CloseTask(t.Context(), asked.ID, "no", "person:kim", now); err != nil {
		t.Fatal(err)
	}
	done, err := s.Task(t.Context(), asked.ID)
	if err != nil {
		t.Fatal(err)
	}
	asked.Outcome, asked.ClosedBy, asked.ClosedAt = "no", "person:kim", now
	want(t, "closed", done, asked)
	call := openTask(t, s, sequence.Intent{Key: "k2", DueOn: today + 1})
	if err := s.CloseTask(t.Context(), call.ID, "called: pays on Friday", "person:kim", now); err != nil {
		t.Fatal(err)
	}
	call, _ = s.Task(t.Context(), call.ID)
	want(t, "in words", call.Outcome, "called: pays on Friday")
	facts, err := s.Facts(t.Context(), store.FactFilter{Kinds: []intake.Kind{intake.Outcome}})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "two outcomes, the second in words", facts, []intake.Fact{
		{ID: 1, Kind: intake.Outcome, Account: acct, Task: "k1", Code: intake.No, By: "person:kim", On: today, At: now},
		{ID: 2, Kind: intake.Outcome, Account: acct, Task: "k2", Code: intake.Done, Text: "called: pays on Friday", By: "person:kim", On: today, At: now},
	})
	var kinds []string
	for e, err := range s.Audit(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, e.Kind)
	}
	want(t, "audit", strings.Join(kinds, " "), "pull.finished task.opened task.closed fact.outcome task.opened task.closed fact.outcome")
}

// A state of before knows its customers from the first, and reads when they
// paid from what it has.
func TestLivesOfOlderState(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	pullRecords(t, s, append(ledgerOf(2),
		&ar.Application{Account: acct, ID: "x1", Receipt: "r1", Document: "d00000", AppliedOn: today - 9, Amount: 10},
		&ar.Application{Account: acct, ID: "x2", Receipt: "r2", Document: "d00001", AppliedOn: today - 2, Amount: 10})...)
	s.Close()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "holdfast.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := store.MigrateDownTo(t.Context(), db, 5); err != nil {
		t.Fatal(err)
	}
	db.Close()
	a := theCase(t, open(t, dir)).Accounts[0]
	want(t, "seen, first and last paid", [3]ar.Day{a.SeenOn, a.FirstPaidOn, a.LastPaidOn}, [3]ar.Day{0, today - 9, today - 2})
}

// The journal of reasons is only ever added to.
func TestVerdictLogStays(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	m := engine.Move{Case: theCase(t, s), Mode: outbox.Live, Book: "b"}
	m.Decision.State.Verdicts = []sequence.Verdict{{Subject: call.Subject, Reason: sequence.ReasonNotYet}}
	if _, err := s.Commit(t.Context(), []engine.Move{m}); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{`UPDATE verdict_log SET day = 1`, `DELETE FROM verdict_log`} {
		if _, err := s.DB().Exec(query); err == nil || !strings.Contains(err.Error(), "only ever added to") {
			t.Fatalf("%s: %v", query, err)
		}
	}
}
