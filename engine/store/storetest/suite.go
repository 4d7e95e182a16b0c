// Package storetest is the contract of a store, as a script that any store can
// be run through.
package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// Store is all that the contract speaks of.
type Store interface {
	engine.Store
	engine.FactStore
	engine.EventStore
}

// Open makes an empty store for one test and closes it when the test ends.
type Open func(t *testing.T) Store

// Run puts a store through the whole contract.
func Run(t *testing.T, open Open) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Store)
	}{
		{"a pull comes back as cases", testRoundTrip},
		{"an abandoned pull changes nothing", testAbandoned},
		{"only what differs makes a party due", testDiffering},
		{"what a full pull does not bring is closed", testVanished},
		{"what the ERP reports gone is confirmed and closed", testGone},
		{"a flawed row stays as it was", testFlawed},
		{"the breaker refuses a broken read", testBreaker},
		{"an id that comes twice is named", testDuplicate},
		{"a document moves to another customer", testMoved},
		{"debts of a missing customer stay in sight", testOrphan},
		{"a fresh read closes and wakes", testFresh},
		{"two writers on one party conflict", testConflict},
		{"a pull between read and first commit conflicts", testFirstConflict},
		{"an occasion happens once", testOccasion},
		{"lanes do not use up each other's occasions", testLanes},
		{"a delivery goes its way", testDelivery},
		{"a refused delivery frees its occasions", testRefused},
		{"a task is given once", testTask},
		{"a fact is kept once", testFactOnce},
		{"a fact makes its party due though nothing is open", testFactWakes},
		{"facts stand until they are over", testFactsStand},
		{"the ledger ends promises, plans and disputes", testFactsEnded},
		{"an opt-out holds wherever the address is", testOptOut},
		{"an outcome closes its task in every lane", testOutcome},
		{"intake sees what is open, closed and told", testIntakeAccount},
		{"a letter's touch is found by its account", testLetterTouch},
		{"a customer's life is read from the pulls", testLife},
		{"habits are learned from contact events", testHabits},
		{"the journal of reasons tells any past day", testVerdicts},
		{"an event finds its message", testEventMatch},
		{"an event is kept once", testEventOnce},
		{"a message that came back was not sent", testEventBounce},
		{"an event settles what was uncertain", testEventProves},
		{"what is told early counts later", testEventEarly},
		{"an address finds its owners", testContactsAt},
		{"soft bounces are counted in a row", testSoftBounces},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

const (
	source = ar.Source("erp")
	seller = ar.CompanyID("1")
)

var (
	noon  = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	today = ar.MustDay("2026-11-20")
)

func account(id string) ar.AccountID {
	return ar.AccountID{Source: source, Company: seller, Customer: ar.CustomerID(id)}
}

func party(id string) ar.PartyID {
	return ar.PartyID{Source: source, Company: seller, Payer: ar.CustomerID(id)}
}

func customer(id, payer string) *ar.Customer {
	return &ar.Customer{Account: account(id), Number: "N-" + id, Name: "Customer " + id, Payer: ar.CustomerID(payer), Active: true}
}

func contact(id, mail string) *ar.Contact {
	return &ar.Contact{Account: account(id), ID: "c1", Role: "ap", Name: "Pat", Email: mail, Valid: true}
}

func invoice(of, id string, open int64) *ar.Document {
	return &ar.Document{ID: ar.DocumentID(id), Account: account(of), Number: "INV-" + id, Kind: ar.Invoice, IssuedOn: today - 40,
		DueOn: today - 10, Currency: "USD", Amount: 10000, Open: open}
}

// pull takes recs in, whole, and returns what it did.
func pull(t *testing.T, s Store, full bool, recs ...ar.Record) engine.PullReport {
	t.Helper()
	p := stage(t, s, full, recs...)
	report, err := p.Finish(t.Context(), "m1", noon, 30)
	if err != nil {
		t.Fatalf("finish: %v", err)
	}
	return report
}

func stage(t *testing.T, s Store, full bool, recs ...ar.Record) engine.Pull {
	t.Helper()
	p, err := s.BeginPull(t.Context(), source, seller, full)
	if err != nil {
		t.Fatalf("begin: %v", err)
	}
	t.Cleanup(func() { p.Abandon(context.Background()) })
	if err := p.Stage(t.Context(), recs); err != nil {
		t.Fatalf("stage: %v", err)
	}
	return p
}

func selection() engine.Selection {
	return engine.Selection{Source: source, Company: seller, Mode: outbox.Live, Today: today, Now: noon, Book: "b1"}
}

func due() engine.Selection {
	sel := selection()
	sel.Due = true
	return sel
}

// cases reads a selection whole.
func cases(t *testing.T, s Store, sel engine.Selection) []sequence.Case {
	t.Helper()
	var all []sequence.Case
	for c, err := range s.Cases(t.Context(), sel) {
		if err != nil {
			t.Fatalf("cases: %v", err)
		}
		all = append(all, c)
	}
	return all
}

func only(t *testing.T, s Store, id string) sequence.Case {
	t.Helper()
	sel := selection()
	sel.Parties = []ar.PartyID{party(id)}
	all := cases(t, s, sel)
	if len(all) != 1 {
		t.Fatalf("party %s: %d cases, want 1", id, len(all))
	}
	return all[0]
}

func payers(all []sequence.Case) []string {
	names := []string{}
	for _, c := range all {
		names = append(names, string(c.Party.Payer))
	}
	return names
}

// want compares two values and prints what differs.
func want[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// position is a running position of one document.
func position(of, doc string) sequence.Position {
	return sequence.Position{Sequence: "past-due", Hash: "h", Subject: subject(of, doc), EnteredOn: today}
}

func subject(of, doc string) sequence.Subject {
	return sequence.Subject{Kind: sequence.SubjectInvoice, Customer: ar.CustomerID(of), Document: ar.DocumentID(doc)}
}

func occasion(of, doc, step string) sequence.Occasion {
	return sequence.Occasion{Sequence: "past-due", Subject: subject(of, doc), Step: step}
}

// move is a decision that runs the case's first document and sends a message.
func move(c sequence.Case, mode outbox.Mode, occasions ...sequence.Occasion) engine.Move {
	m := engine.Move{Case: c, Mode: mode, Book: "b1", Decision: sequence.Decision{Next: today + 7}}
	m.Decision.State = c.State
	for _, o := range occasions {
		if len(c.State.Positions) == 0 {
			m.Decision.State.Positions = append(m.Decision.State.Positions, position(string(o.Subject.Customer), string(o.Subject.Document)))
		}
	}
	if len(occasions) > 0 {
		m.Deliveries = []outbox.Delivery{{
			Key: outbox.Key(fmt.Sprint(mode, occasions[0].Key())), Mode: mode, Party: c.Party, Account: c.Accounts[0].Customer.Account,
			Channel: "file", Medium: "email", Recipient: "ap@a.example", Purpose: sequence.Dunning, Sequence: "past-due",
			Step: occasions[0].Step, Template: "past-due-1", Occasions: occasions, Documents: []ar.DocumentID{"d1"}, Cover: "cover",
			Asked: ar.Balance{{Minor: 10000, Currency: "USD"}}, Day: today, SHA: "sha", Content: []byte(`{"subject":"hello"}`),
			State: outbox.Rendered, NotBefore: noon, NotAfter: noon.Add(4 * time.Hour),
		}}
	}
	return m
}

func commit(t *testing.T, s Store, moves ...engine.Move) {
	t.Helper()
	conflicts, err := s.Commit(t.Context(), moves)
	if err != nil || len(conflicts) > 0 {
		t.Fatalf("commit: conflicts %v, %v", conflicts, err)
	}
}

func refused(t *testing.T, s Store, moves ...engine.Move) {
	t.Helper()
	conflicts, err := s.Commit(t.Context(), moves)
	if err != nil || len(conflicts) != len(moves) {
		t.Fatalf("commit: conflicts %v, %v; want all %d moves refused", conflicts, err, len(moves))
	}
}

// small is a company of two parties: a with a second account, and b.
func small() []ar.Record {
	return []ar.Record{
		&ar.Company{Source: source, ID: seller, Name: "Seller Inc", BaseCurrency: "USD", TimeZone: "America/New_York"},
		customer("a", "a"), customer("a2", "a"), customer("b", "b"), customer("idle", "idle"),
		contact("a", "AP@a.example"), invoice("b", "d3", 10000), invoice("a2", "d2", 4000), invoice("a", "d1", 10000),
		&ar.Application{Account: account("a2"), ID: "x1", Receipt: "r1", Document: "d2", AppliedOn: today - 3, Amount: 6000},
		&ar.Order{Account: account("b"), ID: "o1", Currency: "USD", Amount: 500},
	}
}

// What a pull takes in comes back whole, account by account.
func testRoundTrip(t *testing.T, s Store) {
	base, limit := int64(9100), int64(500000)
	doc := invoice("a", "d1", 10000)
	doc.BaseOpen, doc.PONumber, doc.OrderNumber, doc.ShipToID = &base, "PO 7", "SO 9", "dock"
	doc.RelatedID, doc.ConsolidationNo, doc.Disputed, doc.DisputedAmount, doc.DisputeReason = "d0", "K1", true, 100, "short"
	doc.Instalment, doc.PostedOn, doc.ChangedAt = 2, today-39, noon.Add(-time.Hour)
	doc.Extra = ar.Extra{"branch": "north", "rank": int64(3), "key": true, "seen": today, "none": nil}
	who := customer("a", "a")
	who.LegalName, who.Parent, who.Currency, who.CreditLimit, who.TermsCode = "A Corp", "p", "USD", &limit, "N30"
	who.Address = ar.Address{Line1: "1 Road", Line2: "Floor 2", Postcode: "123", City: "Town", Region: "NY", Country: "US"}
	who.CashInAdvance, who.DunningBlock, who.OnHold, who.HoldVersion, who.Language = true, true, true, "v1", "en"
	who.PaymentMethod, who.DebtorKind, who.TimeZone, who.Collector, who.SalesRep, who.Segment = "wire", "business", "UTC", "kim", "lee", "key"
	who.ChangedAt, who.Extra = noon.Add(-2*time.Hour), ar.Extra{"grade": "A"}
	voided := invoice("a", "dv", 10000)
	voided.Voided = true
	recs := []ar.Record{&ar.Company{Source: source, ID: seller, Name: "Seller Inc", BaseCurrency: "USD", TimeZone: "Pacific/Auckland"}, who,
		contact("a", "ap@a.example"), doc, voided, invoice("a", "d9", 0),
		&ar.Order{Account: account("a"), ID: "o1", Currency: "USD", Amount: 500, Prepaid: true, OnHold: true},
		&ar.Freshness{Source: source, Company: seller, Name: "bank", PostedThrough: today - 1}}
	report := pull(t, s, true, recs...)
	want(t, "report", report, engine.PullReport{Customers: 1, Documents: 3, Changed: 6, Parties: 1})
	mark, at, err := s.Mark(t.Context(), source, seller)
	if err != nil || mark != "m1" || !at.Equal(noon) {
		t.Fatalf("mark %q at %v, %v", mark, at, err)
	}
	home := contact("a", "ap@a.example")
	home.Address.Country = "US" // its customer's, since it has none of its own
	c := only(t, s, "a")
	want(t, "data day is the seller's", c.DataDay, today+1)
	want(t, "company", c.Company, *recs[0].(*ar.Company))
	want(t, "accounts", c.Accounts, []sequence.Account{{Customer: *who, Contacts: []ar.Contact{*home},
		Documents: []ar.Document{*doc}, Orders: []ar.Order{*recs[6].(*ar.Order)}}})
}

// A pull that was cut leaves records, mark and cases as they were; the next
// one starts clean.
func testAbandoned(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	before := cases(t, s, selection())
	p := stage(t, s, true, invoice("a", "d1", 1))
	if err := p.Abandon(t.Context()); err != nil {
		t.Fatal(err)
	}
	stage(t, s, true, invoice("a", "d1", 2)) // cut: neither finished nor abandoned
	want(t, "cases", cases(t, s, selection()), before)
	want(t, "payers", payers(before), []string{"a", "b"})
	want(t, "receipt", before[0].Accounts[1].LastReceipts, map[ar.DocumentID]ar.Day{"d2": today - 3})
	report := pull(t, s, true, small()...)
	want(t, "same records again", report, engine.PullReport{Customers: 4, Documents: 3})
}

func testDiffering(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	for _, c := range cases(t, s, due()) {
		commit(t, s, move(c, outbox.Live))
	}
	want(t, "none due", payers(cases(t, s, due())), []string{})
	later := invoice("b", "d3", 10000)
	later.ChangedAt = noon // a stamp alone is no change
	want(t, "stamp", pull(t, s, false, later), engine.PullReport{Documents: 1})
	want(t, "none due", payers(cases(t, s, due())), []string{})
	want(t, "part payment", pull(t, s, false, invoice("b", "d3", 500)), engine.PullReport{Documents: 1, Changed: 1, Parties: 1})
	want(t, "b due", payers(cases(t, s, due())), []string{"b"})
	other := due()
	other.Book = "b2"
	want(t, "all due under another book", payers(cases(t, s, other)), []string{"a", "b"})
	other = due()
	other.Today += 7
	want(t, "all due when their day comes", payers(cases(t, s, other)), []string{"a", "b"})
	want(t, "paid", pull(t, s, false, invoice("a", "d1", 0)), engine.PullReport{Documents: 1, Changed: 1, Closed: 1, Parties: 1})
	moved := customer("a2", "b")
	want(t, "new payer", pull(t, s, false, moved), engine.PullReport{Customers: 1, Changed: 1, Parties: 2})
	want(t, "idle now", payers(cases(t, s, selection())), []string{"b"})
}

func testVanished(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	recs := slices.DeleteFunc(small(), func(r ar.Record) bool {
		d, ok := r.(*ar.Document)
		return ok && d.ID != "d1"
	})
	p := stage(t, s, true, recs...)
	gone, err := p.Vanished(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(gone)
	want(t, "vanished", gone, []ar.DocumentID{"d2", "d3"})
	if err := p.Stage(t.Context(), []ar.Record{invoice("b", "d3", 0)}); err != nil { // confirmed as paid
		t.Fatal(err)
	}
	report, err := p.Finish(t.Context(), "m2", noon, 30)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "report", report, engine.PullReport{Customers: 4, Documents: 2, Changed: 2, Closed: 2, Vanished: 1, Missed: 2, Parties: 2})
	want(t, "left", payers(cases(t, s, selection())), []string{"a"})
	want(t, "it comes back", pull(t, s, false, invoice("a2", "d2", 4000)).Changed, 1)
	want(t, "d2 is open again", len(only(t, s, "a").Accounts[1].Documents), 1)
}

// An incremental pull asks about the documents that the ERP says are gone, and
// drops applications that were taken back.
func testGone(t *testing.T, s Store) {
	paid := &ar.Application{Account: account("a"), ID: "ap1", Receipt: "r1", Document: "d1", Amount: 100}
	pull(t, s, true, append(small(), paid)...)
	gone := func(entity, id string) ar.Record {
		return &ar.Gone{Source: paid.Account.Source, Company: paid.Account.Company, Entity: entity, ID: id}
	}
	p := stage(t, s, false, gone("documents", "d2"), gone("documents", "d3"), gone("documents", "never seen"), gone("applications", "ap1"))
	ids, err := p.Vanished(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(ids)
	want(t, "to be confirmed", ids, []ar.DocumentID{"d2", "d3"})
	if err := p.Stage(t.Context(), []ar.Record{invoice("b", "d3", 7000)}); err != nil { // it is there after all
		t.Fatal(err)
	}
	report, err := p.Finish(t.Context(), "m2", noon, 30)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "report", [3]int{report.Vanished, report.Closed, report.Missed}, [3]int{1, 1, 0})
	open := map[ar.DocumentID]int64{}
	for _, c := range cases(t, s, selection()) {
		for _, a := range c.Accounts {
			for _, d := range a.Documents {
				open[d.ID] = d.Open
			}
		}
	}
	if _, there := open["d2"]; there || open["d3"] != 7000 {
		t.Errorf("open are %v", open)
	}
	again := pull(t, s, false, paid)
	want(t, "the application was dropped, and comes back", again.Changed, 1)
}

// A document whose row cannot be read any more is neither paid nor gone.
func testFlawed(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	flaw := &ar.Flaw{Account: account("b"), Entity: "documents", ID: "d3", Field: "due_on", Reason: "it is empty"}
	recs := slices.DeleteFunc(small(), func(r ar.Record) bool {
		d, ok := r.(*ar.Document)
		return ok && d.ID == "d3"
	})
	p := stage(t, s, true, append(recs, flaw)...)
	gone, err := p.Vanished(t.Context())
	if err != nil || len(gone) > 0 {
		t.Fatalf("vanished %v, %v", gone, err)
	}
	report, err := p.Finish(t.Context(), "m2", noon, 30)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "report", report, engine.PullReport{Customers: 4, Documents: 2, Flaws: 1, Parties: 1})
	b := only(t, s, "b").Accounts[0]
	want(t, "flaws", b.Flaws, []ar.Flaw{*flaw})
	want(t, "document", b.Documents, []ar.Document{*invoice("b", "d3", 10000)})
	pull(t, s, false, invoice("a", "d1", 9000))
	want(t, "flaws stay", only(t, s, "b").Accounts[0].Flaws, []ar.Flaw{*flaw})
	pull(t, s, false, invoice("b", "d3", 9000))
	want(t, "mended", len(only(t, s, "b").Accounts[0].Flaws), 0)
}

func testBreaker(t *testing.T, s Store) {
	recs := []ar.Record{customer("a", "a")}
	for i := range 30 {
		recs = append(recs, invoice("a", fmt.Sprintf("d%02d", i), 10000))
	}
	pull(t, s, true, recs...)
	p := stage(t, s, true, recs[:21]...) // 10 of 30 gone
	if _, err := p.Finish(t.Context(), "m2", noon, 30); !fault.Is(err, fault.Conflict) {
		t.Fatalf("a third vanished: %v, want a conflict", err)
	}
	want(t, "nothing changed", len(only(t, s, "a").Accounts[0].Documents), 30)
	p = stage(t, s, true, recs[:21]...)
	report, err := p.Finish(t.Context(), "m2", noon, 0)
	if err != nil || report.Vanished != 10 {
		t.Fatalf("accepted: %+v, %v", report, err)
	}
	for i := range 60 {
		recs = append(recs, invoice("a", fmt.Sprintf("e%02d", i), 10000))
	}
	p = stage(t, s, true, recs...)
	if _, err := p.Finish(t.Context(), "m3", noon, 30); !fault.Is(err, fault.Conflict) {
		t.Fatalf("more than tripled: %v, want a conflict", err)
	}
	mark, _, _ := s.Mark(t.Context(), source, seller)
	want(t, "mark", mark, ar.Mark("m2"))
}

func testDuplicate(t *testing.T, s Store) {
	for _, first := range []bool{true, false} {
		p := stage(t, s, true, append(small(), invoice("b", "d1", 1))...)
		_, err := p.Vanished(t.Context())
		if err == nil {
			_, err = p.Finish(t.Context(), "m1", noon, 0)
		}
		if !fault.Is(err, fault.Invalid) || !contains(err, "document d1") {
			t.Fatalf("first pull %v: %v, want it invalid and naming document d1", first, err)
		}
		p.Abandon(t.Context())
		if first {
			want(t, "nothing taken in", len(cases(t, s, selection())), 0)
			pull(t, s, true, small()...)
		}
	}
}

func testMoved(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	report := pull(t, s, false, invoice("b", "d1", 10000))
	want(t, "report", report, engine.PullReport{Documents: 1, Changed: 1, Parties: 2})
	want(t, "a has none", len(only(t, s, "a").Accounts[0].Documents), 0)
	want(t, "b has two", len(only(t, s, "b").Accounts[0].Documents), 2)
}

func testOrphan(t *testing.T, s Store) {
	report := pull(t, s, true, append(small(), invoice("ghost", "d7", 100))...)
	want(t, "flaws", report.Flaws, 1)
	c := only(t, s, "ghost")
	want(t, "document", len(c.Accounts[0].Documents), 1)
	want(t, "flaw", c.Accounts[0].Flaws[0].Entity, "customers")
	pull(t, s, true, append(small(), invoice("ghost", "d7", 100))...)
	want(t, "still flawed", len(only(t, s, "ghost").Accounts[0].Flaws), 1)
	pull(t, s, true, append(small(), invoice("ghost", "d7", 100), customer("ghost", "ghost"))...)
	want(t, "mended", len(only(t, s, "ghost").Accounts[0].Flaws), 0)
}

func testFresh(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	for _, c := range cases(t, s, due()) {
		commit(t, s, move(c, outbox.Live))
	}
	ids := []ar.AccountID{account("a"), account("a2"), account("b")}
	same := []ar.Record{customer("a", "a"), customer("a2", "a"), customer("b", "b"), contact("a", "AP@a.example"),
		invoice("a", "d1", 10000), invoice("a2", "d2", 4000), invoice("b", "d3", 10000)}
	if err := s.ApplyFresh(t.Context(), ids, same, noon); err != nil {
		t.Fatal(err)
	}
	want(t, "the same again wakes nobody", payers(cases(t, s, due())), []string{})
	paid := append(same[:4:4], invoice("a", "d1", 10000), invoice("a2", "d2", 3000), invoice("a2", "d8", 100))
	if err := s.ApplyFresh(t.Context(), ids, paid, noon); err != nil {
		t.Fatal(err)
	}
	want(t, "both wake", payers(cases(t, s, due())), []string{"a"}) // b has nothing left to decide
	want(t, "b is paid", len(only(t, s, "b").Accounts[0].Documents), 0)
	a2 := only(t, s, "a").Accounts[1]
	want(t, "a2", []int64{a2.Documents[0].Open, a2.Documents[1].Open}, []int64{3000, 100})
	flaw := &ar.Flaw{Account: account("a"), Entity: "documents", ID: "d1", Field: "amount", Reason: "too many decimals"}
	if err := s.ApplyFresh(t.Context(), ids[:1], []ar.Record{customer("a", "a"), flaw}, noon); err != nil {
		t.Fatal(err)
	}
	a := only(t, s, "a").Accounts[0]
	want(t, "flaw", a.Flaws, []ar.Flaw{*flaw})
	want(t, "flawed document stays", len(a.Documents), 1)
	want(t, "contact gone", len(a.Contacts), 0)
}

func testConflict(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	c := only(t, s, "a")
	commit(t, s, move(c, outbox.Live, occasion("a", "d1", "r1")))
	refused(t, s, move(c, outbox.Live, occasion("a", "d1", "r2")))
	c = only(t, s, "a")
	want(t, "state", c.State.Positions, []sequence.Position{position("a", "d1")})
	want(t, "pending", c.Pending, []sequence.Pending{{Delivery: c.Pending[0].Delivery, State: "rendered", Occasions: []sequence.Occasion{occasion("a", "d1", "r1")}, Cover: "cover"}})
	pull(t, s, false, invoice("a", "d1", 50))
	refused(t, s, move(c, outbox.Live, occasion("a", "d1", "r2")))
	commit(t, s, move(only(t, s, "a"), outbox.Live, occasion("a", "d1", "r2")))
}

func testFirstConflict(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	old := cases(t, s, due())
	pull(t, s, false, invoice("a", "d1", 50))
	refused(t, s, move(old[0], outbox.Live))
	fresh := cases(t, s, due())
	commit(t, s, move(fresh[0], outbox.Live))
	commit(t, s, move(fresh[1], outbox.Live)) // the lane was opened by its neighbour
}

func testOccasion(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	commit(t, s, move(only(t, s, "a"), outbox.Live, occasion("a", "d1", "r1")))
	refused(t, s, move(only(t, s, "a"), outbox.Live, occasion("a", "d1", "r1")))
	refused(t, s, move(only(t, s, "a"), outbox.Live, occasion("a2", "d2", "r1"), occasion("a", "d1", "r1")))
	want(t, "one delivery", len(only(t, s, "a").Pending), 1)
}

func testLanes(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	for _, mode := range []outbox.Mode{outbox.Observe, outbox.Test, outbox.Live} {
		sel := due()
		sel.Mode = mode
		c := cases(t, s, sel)[0]
		want(t, "empty lane "+string(mode), c.State, sequence.State{})
		commit(t, s, move(c, mode, occasion("a", "d1", "r1")))
	}
	for _, d := range reserve(t, s, 3) {
		settle(t, s, d, outbox.Outcome{State: outbox.Accepted})
	}
	for _, mode := range []outbox.Mode{outbox.Observe, outbox.Test, outbox.Live} {
		sel := selection()
		sel.Mode = mode
		c := cases(t, s, sel)[0]
		want(t, "one touch in "+string(mode), len(c.Touches), 1)
		want(t, "one step in "+string(mode), len(c.State.Positions[0].Done), 1)
	}
}

func contains(err error, text string) bool { return strings.Contains(err.Error(), text) }

// reserve takes the deliveries of the file channel, all that are wanted.
func reserve(t *testing.T, s Store, n int) []outbox.Delivery {
	t.Helper()
	list, err := s.Reserve(t.Context(), "file", noon, 10)
	if err != nil || len(list) != n {
		t.Fatalf("reserved %d, %v; want %d", len(list), err, n)
	}
	return list
}

// settle hands one delivery over and commits its outcome.
func settle(t *testing.T, s Store, d outbox.Delivery, o outbox.Outcome) {
	t.Helper()
	if err := s.Hand(t.Context(), []int64{d.ID}, nil, noon); err != nil {
		t.Fatalf("hand: %v", err)
	}
	o.ID, o.At, o.Day = d.ID, noon, today
	if err := s.Hand(t.Context(), nil, []outbox.Outcome{o}, noon); err != nil {
		t.Fatalf("outcome: %v", err)
	}
}

// A delivery is taken once, tried again when its time has come, and its steps
// are done when the channel took it; its touch is seen by every party that has
// the address.
func testDelivery(t *testing.T, s Store) {
	pull(t, s, true, append(small(), contact("b", "ap@A.example"))...)
	m := move(only(t, s, "a"), outbox.Live, occasion("a", "d1", "r1"))
	commit(t, s, m)
	early, err := s.Reserve(t.Context(), "file", noon.Add(-time.Second), 10)
	if err != nil || len(early) > 0 {
		t.Fatalf("before its window: %v, %v", early, err)
	}
	d := reserve(t, s, 1)[0]
	wanted := m.Deliveries[0]
	wanted.ID, wanted.State, wanted.ChangedAt = d.ID, outbox.Reserved, noon
	want(t, "delivery", d, wanted)
	reserve(t, s, 0)
	settle(t, s, d, outbox.Outcome{State: outbox.Retry, Detail: "greylisted", RetryAt: noon.Add(time.Hour)})
	reserve(t, s, 0)
	again, err := s.Reserve(t.Context(), "file", noon.Add(time.Hour), 10)
	if err != nil || len(again) != 1 || again[0].Attempts != 1 || string(again[0].Content) != string(d.Content) {
		t.Fatalf("again: %+v, %v", again, err)
	}
	if err := s.Hand(t.Context(), []int64{d.ID, d.ID}, nil, noon); !fault.Is(err, fault.Conflict) {
		t.Fatalf("handed twice: %v, want a conflict", err)
	}
	before := only(t, s, "a")
	settle(t, s, d, outbox.Outcome{State: outbox.Accepted, ProviderID: "p1"})
	settled := outbox.Outcome{ID: d.ID, State: outbox.Uncertain, At: noon}
	if err := s.Hand(t.Context(), nil, []outbox.Outcome{settled}, noon); err != nil { // a late word changes nothing
		t.Fatal(err)
	}
	refused(t, s, move(before, outbox.Live))
	c := only(t, s, "a")
	want(t, "done", c.State.Positions[0].Done, []sequence.Done{{Step: "r1", On: today, How: sequence.DoneSent}})
	want(t, "pending", len(c.Pending), 0)
	touch := sequence.Touch{Channel: "file", Medium: "email", Address: "ap@a.example", Purpose: sequence.Dunning, On: today, Party: party("a")}
	want(t, "touches of a", c.Touches, []sequence.Touch{touch})
	want(t, "touches of b", only(t, s, "b").Touches, []sequence.Touch{touch})
	refused(t, s, move(c, outbox.Live, occasion("a", "d1", "r1")))
}

func testRefused(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	for range 2 {
		commit(t, s, move(only(t, s, "a"), outbox.Live, occasion("a", "d1", "r1")))
		settle(t, s, reserve(t, s, 1)[0], outbox.Outcome{State: outbox.Refused, Detail: "no such mailbox"})
		c := only(t, s, "a")
		want(t, "not done", len(c.State.Positions[0].Done), 0)
		want(t, "due at once", slices.Contains(payers(cases(t, s, due())), "a"), true)
	}
}

func testTask(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	for range 2 {
		m := move(only(t, s, "a"), outbox.Live)
		m.Decision.State.Positions = []sequence.Position{position("a", "d1")}
		m.Decision.Intents = []sequence.Intent{{Kind: sequence.Task, Account: account("a"), Key: "call", DueOn: today + 2,
			Occasions: []sequence.Occasion{occasion("a", "d1", "call-1")}}}
		commit(t, s, m)
		want(t, "done", only(t, s, "a").State.Positions[0].Done,
			[]sequence.Done{{Step: "call-1", On: today, How: sequence.DoneTask, Until: today + 2, Task: "call"}})
	}
}
