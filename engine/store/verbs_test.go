package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/audit"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

var (
	now   = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	today = ar.MustDay("2026-11-20")
	acct  = ar.AccountID{Source: "erp", Company: "1", Customer: "c0"}
	party = ar.PartyID{Source: "erp", Company: "1", Payer: "c0"}
	call  = sequence.Occasion{Sequence: "past-due", Subject: sequence.Subject{Kind: sequence.SubjectAccount, Customer: "c0"}, Step: "s1"}
)

// ledgerOf is one customer with n open documents.
func ledgerOf(n int) []ar.Record {
	recs := []ar.Record{&ar.Company{Source: "erp", ID: "1", Name: "Seller"},
		&ar.Customer{Account: acct, Number: "100", Name: "Acme Ltd", Payer: "c0", Active: true}}
	for i := range n {
		recs = append(recs, &ar.Document{ID: ar.DocumentID(fmt.Sprintf("d%05d", i)), Account: acct, Number: fmt.Sprint(i), Kind: ar.Invoice,
			DueOn: today - 5, Currency: "USD", Amount: 100, Open: 100, PONumber: "a purchase order with a long number"})
	}
	return recs
}

func pullRecords(t *testing.T, s *store.Store, recs ...ar.Record) {
	t.Helper()
	if err := tryPull(t.Context(), s, recs); err != nil {
		t.Fatal(err)
	}
}

func theCase(t *testing.T, s *store.Store) sequence.Case {
	t.Helper()
	sel := engine.Selection{Source: "erp", Company: "1", Parties: []ar.PartyID{party}, Mode: outbox.Live, Today: today, Now: now}
	for c, err := range s.Cases(t.Context(), sel) {
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	t.Fatal("no case")
	return sequence.Case{}
}

func openDocuments(t *testing.T, s *store.Store) []ar.Document {
	return theCase(t, s).Accounts[0].Documents
}

// commitMessage commits a move with one running position and n messages, each
// of its own step.
func commitMessage(t *testing.T, s *store.Store, state outbox.State, n int) {
	t.Helper()
	m := engine.Move{Case: theCase(t, s), Mode: outbox.Live, Book: "b"}
	m.Decision.State.Positions = []sequence.Position{{Sequence: call.Sequence, Subject: call.Subject, EnteredOn: today}}
	for i := range n {
		o := call
		o.Step = fmt.Sprint("s", i+1)
		m.Deliveries = append(m.Deliveries, outbox.Delivery{Mode: outbox.Live, Party: party, Account: acct, Channel: "file", Key: outbox.Key(o.Step),
			Recipient: "ap@acme.example", Occasions: []sequence.Occasion{o}, Day: today, Content: []byte("{}"), State: state})
	}
	if conflicts, err := s.Commit(t.Context(), []engine.Move{m}); err != nil || len(conflicts) > 0 {
		t.Fatal(conflicts, err)
	}
}

func states(t *testing.T, s *store.Store) []outbox.State {
	t.Helper()
	list, err := s.Deliveries(t.Context(), store.DeliveryFilter{Source: "erp", Parties: []ar.PartyID{party}, Mode: outbox.Live})
	if err != nil {
		t.Fatal(err)
	}
	var all []outbox.State
	for _, d := range list {
		all = append(all, d.State)
	}
	return all
}

func want[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// After a crash, what was only reserved goes again, and what was handed over is
// uncertain until somebody says what became of it.
func TestRecover(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	pullRecords(t, s, ledgerOf(1)...)
	commitMessage(t, s, outbox.Rendered, 3)
	list, err := s.Reserve(t.Context(), "file", now, 2)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	if err := s.Hand(t.Context(), []int64{list[0].ID}, nil, now); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = open(t, dir)
	handed, err := s.Recover(t.Context(), now.Add(time.Minute))
	if err != nil || len(handed) != 1 || handed[0].ID != list[0].ID || string(handed[0].Content) != "{}" {
		t.Fatalf("handed %+v, %v", handed, err)
	}
	want(t, "states", states(t, s), []outbox.State{outbox.Uncertain, outbox.Rendered, outbox.Rendered})
	if again, err := s.Recover(t.Context(), now); err != nil || len(again) > 0 {
		t.Fatalf("recovering twice: %v, %v", again, err)
	}
	if err := s.Resolve(t.Context(), handed[0].ID, outbox.Refused, "person:kim", now, 0); !fault.Is(err, fault.Invalid) {
		t.Fatalf("uncertain to refused: %v", err)
	}
	if err := s.Resolve(t.Context(), handed[0].ID, outbox.Accepted, "person:kim", now, today); err != nil {
		t.Fatal(err)
	}
	if err := s.Supersede(t.Context(), []int64{list[0].ID, list[1].ID}, sequence.ReasonChanged, "paid", now); err != nil {
		t.Fatal(err)
	}
	want(t, "states", states(t, s), []outbox.State{outbox.Accepted, outbox.Superseded, outbox.Rendered})
	want(t, "done", theCase(t, s).State.Positions[0].Done, []sequence.Done{{Step: "s1", On: today, How: sequence.DoneSent}})
	n, err := audit.Verify(s.Audit(t.Context(), 1))
	if err != nil || n < 7 {
		t.Fatalf("%d sound entries, %v", n, err)
	}
}

func TestApproval(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	commitMessage(t, s, outbox.Waiting, 1)
	if list, err := s.Reserve(t.Context(), "file", now, 5); err != nil || len(list) > 0 {
		t.Fatalf("a waiting delivery was reserved: %v, %v", list, err)
	}
	if err := s.Resolve(t.Context(), 1, outbox.Rendered, "person:kim", now, 0); !fault.Is(err, fault.Invalid) {
		t.Fatalf("a waiting delivery goes on without its yes being counted: %v", err)
	}
	yes := outbox.Word{Said: outbox.Said{By: "kim", At: now}, Ref: outbox.Ref{Kind: outbox.RefMessage, ID: 1}, Day: today}
	if a, err := s.SayYes(t.Context(), yes); err != nil || a.State != outbox.ApprovalGiven {
		t.Fatalf("%+v, %v", a, err)
	}
	list, err := s.Reserve(t.Context(), "file", now, 5)
	if err != nil || len(list) != 1 {
		t.Fatalf("approved: %v, %v", list, err)
	}
	d, err := s.Delivery(t.Context(), 1)
	if err != nil || d.State != outbox.Reserved || string(d.Content) != "{}" {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := s.Delivery(t.Context(), 99); !fault.Is(err, fault.NotFound) {
		t.Fatalf("got %v", err)
	}
}

// A hold goes from plan to placed to released; each transition is kept, its
// step is done once it is placed, and only one of ours stands on an account.
func TestHold(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	m := engine.Move{Case: theCase(t, s), Mode: outbox.Live}
	m.Decision.State.Positions = []sequence.Position{{Sequence: call.Sequence, Subject: call.Subject, EnteredOn: today}}
	m.Decision.Intents = []sequence.Intent{{Kind: sequence.Hold, Account: acct, Occasions: []sequence.Occasion{call}, Reason: sequence.ReasonDue}}
	if conflicts, err := s.Commit(t.Context(), []engine.Move{m}); err != nil || len(conflicts) > 0 {
		t.Fatal(conflicts, err)
	}
	entry := theCase(t, s).Holds[0]
	want(t, "planned", entry.State, ar.EntryPlanned)
	want(t, "proposer", entry.Proposer, call.Key())
	want(t, "not done yet", len(theCase(t, s).State.Positions[0].Done), 0)
	second := store.HoldWrite{Entry: ar.HoldEntry{Account: acct, State: ar.EntryPlanned}, Mode: outbox.Live, By: "person:kim", At: now}
	if _, err := s.PutHold(t.Context(), second); !fault.Is(err, fault.Conflict) {
		t.Fatalf("a second live hold: %v, want a conflict", err)
	}
	entry.State, entry.Previous = ar.EntryPlacing, ar.HoldState{Held: ar.Valued, Value: "500.00", Version: "7"}
	put := store.HoldWrite{Entry: entry, Was: ar.EntryPlanned, By: "cycle", Day: today, At: now}
	if _, err := s.PutHold(t.Context(), put); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutHold(t.Context(), put); !fault.Is(err, fault.Conflict) {
		t.Fatalf("planned no more: %v, want a conflict", err)
	}
	put.Was, put.Entry.State, put.Entry.PlacedOn, put.Entry.Level = ar.EntryPlacing, ar.EntryPlaced, today, ar.HoldStopsOrders
	put.Entry.Written = ar.HoldState{Held: ar.Null}
	if _, err := s.PutHold(t.Context(), put); err != nil {
		t.Fatal(err)
	}
	want(t, "done", theCase(t, s).State.Positions[0].Done, []sequence.Done{{Step: "s1", On: today, How: sequence.DoneHold}})
	m = engine.Move{Case: theCase(t, s), Mode: outbox.Live}
	m.Decision.State = m.Case.State
	m.Decision.Intents = []sequence.Intent{{Kind: sequence.Release, Account: acct, Entry: entry.ID, Reason: sequence.ReasonCause}}
	if conflicts, err := s.Commit(t.Context(), []engine.Move{m}); err != nil || len(conflicts) > 0 {
		t.Fatal(conflicts, err)
	}
	live, err := s.Holds(t.Context(), store.HoldFilter{Accounts: []ar.AccountID{acct}, Mode: outbox.Live, Live: true})
	if err != nil || len(live) != 1 {
		t.Fatal(live, err)
	}
	wanted := put.Entry
	wanted.State = ar.EntryReleasing
	want(t, "releasing", live[0], wanted)
	wanted.State, wanted.ReleasedOn = ar.EntryReleased, today
	if _, err := s.PutHold(t.Context(), store.HoldWrite{Entry: wanted, By: "cycle", Day: today, At: now}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutHold(t.Context(), second); err != nil {
		t.Fatalf("a hold after the release: %v", err)
	}
	var events int
	if err := s.DB().QueryRow(`SELECT COUNT(*) FROM hold_event WHERE hold_id = ?`, entry.ID).Scan(&events); err != nil || events != 5 {
		t.Fatalf("%d transitions, %v; want 5", events, err)
	}
	want(t, "both shown", len(theCase(t, s).Holds), 2)
}

func TestSettings(t *testing.T) {
	s := open(t, t.TempDir())
	ctx := t.Context()
	if _, _, stopped, err := s.Stopped(ctx); stopped || err != nil {
		t.Fatal(stopped, err)
	}
	if err := s.Stop(ctx, "bank is closed", "person:kim", now); err != nil {
		t.Fatal(err)
	}
	reason, since, stopped, err := s.Stopped(ctx)
	if err != nil || !stopped || reason != "bank is closed" || !since.Equal(now) {
		t.Fatal(reason, since, stopped, err)
	}
	if err := s.Resume(ctx, "person:kim", now); err != nil {
		t.Fatal(err)
	}
	if _, _, stopped, _ := s.Stopped(ctx); stopped {
		t.Fatal("still stopped")
	}
	if err := s.SetIdentity(ctx, "erp", "db-1", "person:kim", now); err != nil {
		t.Fatal(err)
	}
	id, _ := s.Identity(ctx, "erp")
	want(t, "identity", id, "db-1")
	other, _ := s.Identity(ctx, "other")
	want(t, "no identity", other, "")
	var kinds []string
	for e, err := range s.Audit(ctx, 2) {
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, e.Kind+" by "+e.Actor)
	}
	want(t, "audit", kinds, []string{"resume by person:kim", "identity.set by person:kim"})
}

// The later word counts, the ERP's or a person's.
func TestCash(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, append(ledgerOf(1), &ar.Freshness{Name: "bank", PostedThrough: today - 3}, &ar.Freshness{Name: "lockbox", PostedThrough: today - 1})...)
	for _, name := range []string{"bank", "lockbox", "till"} {
		if err := s.SetCash(t.Context(), ar.Freshness{Source: "erp", Company: "1", Name: name, PostedThrough: today - 2}, "person:kim", now); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Cash(t.Context(), "erp", "1")
	if err != nil {
		t.Fatal(err)
	}
	var days []ar.Day
	for _, f := range got {
		days = append(days, f.PostedThrough)
	}
	want(t, "bank, lockbox, till", days, []ar.Day{today - 2, today - 1, today - 2})
}

func TestTasksAndRuns(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	m := engine.Move{Case: theCase(t, s), Mode: outbox.Live}
	m.Decision.Intents = []sequence.Intent{{Kind: sequence.Task, Account: acct, Key: "k", Script: "call", Role: "collector",
		Reason: sequence.ReasonDue, Detail: "d", DueOn: today + 1, Lines: []sequence.Line{{Document: ar.Document{ID: "d00000"}}}}}
	if _, err := s.Commit(t.Context(), []engine.Move{m}); err != nil {
		t.Fatal(err)
	}
	tasks, err := s.Tasks(t.Context(), store.TaskFilter{Open: true, Company: "1", Mode: outbox.Live})
	if err != nil || len(tasks) != 1 {
		t.Fatal(tasks, err)
	}
	want(t, "task", tasks[0], store.Task{ID: 1, Key: "k", Mode: outbox.Live, Party: party, Account: acct, Script: "call", Role: "collector",
		Reason: sequence.ReasonDue, Detail: "d", Documents: []ar.DocumentID{"d00000"}, DueOn: today + 1, OpenedOn: today})
	if err := s.CloseTask(t.Context(), 1, "reached", "person:kim", now); err != nil {
		t.Fatal(err)
	}
	if err := s.CloseTask(t.Context(), 1, "again", "person:kim", now); !fault.Is(err, fault.Conflict) {
		t.Fatalf("closed twice: %v", err)
	}
	tasks, _ = s.Tasks(t.Context(), store.TaskFilter{Open: true})
	want(t, "none open", len(tasks), 0)
}

// Adoption is whole or not at all.
func TestAdopt(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	position := sequence.Position{Sequence: "past-due", Subject: call.Subject, EnteredOn: today, NotBefore: today + 2}
	a := store.Adoption{Party: party, Version: theCase(t, s).Version, Positions: []sequence.Position{position}}
	if err := s.Adopt(t.Context(), outbox.Live, []store.Adoption{a}, "person:kim", now); err != nil {
		t.Fatal(err)
	}
	want(t, "adopted", theCase(t, s).State.Positions, []sequence.Position{position})
	if err := s.Adopt(t.Context(), outbox.Live, []store.Adoption{a}, "person:kim", now); !fault.Is(err, fault.Conflict) {
		t.Fatalf("adopted on an old case: %v, want a conflict", err)
	}
}

// The ledger has what is open or closed lately, and what touches it.
func TestLedger(t *testing.T) {
	s := open(t, t.TempDir())
	other := ar.AccountID{Source: "erp", Company: "1", Customer: "c1"}
	doc := func(of ar.AccountID, id string, open int64, closed ar.Day) *ar.Document {
		return &ar.Document{ID: ar.DocumentID(id), Account: of, Kind: ar.Invoice, Currency: "USD", Amount: 100, Open: open, ClosedOn: closed}
	}
	pullRecords(t, s,
		&ar.Customer{Account: acct, Number: "200", Name: "Acme Ltd", Payer: "c0"},
		&ar.Customer{Account: other, Number: "100", Name: "ACME LTD", Payer: "c1"},
		doc(acct, "open", 40, 0), doc(acct, "late", 0, today-2), doc(acct, "old", 0, today-90), doc(acct, "undated", 0, 0), doc(other, "cash", -10, 0),
		&ar.Application{Account: acct, ID: "1", Receipt: "cash", Document: "open", AppliedOn: today, Amount: 60},
		&ar.Application{Account: acct, ID: "2", Receipt: "gone", Document: "old", AppliedOn: today - 90, Amount: 100})
	var got []string
	for l, err := range s.Ledger(t.Context(), "erp", "1", today-30) {
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range l.Documents {
			got = append(got, l.Customer.Number+" "+string(d.ID)+" "+d.ClosedOn.String())
		}
		for _, a := range l.Applications {
			got = append(got, l.Customer.Number+" applied "+a.ID)
		}
	}
	want(t, "ledger", got, []string{"100 cash ", "100 applied 1", "200 late 2026-11-18", "200 open ", "200 undated 2026-11-20", "200 applied 1"})
	for text, ids := range map[string][]ar.CustomerID{"c1": {"c1"}, "200": {"c0"}, "acme ltd": {"c0", "c1"}, "nobody": nil} {
		found, err := s.FindCustomer(t.Context(), text, "")
		if err != nil {
			t.Fatal(err)
		}
		var who []ar.CustomerID
		for _, c := range found {
			who = append(who, c.Account.Customer)
		}
		want(t, "find "+text, who, ids)
	}
	var numbers []string
	for c, err := range s.Customers(t.Context(), "erp", "1") {
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, c.Number)
	}
	want(t, "customers", numbers, []string{"100", "200"})
}

// Couriers that reserve at once share the deliveries out.
func TestReserveAtOnce(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(1)...)
	commitMessage(t, s, outbox.Rendered, 40)
	var mu sync.Mutex
	var wg sync.WaitGroup
	taken := map[int64]int{}
	for range 4 {
		wg.Go(func() {
			for range 5 {
				list, err := s.Reserve(t.Context(), "file", now, 3)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				for _, d := range list {
					taken[d.ID]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(taken) != 40 {
		t.Errorf("%d deliveries were taken, want 40", len(taken))
	}
	for id, n := range taken {
		if n != 1 {
			t.Errorf("delivery %d was taken %d times", id, n)
		}
	}
}

// Volume counts what is ready and what left, by the day it was decided for.
func TestVolume(t *testing.T) {
	s := open(t, t.TempDir())
	v, err := s.Volume(t.Context(), "erp", "1", outbox.Live, today)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "of an empty state", v, store.Volume{})
}
