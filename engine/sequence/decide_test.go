package sequence_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

var countries = calendar.NewCountries()

// policy is a company in New York with the shipped defaults.
func policy() sequence.Policy {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	window, err := calendar.ParseWindow("Mon-Fri 09:00-16:30")
	if err != nil {
		panic(err)
	}
	return sequence.Policy{
		Zone: zone, Business: countries["US"], Countries: countries, Window: window,
		Channels: map[string]string{"email": "file"}, Roles: []string{"invoice", "ap"},
		GapCourtesy: 1, GapDunning: 3, CapWeek: 2, CapMonth: 5, DeductionPercent: 2, DeductionDays: 3,
		FloorItem:    []ar.Money{{Minor: 500, Currency: "USD"}},
		FloorAccount: []ar.Money{{Minor: 2500, Currency: "USD"}},
		HoldWritable: true, HoldAgain: 30,
	}
}

// book is the three sequences that chase an invoice from its issue to the hold.
func book(t testing.TB, p sequence.Policy) *sequence.Book {
	t.Helper()
	return bookOf(t, p, "invoicing", "past-due", "credit-hold")
}

// bookOf binds named sequences of the library, all of them where none is named.
func bookOf(t testing.TB, p sequence.Policy, names ...string) *sequence.Book {
	t.Helper()
	sequences, problems := sequence.Load(sequence.Library(), "library", steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(names) > 0 {
		sequences = slices.DeleteFunc(sequences, func(s *sequence.Sequence) bool { return !slices.Contains(names, s.Name) })
	}
	b, problems := sequence.NewBook(sequences, nil, p, steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return b
}

// invoice is an open invoice of 1,000.00 USD due on a day.
func invoice(id, due string) ar.Document {
	return ar.Document{
		ID: ar.DocumentID(id), Number: "R/" + id, Kind: ar.Invoice, Currency: "USD", Amount: 100000, Open: 100000,
		IssuedOn: ar.MustDay(due) - 30, DueOn: ar.MustDay(due),
	}
}

func caseOn(day string, docs ...ar.Document) sequence.Case {
	id := ar.AccountID{Source: "main", Company: "1", Customer: "c1"}
	for i := range docs {
		docs[i].Account = id
	}
	return sequence.Case{
		Party: ar.PartyID{Source: "main", Company: "1", Payer: "c1"}, Today: ar.MustDay(day), DataDay: ar.MustDay(day),
		Company: ar.Company{Source: "main", ID: "1", Name: "Us", BaseCurrency: "USD"}, NewHolds: 5,
		Accounts: []sequence.Account{{
			Customer:  ar.Customer{Account: id, Number: "C1", Name: "Customer One", Payer: "c1", Active: true, Address: ar.Address{Country: "US"}},
			Contacts:  []ar.Contact{{Account: id, ID: "1", Role: "invoice", Name: "Ann", Email: "Ann@example.net", Valid: true}},
			Documents: docs,
		}},
	}
}

// walk lives days from the case's own and returns one line per effect. change
// may alter the case before each day's decision.
func walk(b *sequence.Book, c sequence.Case, days int, change func(day ar.Day, c *sequence.Case)) []string {
	var log []string
	for range days {
		if change != nil {
			change(c.Today, &c)
		}
		d := b.Decide(c)
		var outcomes []sequence.Outcome
		for _, in := range d.Intents {
			var docs []string
			for _, o := range in.Occasions {
				docs = append(docs, fmt.Sprintf("%s:%s.%d", o.Subject.Document, o.Step, o.Repeat))
			}
			log = append(log, fmt.Sprintf("%s %s %s [%s] %s", c.Today, in.Kind, in.Template, strings.Join(docs, " "), in.Asked))
			outcomes = append(outcomes, sequence.Outcome{Intent: in, Done: !in.Approve, On: c.Today})
		}
		c = c.After(d, outcomes)
		c.Today++
	}
	return log
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(want):
			t.Errorf("unexpected: %s", got[i])
		case i >= len(got):
			t.Errorf("missing: %s", want[i])
		case !strings.HasPrefix(got[i], want[i]):
			t.Errorf("line %d\n got %s\nwant %s", i+1, got[i], want[i])
		}
	}
}

func TestOneInvoiceThroughBothSequences(t *testing.T) {
	b := book(t, policy())
	got := walk(b, caseOn("2026-08-20", invoice("a", "2026-08-31")), 90, nil)
	expect(t, got,
		"2026-08-31 message due-today [a:due-today.0] 1,000.00 USD", // two days before it is a Saturday: the notice lapsed
		"2026-09-03 message past-due-1 [a:reminder-1.0]",
		"2026-09-10 message past-due-2 [a:reminder-2.0]",
		"2026-09-14 task  [a:call.0]",
		"2026-09-18 message past-due-3 [a:reminder-3.0]",
		"2026-09-25 message past-due-4 [a:reminder-4.0]",
		"2026-10-02 message hold-warning [:warn-hold.0]",
		"2026-10-09 message past-due-cadence [a:cadence.0]",
		"2026-10-13 hold  [:hold.0]", // 12 October is a holiday
		"2026-10-23 message past-due-cadence [a:cadence.1]",
		"2026-11-06 message past-due-cadence [a:cadence.2]",
	)
}
