package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// told is a fact of a customer, told today.
func told(of string, kind intake.Kind) intake.Fact {
	return intake.Fact{Kind: kind, Account: account(of), By: "kim", On: today, At: noon}
}

// tell keeps a fact.
func tell(t *testing.T, s Store, f intake.Fact) intake.Fact {
	t.Helper()
	kept, err := s.AddFact(t.Context(), f)
	if err != nil {
		t.Fatalf("tell a %s: %v", f.Kind, err)
	}
	return kept
}

// refuses tells a fact that must be refused for a reason of a kind.
func refuses(t *testing.T, s Store, f intake.Fact, kind fault.Kind) {
	t.Helper()
	if _, err := s.AddFact(t.Context(), f); !fault.Is(err, kind) {
		t.Fatalf("tell a %s: %v, want %s", f.Kind, err, kind)
	}
}

// on reads one party's case on a day.
func on(t *testing.T, s Store, id string, day ar.Day) sequence.Case {
	t.Helper()
	sel := selection()
	sel.Parties, sel.Today, sel.Now = []ar.PartyID{party(id)}, day, noon.AddDate(0, 0, int(day-today))
	return cases(t, s, sel)[0]
}

// facts lists the ids of a case's facts.
func facts(c sequence.Case) []int64 {
	ids := []int64{}
	for _, f := range c.Facts {
		ids = append(ids, f.ID)
	}
	return ids
}

func testFactOnce(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	f := told("a2", intake.Promise)
	f.Key, f.Day = "mail-7", today+7
	f.Documents = []intake.Covered{{Document: "d2", Number: "INV-d2", Currency: "USD", Open: 4000}}
	f.Amount = ar.Balance{{Minor: 4000, Currency: "USD"}}
	first := tell(t, s, f)
	f.Day = today + 20
	want(t, "told again under its key", tell(t, s, f), first)
	f.Key = ""
	if other := tell(t, s, f); other.ID <= first.ID {
		t.Fatalf("another fact has id %d, after %d", other.ID, first.ID)
	}
	want(t, "in the case of the payer", only(t, s, "a").Facts[0], first)
	list, err := s.Facts(t.Context(), engine.FactFilter{Source: source, Company: seller, Customer: "a2", Kinds: []intake.Kind{intake.Promise}})
	if err != nil || len(list) != 2 {
		t.Fatalf("facts of a2: %v, %v", list, err)
	}
	want(t, "as it was told", list[0], first)
	refuses(t, s, told("nobody", intake.Note), fault.NotFound)
	stranger := told("a", intake.Note)
	stranger.Account.Company = "2"
	refuses(t, s, stranger, fault.NotFound)
}

// A party at rest is decided when something is told, and then rests again. One
// that is being decided conflicts.
func testFactWakes(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	before := only(t, s, "idle")
	tell(t, s, told("idle", intake.Consent))
	refused(t, s, move(before, outbox.Live)) // the lane was not open yet
	for _, c := range cases(t, s, due()) {
		commit(t, s, move(c, outbox.Live))
	}
	want(t, "all at rest", payers(cases(t, s, due())), []string{})
	read := only(t, s, "idle")
	tell(t, s, told("idle", intake.DoNotContact))
	want(t, "due", payers(cases(t, s, due())), []string{"idle"})
	refused(t, s, move(read, outbox.Live))
	commit(t, s, move(only(t, s, "idle"), outbox.Live))
	later := due()
	later.Book = "b2"
	want(t, "idle rests", slices.Contains(payers(cases(t, s, later)), "idle"), false)
	tell(t, s, told("idle", intake.Reply))
	commit(t, s, move(only(t, s, "idle"), outbox.Live))
	want(t, "a reply keeps it awake", slices.Contains(payers(cases(t, s, later)), "idle"), true)
}

func testFactsStand(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	pause := told("a", intake.Pause)
	pause.Day = today + 10
	pause = tell(t, s, pause)
	note := tell(t, s, told("a", intake.Note))
	reply := tell(t, s, told("a2", intake.Reply))
	want(t, "the day before", facts(on(t, s, "a", today-1)), []int64{})
	want(t, "today, in the order of telling", facts(on(t, s, "a", today)), []int64{pause.ID, note.ID, reply.ID})
	want(t, "long after the pause", facts(on(t, s, "a", today+11+60)), []int64{reply.ID})
	answered := told("a2", intake.End)
	answered.Ref, answered.Code, answered.On = reply.ID, intake.Answered, today+2
	end := tell(t, s, answered)
	want(t, "with its end", facts(on(t, s, "a", today+3)), []int64{pause.ID, note.ID, reply.ID, end.ID})
	want(t, "before its end", facts(on(t, s, "a", today+1)), []int64{pause.ID, note.ID, reply.ID})
	want(t, "both go together", facts(on(t, s, "a", today+2+60)), []int64{pause.ID})
	refuses(t, s, answered, fault.Conflict)
	answered.Ref = 999
	refuses(t, s, answered, fault.NotFound)
	answered.Ref, answered.Account = pause.ID, account("b")
	refuses(t, s, answered, fault.NotFound)
	standing, err := s.Facts(t.Context(), engine.FactFilter{Customer: "a", Standing: today + 1})
	if err != nil || len(standing) != 1 || standing[0].ID != pause.ID {
		t.Fatalf("standing: %v, %v", standing, err)
	}
	older := told("b", intake.Preference)
	older.Code, older.Value = intake.PaysOn, "Thu"
	older = tell(t, s, older)
	newer := told("b", intake.Preference)
	newer.Code, newer.Value, newer.On = intake.PaysOn, "Fri", today+5
	newer = tell(t, s, newer)
	want(t, "the older preference", facts(on(t, s, "b", today+4)), []int64{older.ID})
	want(t, "the newer one", facts(on(t, s, "b", today+5)), []int64{newer.ID})
}

// commitTold commits a decision that saw in the ledger what became of facts.
func commitTold(t *testing.T, s Store, c sequence.Case, news ...sequence.Told) {
	t.Helper()
	m := move(c, outbox.Live)
	m.Decision.State.Told = append(slices.Clone(c.State.Told), news...)
	commit(t, s, m)
}

func testFactsEnded(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	promise := tell(t, s, told("a", intake.Promise))
	plan := told("a", intake.Plan)
	half := ar.Money{Minor: 5000, Currency: "USD"}
	plan.Parts = []intake.Part{{Day: today + 1, Amount: half}, {Day: today + 2, Amount: half}}
	plan = tell(t, s, plan)
	dispute := tell(t, s, told("a", intake.Dispute))
	granted := told("a", intake.End)
	granted.Ref, granted.Code = dispute.ID, intake.Granted
	grant := tell(t, s, granted)
	refuses(t, s, granted, fault.Conflict)
	standing := func() []int64 {
		list, err := s.Facts(t.Context(), engine.FactFilter{Customer: "a", Standing: today})
		if err != nil {
			t.Fatal(err)
		}
		return facts(sequence.Case{Facts: list})
	}
	commitTold(t, s, only(t, s, "a"), sequence.Told{Fact: plan.ID, As: sequence.ToldKept, On: today},
		sequence.Told{Fact: dispute.ID, As: sequence.ToldWaiting, On: today})
	want(t, "a first part kept, a dispute granted", standing(), []int64{promise.ID, plan.ID, dispute.ID, grant.ID})
	commitTold(t, s, only(t, s, "a"), sequence.Told{Fact: promise.ID, As: sequence.ToldBroken, On: today})
	want(t, "the promise broken", standing(), []int64{plan.ID, dispute.ID, grant.ID})
	commitTold(t, s, only(t, s, "a"), sequence.Told{Fact: plan.ID, Part: 1, As: sequence.ToldKept, On: today})
	want(t, "the plan kept", standing(), []int64{dispute.ID, grant.ID})
	rejected := told("a", intake.End)
	rejected.Ref, rejected.Code, rejected.On = dispute.ID, intake.Rejected, today
	last := tell(t, s, rejected)
	want(t, "granted, then rejected after all", standing(), []int64{})
	want(t, "the last word counts", facts(only(t, s, "a")), []int64{promise.ID, plan.ID, dispute.ID, last.ID})
}

func testOptOut(t *testing.T, s Store) {
	shared := contact("b", " Ap@A.example ")
	pull(t, s, true, append(small(), shared, customer("c", "c"), invoice("c", "d9", 5000))...)
	stop := told("a", intake.DoNotContact)
	stop.Address = "ap@a.example"
	stop = tell(t, s, stop)
	want(t, "its own account, once", facts(only(t, s, "a")), []int64{stop.ID})
	want(t, "another with that address", only(t, s, "b").Facts, []intake.Fact{stop})
	want(t, "one without", facts(only(t, s, "c")), []int64{})
	end := told("a", intake.End)
	end.Ref, end.Code, end.On = stop.ID, intake.Withdrawn, today+1
	tell(t, s, end)
	want(t, "while it stands", facts(on(t, s, "b", today)), []int64{stop.ID})
	want(t, "when it is withdrawn", facts(on(t, s, "b", today+1)), []int64{})
}

// task commits a task in a lane.
func task(t *testing.T, s Store, mode outbox.Mode, key string) {
	t.Helper()
	sel := selection()
	sel.Mode, sel.Parties = mode, []ar.PartyID{party("a")}
	m := move(cases(t, s, sel)[0], mode)
	m.Decision.Intents = []sequence.Intent{{Kind: sequence.Task, Account: account("a"), Key: key, DueOn: today + 2}}
	commit(t, s, m)
}

func testOutcome(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	task(t, s, outbox.Live, "call")
	task(t, s, outbox.Observe, "call")
	f := intake.Fact{Kind: intake.Outcome, Task: "call", Code: intake.Reached, By: "kim", On: today, At: noon, Key: "row-1"}
	refuses(t, s, intake.Fact{Kind: intake.Outcome, Task: "other", Code: intake.Reached, By: "kim", On: today, At: noon}, fault.NotFound)
	kept := tell(t, s, f)
	want(t, "its account", kept.Account, account("a"))
	want(t, "in the case", only(t, s, "a").Facts, []intake.Fact{kept})
	want(t, "told again", tell(t, s, f), kept)
	f.Key = "row-2"
	refuses(t, s, f, fault.Conflict)
}

func testIntakeAccount(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	pull(t, s, false, invoice("a", "d8", 0))
	promise := tell(t, s, told("a", intake.Promise))
	broken := tell(t, s, told("a", intake.Promise))
	commitTold(t, s, only(t, s, "a"), sequence.Told{Fact: broken.ID, As: sequence.ToldBroken, On: today})
	reply := tell(t, s, told("a", intake.Reply))
	gone := tell(t, s, told("a", intake.Reply))
	end := told("a", intake.End)
	end.Ref, end.Code = gone.ID, intake.Answered
	tell(t, s, end)
	tell(t, s, told("a", intake.Note))
	a, err := s.IntakeAccount(t.Context(), account("a"))
	if err != nil {
		t.Fatal(err)
	}
	want(t, "account", a, intake.Account{Customer: *customer("a", "a"), Documents: []ar.Document{*invoice("a", "d1", 10000)},
		Closed: []intake.Closed{{ID: "d8", Number: "INV-d8", On: today}}, Facts: []intake.Fact{promise, reply}, Base: "USD"})
	if _, err := s.IntakeAccount(t.Context(), account("nobody")); !fault.Is(err, fault.NotFound) {
		t.Fatalf("nobody: %v", err)
	}
}

func testLetterTouch(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	m := move(only(t, s, "a"), outbox.Live, occasion("a2", "d2", "final"))
	m.Deliveries[0].Medium, m.Deliveries[0].Account, m.Deliveries[0].Recipient = sequence.MediumLetter, account("a2"), "1 Road, Town"
	commit(t, s, m)
	settle(t, s, reserve(t, s, 1)[0], outbox.Outcome{State: outbox.Accepted})
	want(t, "touch", only(t, s, "a").Touches, []sequence.Touch{{Channel: "file", Medium: "letter",
		Address: sequence.PostalAddress(account("a2")), Purpose: sequence.Dunning, On: today, Party: party("a")}})
}

// application is money against a document on a day.
func application(id, doc, receipt string, day ar.Day) *ar.Application {
	return &ar.Application{Account: account("a"), ID: id, Receipt: ar.DocumentID(receipt), Document: ar.DocumentID(doc), AppliedOn: day, Amount: 100}
}

// life reads since when account a is known, and when it paid.
func life(t *testing.T, s Store) [3]ar.Day {
	t.Helper()
	a := only(t, s, "a").Accounts[0]
	return [3]ar.Day{a.SeenOn, a.FirstPaidOn, a.LastPaidOn}
}

func testLife(t *testing.T, s Store) {
	credit := invoice("a", "cm", -500)
	credit.Kind = ar.CreditMemo
	old := []ar.Record{application("x3", "d1", "r1", today-9), application("x4", "d1", "cm", today-30)}
	pull(t, s, true, append(append(small(), credit), old...)...)
	want(t, "of the first read; a credit is no receipt", life(t, s), [3]ar.Day{0, today - 9, today - 9})
	pull(t, s, false, application("x5", "d1", "r2", today-2), application("x6", "d1", "r3", today-20))
	want(t, "earlier and later receipts", life(t, s), [3]ar.Day{0, today - 20, today - 2})
	reversed := application("x5", "d1", "r2", today-2)
	reversed.Reversed = true
	pull(t, s, false, reversed)
	want(t, "a receipt reversed", life(t, s), [3]ar.Day{0, today - 20, today - 9})
	pull(t, s, true, append(append(small(), credit), old...)...)
	want(t, "receipts that vanished", life(t, s), [3]ar.Day{0, today - 9, today - 9})
	pull(t, s, false, customer("new", "new"))
	fresh := []ar.Record{customer("fresh", "fresh")}
	if err := s.ApplyFresh(t.Context(), []ar.AccountID{account("fresh")}, fresh, noon.Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	want(t, "a customer that came later", only(t, s, "new").Accounts[0].SeenOn, today)
	want(t, "one that a fresh read brought", only(t, s, "fresh").Accounts[0].SeenOn, today+1)
	names := func(day ar.Day) []string {
		sel := selection()
		sel.Today = day
		return payers(cases(t, s, sel))
	}
	want(t, "looked at while they are new", names(today+119), []string{"a", "b", "fresh", "new"})
	want(t, "and not for ever", names(today+121), []string{"a", "b"})
	for _, c := range cases(t, s, due()) {
		commit(t, s, move(c, outbox.Live))
	}
	later := due()
	later.Today, later.Book = today+30, "b2"
	want(t, "still in a lane that is open", payers(cases(t, s, later)), []string{"a", "b", "fresh", "new"})
}

func testHabits(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	event := func(medium string, hour int, ago time.Duration) {
		t.Helper()
		e := engine.ContactEvent{Address: "ap@a.example", Medium: medium, Kind: engine.ContactOpened, At: noon.Add(-ago), Hour: hour}
		if err := s.AddContactEvent(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	const day = 24 * time.Hour
	for range 9 {
		event("email", 9, 181*day) // forgotten
	}
	event("email", 7, day)
	event("email", 10, 2*day)
	event("email", 10, 3*day)
	event("sms", 15, day)
	event("sms", 15, day)
	event("email", 9, -day) // not yet
	want(t, "of the party with the address", only(t, s, "a").Habits,
		[]sequence.Habit{{Address: "ap@a.example", Medium: "email", Hour: 10, Events: 3}})
	want(t, "of another", len(only(t, s, "b").Habits), 0)
	if err := s.AddContactEvent(t.Context(), engine.ContactEvent{Address: "x", Hour: 24}); !fault.Is(err, fault.Invalid) {
		t.Fatalf("hour 24: %v", err)
	}
	pull(t, s, false, &ar.Contact{Account: account("b"), ID: "c1", Phone: "+1 212 555 0100", Valid: true})
	called := told("b", intake.Outcome)
	called.Code, called.Channel, called.Address = intake.Promised, intake.LiveVoice, "+12125550100"
	tell(t, s, called)
	called.Code = intake.NoAnswer
	tell(t, s, called)
	want(t, "a call, by the company's clock", only(t, s, "b").Habits,
		[]sequence.Habit{{Address: "+12125550100", Medium: "voice", Hour: 7, Events: 1}})
}

func testVerdicts(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	verdict := func(doc string, why sequence.Reason) sequence.Verdict {
		return sequence.Verdict{Subject: subject("a", doc), Sequence: "past-due", Step: "r1", Reason: why}
	}
	account := sequence.Verdict{Subject: sequence.Subject{Kind: sequence.SubjectAccount, Customer: "a"}, Reason: sequence.ReasonNoSequence}
	decide := func(day ar.Day, verdicts ...sequence.Verdict) {
		t.Helper()
		m := move(on(t, s, "a", day), outbox.Live)
		m.Decision.State.Verdicts = verdicts
		commit(t, s, m)
	}
	at := func(day ar.Day) string {
		t.Helper()
		list, since, err := s.VerdictsAt(t.Context(), source, seller, outbox.Live, "a", day)
		if err != nil {
			t.Fatal(err)
		}
		text := since.String()
		for _, v := range list {
			text += fmt.Sprintf(" %s=%s", v.Subject, v.Reason)
		}
		return text
	}
	decide(today, verdict("d1", sequence.ReasonNotYet), verdict("d2", sequence.ReasonNotYet))
	decide(today+1, verdict("d2", sequence.ReasonNotYet), verdict("d1", sequence.ReasonNotYet)) // the same in another order
	decide(today+2, verdict("d1", sequence.ReasonGap), verdict("d2", sequence.ReasonNotYet))
	decide(today+2, verdict("d1", sequence.ReasonDue), verdict("d2", sequence.ReasonNotYet))
	decide(today+5, verdict("d2", sequence.ReasonDisputed), account)
	want(t, "before the first", at(today-1), "")
	first := today.String() + " invoice:a/d1=not_yet invoice:a/d2=not_yet"
	want(t, "the first day", at(today), first)
	want(t, "a day without a change", at(today+1), first)
	want(t, "the last word of a day", at(today+3), (today+2).String()+" invoice:a/d1=due invoice:a/d2=not_yet")
	want(t, "one gone, one new", at(today+9), (today+5).String()+" account:a=no_sequence invoice:a/d2=disputed")
	other, _, err := s.VerdictsAt(t.Context(), source, seller, outbox.Observe, "a", today+9)
	if err != nil || len(other) > 0 {
		t.Fatalf("another lane: %v, %v", other, err)
	}
}
