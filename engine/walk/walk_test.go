package walk_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
	"holdfast/engine/walk"
)

var first = ar.MustDay("2026-03-02") // a Monday

func id(customer string) ar.AccountID {
	return ar.AccountID{Source: "main", Company: "1", Customer: ar.CustomerID(customer)}
}

// history is n customers with one invoice each, due on the day before first.
func history(n int) walk.History {
	h := walk.History{Company: ar.Company{Source: "main", ID: "1", BaseCurrency: "USD"}, SeenOn: map[ar.AccountID]ar.Day{}}
	for i := range n {
		account := id(fmt.Sprintf("C%03d", i))
		h.Customers = append(h.Customers, ar.Customer{Account: account, Number: string(account.Customer), Payer: account.Customer, Active: true})
		h.Contacts = append(h.Contacts, ar.Contact{Account: account, Email: fmt.Sprintf("ap@c%d.example", i), Valid: true})
		h.Documents = append(h.Documents, ar.Document{
			ID: ar.DocumentID(fmt.Sprintf("D%03d", i)), Account: account, Kind: ar.Invoice, IssuedOn: first - 31, DueOn: first - 1, Currency: "USD", Amount: 90_000,
		})
	}
	return h
}

func book(t *testing.T) *sequence.Book {
	t.Helper()
	all, problems := sequence.Load(sequence.Library(), "shipped", steps.All())
	window, err := calendar.ParseWindow("Mon-Fri 09:00-16:30")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	var some []*sequence.Sequence
	for _, s := range all {
		if s.Name == "past-due" || s.Name == "credit-hold" {
			some = append(some, s)
		}
	}
	b, problems := sequence.NewBook(some, nil, sequence.Policy{
		Zone: time.UTC, Business: &calendar.Country{}, Window: window, Channels: map[string]string{"email": "box", "letter": "box"},
		GapCourtesy: 1, GapDunning: 3, CapWeek: 2, CapMonth: 5, HoldWritable: true,
	}, steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return b
}

// lived returns what some days of a walk bring, a line an effect.
func lived(t *testing.T, w *walk.Walker, days int) []string {
	t.Helper()
	var lines []string
	for n := range days {
		err := w.Day(t.Context(), first+ar.Day(n), func(e *walk.Touch) error {
			lines = append(lines, fmt.Sprintf("%s %s %s %s", e.Day, e.Kind, e.Account.Customer, e.Step))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return lines
}

func TestOneProcessorLivesTheSameAsMany(t *testing.T) {
	h := history(600)
	for i := range h.Contacts {
		h.Contacts[i].Email = fmt.Sprintf("ap@c%d.example", i/3) // each mailbox is that of three parties
	}
	options := walk.Options{NewHoldsPerDay: 3}
	many := lived(t, walk.New(book(t), h, options), 70)
	was := runtime.GOMAXPROCS(1)
	one := lived(t, walk.New(book(t), h, options), 70)
	runtime.GOMAXPROCS(was)
	if strings.Join(one, "\n") != strings.Join(many, "\n") {
		t.Error("one processor lives another history than many")
	}
	holds := map[string]int{}
	for _, l := range many {
		if day, rest, _ := strings.Cut(l, " "); strings.HasPrefix(rest, "hold ") {
			holds[day]++
		}
	}
	for day, n := range holds {
		if n > 3 {
			t.Errorf("%d new holds on %s, and 3 are allowed", n, day)
		}
	}
	if len(holds) == 0 {
		t.Error("nothing was held: the test shows little")
	}
}

func TestAnAddressOfTwoPartiesGetsOneMessageADay(t *testing.T) {
	h := history(2)
	h.Contacts[1].Email = h.Contacts[0].Email
	got := lived(t, walk.New(book(t), h, walk.Options{}), 8)
	want := []string{"2026-03-04 message C000 reminder-1", "2026-03-09 message C001 reminder-1"} // after the gap, on a Monday
	if !slices.Equal(got, want) {
		t.Errorf("the days bring %q, want %q", got, want)
	}
}

// open lists what is open on the first customer after a day.
func open(t *testing.T, l *walk.Ledger, day ar.Day) string {
	t.Helper()
	l.To(day)
	c, ok := l.Case(id("C000"))
	if !ok {
		return "nobody"
	}
	var parts []string
	for _, d := range c.Accounts[0].Documents {
		parts = append(parts, fmt.Sprintf("%s %d", d.ID, d.Open))
	}
	return strings.Join(parts, ", ")
}

func TestALedgerStandsAsItStoodOnEachDay(t *testing.T) {
	h := history(1)
	h.Documents = append(h.Documents, ar.Document{ID: "R", Account: id("C000"), Kind: ar.Receipt, IssuedOn: first, Currency: "USD", Amount: -90_000})
	h.Applications = []ar.Application{
		{Account: id("C000"), ID: "1", Receipt: "R", Document: "D000", AppliedOn: first + 2, Amount: 30_000},
		{Account: id("C000"), ID: "2", Receipt: "R", Document: "D000", AppliedOn: first + 3, Amount: 60_000},
		{Account: id("C000"), ID: "3", Receipt: "R", Document: "D000", AppliedOn: first + 5, Amount: -60_000}, // taken back
		{Account: id("C000"), ID: "4", Receipt: "R", Document: "D000", AppliedOn: first + 4, Amount: 1, Reversed: true},
	}
	h.SeenOn[id("C000")] = first - 1
	l := walk.NewLedger(h)
	for _, c := range []struct {
		day  ar.Day
		want string
	}{
		{first - 2, "nobody"}, {first - 1, "D000 90000"}, {first, "D000 90000, R -90000"}, {first + 2, "D000 60000, R -60000"},
		{first + 4, ""}, {first + 5, "D000 60000, R -60000"},
	} {
		if got := open(t, l, c.day); got != c.want {
			t.Errorf("%s: open is %q, want %q", c.day, got, c.want)
		}
	}
}

func TestATaskIsAnsweredBetweenTwoDays(t *testing.T) {
	w := walk.New(book(t), history(1), walk.Options{})
	lived(t, w, 10)
	promise := intake.Fact{
		Kind: intake.Promise, Account: id("C000"), On: first + 10, Day: first + 20, Amount: ar.Balance{{Minor: 90_000, Currency: "USD"}},
		Documents: []intake.Covered{{Document: "D000"}},
	}
	if err := w.Tell(promise); err != nil {
		t.Fatal(err)
	}
	for n := 10; n < 20; n++ {
		if err := w.Day(t.Context(), first+ar.Day(n), func(e *walk.Touch) error { return fmt.Errorf("%s brings a %s", e.Day, e.Kind) }); err != nil {
			t.Errorf("a promise is open: %v", err)
		}
	}
	c, _ := w.Case(id("C000"))
	if f := c.Facts[0]; f.ID != 1 || f.Documents[0].Open != 90_000 || f.Documents[0].Currency != "USD" {
		t.Errorf("the fact was not completed from the ledger: %+v", f)
	}
	if err := w.Tell(promise); !fault.Is(err, fault.Invalid) {
		t.Errorf("a fact of a day that is over gives %v", err)
	}
	promise.On, promise.Account = first+30, id("nobody")
	if err := w.Tell(promise); !fault.Is(err, fault.NotFound) {
		t.Errorf("a fact of nobody gives %v", err)
	}
	if err := w.Day(t.Context(), first, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("a day that was lived gives %v", err)
	}
}
