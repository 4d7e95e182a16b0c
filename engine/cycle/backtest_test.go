package cycle_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
	"holdfast/engine/store"
)

// backtest returns the figures and the rows of past days.
func (h *house) backtest(s cycle.Span) (cycle.Backtest, []cycle.BacktestRow) {
	h.t.Helper()
	var rows []cycle.BacktestRow
	sum := try(h.cycle.Backtest(h.t.Context(), h.co, s, func(r *cycle.BacktestRow) error {
		rows = append(rows, *r)
		return nil
	}))(h)
	return sum, rows
}

// touchLine names one effect: day, kind, customer, step and documents.
func touchLine(day ar.Day, kind string, customer ar.CustomerID, sequence, step string, documents []string) string {
	documents = slices.Clone(documents)
	slices.Sort(documents)
	return fmt.Sprintf("%s %s %s %s %s %s", day, kind, customer, sequence, step, strings.Join(slices.Compact(documents), " "))
}

// journal lists what the lane really brought, as a backtest lists it. Left out
// are the customers of whom the state does not keep the whole past.
func (h *house) journal(left map[ar.CustomerID]bool) []string {
	h.t.Helper()
	numbers := map[ar.DocumentID]string{}
	for l, err := range h.cycle.Store.Ledger(h.t.Context(), h.co.Source, h.co.ID, 0) {
		h.must(err)
		for _, d := range l.Documents {
			if d.Amount > 0 {
				numbers[d.ID] = d.Number
			}
		}
	}
	named := func(ids []ar.DocumentID) []string {
		var list []string
		for _, id := range ids {
			if numbers[id] != "" {
				list = append(list, numbers[id])
			}
		}
		return list
	}
	var list []string
	for _, d := range try(h.cycle.Store.Deliveries(h.t.Context(), store.DeliveryFilter{}))(h) {
		if !left[d.Account.Customer] {
			list = append(list, touchLine(d.Day, "message", d.Account.Customer, d.Sequence, d.Step, named(d.Documents)))
		}
	}
	for _, t := range try(h.cycle.Store.Tasks(h.t.Context(), store.TaskFilter{}))(h) {
		if !left[t.Account.Customer] {
			list = append(list, touchLine(t.OpenedOn, "task", t.Account.Customer, t.Sequence, t.Step, named(t.Documents)))
		}
	}
	for _, e := range try(h.cycle.Store.Holds(h.t.Context(), store.HoldFilter{}))(h) {
		if e.PlacedOn != 0 && !left[e.Account.Customer] {
			o := try(h.cycle.Store.HoldOccasions(h.t.Context(), e.ID))(h)[0]
			list = append(list, touchLine(e.PlacedOn, "hold", e.Account.Customer, o.Sequence, o.Step, nil))
		}
	}
	slices.Sort(list)
	return list
}

// without is the house's book without one sequence.
func without(h *house, name string) *sequence.Book {
	h.t.Helper()
	rest := slices.DeleteFunc(slices.Clone(h.co.Book.Sequences), func(s *sequence.Sequence) bool { return s.Name == name })
	b, problems := sequence.NewBook(rest, nil, h.co.Book.Policy, steps.All())
	if len(problems) > 0 {
		h.t.Fatal(problems)
	}
	return b
}

// bounced names the customers of whom the bank took a receipt back: no ERP says
// since when that is so.
func (h *house) bounced() map[ar.CustomerID]bool {
	left := map[ar.CustomerID]bool{}
	for _, id := range h.addresses(`SELECT DISTINCT customer_id FROM receipt WHERE returned <> 0 AND ?1 = ''`, "") {
		left[ar.CustomerID(id)] = true
	}
	return left
}

func TestABacktestOfTheSequencesReallyUsedIsTheJournal(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.co.Book = without(h, "credit-review") // it looks at open orders, of which no ERP keeps the past
	from := h.today
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	try(h.cycle.Adopt(t.Context(), h.co, h.moment(), 0, "Ann", true))(h)
	for range 60 {
		h.run()
		h.today++
		try(h.erp.Live(t.Context(), h.today, nil))(h)
	}
	sum, rows := h.backtest(cycle.Span{From: from, To: h.today - 1})
	left := h.bounced()
	var again []string
	for _, r := range rows {
		switch {
		case left[r.CustomerID] || r.Kind == "release":
		case r.Kind == "hold" && !r.Approval:
			again = append(again, touchLine(r.Day, r.Kind, r.CustomerID, r.Sequence, r.Step, nil))
		case r.Kind != "hold":
			again = append(again, touchLine(r.Day, r.Kind, r.CustomerID, r.Sequence, r.Step, r.Documents))
		}
	}
	slices.Sort(again)
	live := h.journal(left)
	if len(live) < 200 {
		t.Fatalf("the journal has %d effects, too few to be worth a test", len(live))
	}
	if diff := cmp.Diff(live, again); diff != "" {
		t.Errorf("the backtest differs from the journal (-journal +backtest):\n%s", diff)
	}
	if sum.Holds.Placed == 0 || sum.Contacts.Max < sum.Contacts.P50 || sum.Contacted == 0 || sum.Owing < sum.Contacted {
		t.Errorf("figures that do not fit each other: %+v", sum)
	}
	week, touches := 0, 0
	for _, w := range sum.Weeks {
		week += w.Messages + w.Tasks + w.Holds + w.Releases
	}
	for _, s := range sum.Steps {
		touches += s.Touches
	}
	if touches != len(rows) || week+sum.Holds.Proposed != len(rows) {
		t.Errorf("%d effects, %d by step, %d by week and %d proposed", len(rows), touches, week, sum.Holds.Proposed)
	}
	second, _ := h.backtest(cycle.Span{From: from, To: h.today - 1})
	if diff := cmp.Diff(try(json.Marshal(sum))(h), try(json.Marshal(second))(h)); diff != "" {
		t.Errorf("a second backtest differs:\n%s", diff)
	}
}

// A reminder that went out while the money was in the bank and not yet in the
// ledger is counted, and so is what was paid in the weeks after it.
func TestABacktestCountsWhatWouldHaveHitPaidDocuments(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id := ar.AccountID{Source: "main", Company: h.co.ID, Customer: "K1"}
	due := monday + 1
	record := func(number string, kind ar.Kind, amount int64, issued, posted, closed ar.Day) *ar.Document {
		return &ar.Document{
			ID: ar.DocumentID(number), Account: id, Number: number, Kind: kind, Currency: "USD", Amount: amount,
			IssuedOn: issued, PostedOn: posted, DueOn: due, ClosedOn: closed,
		}
	}
	h.stage(
		&ar.Company{Source: "main", ID: h.co.ID, BaseCurrency: "USD", TimeZone: "UTC"},
		&ar.Customer{Account: id, Number: "K1", Name: "Kay & Co", Payer: "K1", Active: true, Address: ar.Address{Country: "US"}},
		&ar.Contact{Account: id, ID: "1", Role: "ap", Email: "ap@kay.example.com", Valid: true},
		record("I1", ar.Invoice, 90000, due-30, due-30, due+7), record("R1", ar.Receipt, -90000, due+2, due+7, due+7),
		record("I2", ar.Invoice, 50000, due-20, due-20, due+30), record("R2", ar.Receipt, -50000, due+30, due+30, due+30),
		&ar.Application{Account: id, ID: "1", Receipt: "R1", Document: "I1", AppliedOn: due + 7, PostedOn: due + 7, Amount: 90000},
		&ar.Application{Account: id, ID: "2", Receipt: "R2", Document: "I2", AppliedOn: due + 30, PostedOn: due + 30, Amount: 50000},
	)
	sum, rows := h.backtest(cycle.Span{From: due, To: due + 20})
	first := rows[slices.IndexFunc(rows, func(r cycle.BacktestRow) bool { return r.Step == "reminder-1" })]
	if first.HitPaid != 1 || len(first.Documents) != 2 {
		t.Errorf("the first reminder asked for %v, of which %d were paid; want two and one", first.Documents, first.HitPaid)
	}
	i := slices.IndexFunc(sum.Steps, func(s cycle.BacktestStep) bool { return s.Step == "reminder-1" })
	want := []cycle.PaidIn{{Days: 7, Of: 2, Count: 1}, {Days: 14, Of: 2, Count: 1}}
	if diff := cmp.Diff(want, sum.Steps[i].Paid[:2]); diff != "" || sum.Steps[i].HitPaid != 1 {
		t.Errorf("%d hit, paid after it:\n%s", sum.Steps[i].HitPaid, diff)
	}
	if p := sum.Steps[i].Paid[2]; p.Of != 0 {
		t.Errorf("30 days after it are not over in the ledger, yet %d documents are counted", p.Of)
	}
}

// stage puts records into the state, as a pull of everything does.
func (h *house) stage(recs ...ar.Record) {
	h.t.Helper()
	p := try(h.cycle.Store.BeginPull(h.t.Context(), h.co.Source, h.co.ID, true))(h)
	h.must(p.Stage(h.t.Context(), recs))
	try(p.Finish(h.t.Context(), "1", h.cycle.Clock.Now(), 0))(h)
}

func TestHowLateCustomersPayIsWeightedByAmount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id := func(c ar.CustomerID) ar.AccountID {
		return ar.AccountID{Source: "main", Company: h.co.ID, Customer: c}
	}
	invoice := func(n string, amount int64, cur ar.Currency, due ar.Day) *ar.Document {
		return &ar.Document{ID: ar.DocumentID(n), Account: id("K1"), Number: n, Kind: ar.Invoice, Currency: cur, Amount: amount, IssuedOn: due - 30, DueOn: due, ClosedOn: due + 40}
	}
	credit := &ar.Document{ID: "C", Account: id("K1"), Number: "C", Kind: ar.CreditMemo, Currency: "USD", Amount: -100, IssuedOn: monday}
	paid := func(n, receipt, document string, amount int64, on ar.Day) *ar.Application {
		return &ar.Application{Account: id("K1"), ID: n, Receipt: ar.DocumentID(receipt), Document: ar.DocumentID(document), AppliedOn: on, PostedOn: on, Amount: amount}
	}
	contact := func(c ar.CustomerID, email, phone string) *ar.Contact {
		return &ar.Contact{Account: id(c), ID: "1", Email: email, Phone: phone, Valid: true}
	}
	recs := []ar.Record{
		&ar.Company{Source: "main", ID: h.co.ID, BaseCurrency: "USD", TimeZone: "UTC"},
		invoice("A", 30000, "USD", monday), invoice("B", 10000, "USD", monday), invoice("E", 5000, "EUR", monday), credit,
		paid("1", "R", "A", 30000, monday+2), paid("2", "R", "B", 9900, monday+20), paid("3", "C", "B", 100, monday+90),
		paid("4", "R", "E", 5000, monday-3), paid("5", "R", "A", 1000, monday-500),
		contact("K1", "Both@example.com", ""), contact("K2", "both@example.com ", "+1 555"), contact("K3", "", "+1 555"), contact("K4", "own@example.com", ""),
	}
	for _, c := range []ar.CustomerID{"K1", "K2", "K3", "K4"} {
		recs = append(recs, &ar.Customer{Account: id(c), Number: string(c), Name: string(c), Payer: c, Active: true})
	}
	h.stage(recs...)
	got := try(h.cycle.Store.PaidLate(t.Context(), "main", h.co.ID, monday-365, monday+365))(h)
	want := []store.Paid{
		{Payer: store.Payer{Customer: "K1", Currency: "EUR"}, Documents: 1, DaysLate: -3},
		{Payer: store.Payer{Customer: "K1", Currency: "USD"}, Documents: 2, DaysLate: 6}, // (2 × 300 + 20 × 99) / 399
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("how late customers pay:\n%s", diff)
	}
	kin := try(h.cycle.Store.Kin(t.Context(), "main", h.co.ID))(h)
	if diff := cmp.Diff([][]ar.CustomerID{{"K1", "K2", "K3"}, {"K4"}}, kin); diff != "" {
		t.Errorf("who shares an address:\n%s", diff)
	}
}
