package store_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

func yesBy(by string, ref outbox.Ref) outbox.Word {
	return outbox.Word{Said: outbox.Said{By: by, At: now}, Ref: ref, Day: today}
}

// Several processes say yes for the same person at once: one counts.
func TestAPersonCountsOnce(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	pullRecords(t, s, ledgerOf(1)...)
	commitMessage(t, s, outbox.Waiting, 1)
	ref := outbox.Ref{Kind: outbox.RefMessage, ID: 1}
	var wait sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		other := open(t, dir)
		wait.Go(func() {
			w := yesBy("kim", ref)
			w.TwoAbove = []ar.Money{{Minor: -1, Currency: "USD"}} // two people for whatever it is
			_, errs[i] = other.SayYes(t.Context(), w)
		})
	}
	wait.Wait()
	refused := slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	if len(refused) != 3 || !fault.Is(refused[0], fault.Conflict) {
		t.Fatalf("%d of 4 are refused: %v", len(refused), refused)
	}
	a, err := s.Approval(t.Context(), ref)
	if err != nil || a.State != outbox.ApprovalWaits || a.Needs != 2 {
		t.Fatalf("%+v, %v", a, err)
	}
}

// What is reserved past the list by hand is not handed over, whoever asks: the
// yeses are counted in the transaction of the hand-over.
func TestHandingOverCountsYeses(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	commitMessage(t, s, outbox.Waiting, 1)
	if _, err := s.DB().Exec(`UPDATE delivery SET state = 'reserved'`); err != nil {
		t.Fatal(err)
	}
	if err := s.Hand(t.Context(), []int64{1}, nil, now); !fault.Is(err, fault.Denied) {
		t.Fatalf("handed over without a yes: %v", err)
	}
	if _, err := s.DB().Exec(`INSERT INTO approval_word (kind, item, sha, yes, person, account, reason, said_at)
		VALUES ('m', 1, 'other bytes', 1, 'kim', '', '', 0)`); err != nil {
		t.Fatal(err)
	}
	if err := s.Hand(t.Context(), []int64{1}, nil, now); !fault.Is(err, fault.Denied) {
		t.Fatalf("handed over with a yes to other bytes: %v", err)
	}
}

// A question above the limit is answered by two people, and not by closing its
// task.
func TestAQuestionForTwo(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	ask := sequence.Intent{
		Kind: sequence.Task, Account: acct, Key: call.YesKey(), Yes: true, Outcomes: []string{intake.Yes, intake.No}, Text: "to the agency?",
		Role: "credit manager", Asked: ar.Balance{{Minor: 500000, Currency: "USD"}},
	}
	m := engine.Move{Case: theCase(t, s), Mode: outbox.Live, Book: "b", TwoAbove: []ar.Money{{Minor: 100000, Currency: "USD"}}}
	m.Decision.Intents = []sequence.Intent{ask}
	if conflicts, err := s.Commit(t.Context(), []engine.Move{m}); err != nil || len(conflicts) > 0 {
		t.Fatal(conflicts, err)
	}
	list, err := s.Approvals(t.Context(), acct.Source, acct.Company, outbox.Live, today)
	if err != nil || len(list) != 1 || list[0].What != ask.Text || list[0].Needs != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	ref := list[0].Ref
	if err := s.CloseTask(t.Context(), ref.ID, intake.Yes, "person:kim", now); !fault.Is(err, fault.Denied) {
		t.Fatalf("one person answered for two: %v", err)
	}
	for _, by := range []string{"kim", "lee"} {
		if _, err := s.SayYes(t.Context(), yesBy(by, ref)); err != nil {
			t.Fatal(err)
		}
	}
	facts, err := s.Facts(t.Context(), store.FactFilter{Kinds: []intake.Kind{intake.Outcome}})
	if err != nil || len(facts) != 1 || facts[0].Code != intake.Yes || !strings.Contains(facts[0].By, "kim and lee") {
		t.Fatalf("%+v, %v", facts, err)
	}
	if a, err := s.Approval(t.Context(), ref); err != nil || a.State != outbox.ApprovalGiven {
		t.Fatalf("%+v, %v", a, err)
	}
	if _, err := s.SayNo(t.Context(), yesBy("max", ref)); !fault.Is(err, fault.Conflict) {
		t.Fatalf("answered twice: %v", err)
	}
}

// The list of a day keeps whatever was on it, and an empty day is a list too.
func TestTheListOfADay(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	item := func(id int64) outbox.Approval { return outbox.Approval{Ref: outbox.Ref{Kind: outbox.RefHold, ID: id}} }
	keep := func(day ar.Day, list ...outbox.Approval) {
		t.Helper()
		if err := s.KeepApprovals(t.Context(), acct.Source, acct.Company, outbox.Live, day, list); err != nil {
			t.Fatal(err)
		}
	}
	keep(today, item(1))
	keep(today, item(2))
	keep(today + 1)
	for day, want := range map[ar.Day]int{today: 2, today + 1: 0, today + 9: 0} {
		on, list, err := s.ApprovalsOn(t.Context(), acct.Source, acct.Company, outbox.Live, day)
		if err != nil || on != min(day, today+1) || len(list) != want {
			t.Errorf("%s: the list of %s has %d, %v", day, on, len(list), err)
		}
	}
	if on, _, err := s.ApprovalsOn(t.Context(), acct.Source, acct.Company, outbox.Live, today-1); err != nil || on != 0 {
		t.Errorf("a list of %s, %v", on, err)
	}
}
