package cycle_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters/demoerp"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/intake"
	"holdfast/engine/store"
)

// onDay lists a plan's effects of one day, as brought lists what it brought.
func onDay(rows []cycle.PlanRow, day ar.Day) []string {
	var list []string
	seen := map[string]bool{}
	for _, r := range rows {
		if r.Day == day && !seen[r.Effect] {
			seen[r.Effect] = true
			list = append(list, fmt.Sprintf("%s %s %s %s", r.Kind, r.CustomerID, r.Sequence, r.Step))
		}
	}
	slices.Sort(list)
	return list
}

// brought lists what a day brought, as the state has it. Holds that known does
// not name are the day's, and known names them then.
func (h *house) brought(day ar.Day, known map[int64]bool) []string {
	h.t.Helper()
	var list []string
	for _, d := range try(h.cycle.Store.Deliveries(h.t.Context(), store.DeliveryFilter{}))(h) {
		if d.Day == day {
			list = append(list, fmt.Sprintf("message %s %s %s", d.Account.Customer, d.Sequence, d.Step))
		}
	}
	for _, t := range try(h.cycle.Store.Tasks(h.t.Context(), store.TaskFilter{}))(h) {
		if t.OpenedOn == day {
			list = append(list, fmt.Sprintf("task %s %s %s", t.Account.Customer, t.Sequence, t.Step))
		}
	}
	for _, e := range try(h.cycle.Store.Holds(h.t.Context(), store.HoldFilter{}))(h) {
		if !known[e.ID] {
			known[e.ID] = true
			o := try(h.cycle.Store.HoldOccasions(h.t.Context(), e.ID))(h)[0]
			list = append(list, fmt.Sprintf("hold %s %s %s", e.Account.Customer, o.Sequence, o.Step))
		}
	}
	slices.Sort(list)
	return list
}

// What the plan of the first day foresees for each day, over the whole library,
// is what the days then bring, and so is a plan of a day alone.
func TestEveryEffectOfAPlanComesAboutOnItsDay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	const days = 40
	plan := h.plan(days)
	kinds := map[string]int{}
	for _, r := range plan {
		kinds[r.Kind]++
	}
	if kinds["message"] < 50 || kinds["task"] < 20 || kinds["hold"] < 1 {
		t.Fatalf("the plan foresees too little to be worth a test: %v", kinds)
	}
	known := map[int64]bool{}
	for n := range days {
		h.today = monday + ar.Day(n)
		alone := onDay(plan, h.today)
		if n%7 == 0 {
			alone = onDay(h.plan(1), h.today)
		}
		h.run()
		brought := h.brought(h.today, known)
		if diff := cmp.Diff(onDay(plan, h.today), brought); diff != "" {
			t.Fatalf("%s differs from the plan of the first day (-plan +day):\n%s", h.today, diff)
		}
		if diff := cmp.Diff(alone, brought); diff != "" {
			t.Fatalf("%s differs from the plan of that day (-plan +day):\n%s", h.today, diff)
		}
	}
}

func TestTwoPlansAreTheSameToTheByte(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	first := try(json.Marshal(h.plan(30)))(h)
	h.open()
	if second := try(json.Marshal(h.plan(30)))(h); string(first) != string(second) {
		t.Errorf("the second plan differs:\n%s", cmp.Diff(string(first), string(second)))
	}
}

// foresee returns the rows of a plan with an outlook.
func (h *house) foresee(days int, o cycle.Outlook) []cycle.PlanRow {
	h.t.Helper()
	var rows []cycle.PlanRow
	h.must(h.cycle.Foresee(h.t.Context(), h.cycle.Companies, func(*cycle.Company) cycle.Moment { return h.moment() }, days, o,
		func(f *cycle.Foreseen) error {
			return f.Rows(func(r cycle.PlanRow) error { rows = append(rows, r); return nil })
		}))
	return rows
}

// asks counts the messages of the sequence past-due that go to a customer from
// a day on.
func asks(rows []cycle.PlanRow, customer ar.CustomerID, from ar.Day) int {
	n := 0
	for _, r := range rows {
		if r.Kind == "message" && r.CustomerID == customer && r.Sequence == "past-due" && r.Day >= from {
			n++
		}
	}
	return n
}

func TestWhatIsPromisedIsExpectedOnItsDay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	id := ar.AccountID{Source: h.co.Source, Company: h.co.ID, Customer: demoerp.Deadbeat}
	account := try(h.cycle.Store.IntakeAccount(t.Context(), id))(h)
	f := intake.Fact{Kind: intake.Promise, Account: id, Day: monday + 10, By: "Ann", On: monday, At: monday.Time(time.UTC)}
	for _, d := range account.Documents {
		if d.Open > 0 {
			f.Documents = append(f.Documents, intake.Covered{Document: d.ID, Number: d.Number, Currency: d.Currency, Open: d.Open})
			f.Amount = f.Amount.Add(d.Open, d.Currency)
		}
	}
	try(h.cycle.Store.AddFact(t.Context(), f))(h)
	broken := h.foresee(40, cycle.Outlook{})
	kept := h.foresee(40, cycle.Outlook{Expect: cycle.ExpectPromises})
	if n := asks(broken, id.Customer, monday+11); n == 0 {
		t.Error("without expectations the promise is broken, and nobody asks again")
	}
	if n := asks(kept, id.Customer, monday+11); n != 0 {
		t.Errorf("with promises expected the customer is asked %d times after its day", n)
	}
	others := func(rows []cycle.PlanRow) []cycle.PlanRow {
		return slices.DeleteFunc(slices.Clone(rows), func(r cycle.PlanRow) bool { return r.CustomerID == id.Customer })
	}
	if diff := cmp.Diff(others(broken), others(kept)); diff != "" {
		t.Errorf("a promise changes what others get:\n%s", diff)
	}
}

func TestHabitsAreReadFromWhatWasPaid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	for range 50 {
		try(h.erp.Live(t.Context(), h.today, nil))(h)
		h.today++
	}
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	without, with := h.foresee(60, cycle.Outlook{}), h.foresee(60, cycle.Outlook{Expect: cycle.ExpectHabit})
	count := func(rows []cycle.PlanRow) int {
		return len(slices.DeleteFunc(slices.Clone(rows), func(r cycle.PlanRow) bool { return r.Kind != "message" }))
	}
	if count(with) == 0 || count(with) >= count(without) {
		t.Errorf("%d messages with habits expected and %d without; those who pay need fewer", count(with), count(without))
	}
	if diff := cmp.Diff(onDay(without, h.today), onDay(with, h.today)); diff != "" {
		t.Errorf("on the first day nothing is expected that is not in the ledger:\n%s", diff)
	}
}

// What is ready and has not left goes on the plan's first day; what waits for a
// yes is given up after a week, and asked for anew.
func TestAPlanBeginsWithWhatIsOnItsWay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	whole := h.plan(25)
	try(h.cycle.Decide(t.Context(), h.co, h.moment()))(h)
	begun := h.plan(25)
	for n := 1; n < 25; n++ {
		if diff := cmp.Diff(onDay(whole, h.today+ar.Day(n)), onDay(begun, h.today+ar.Day(n))); diff != "" {
			t.Fatalf("%s differs once the first day's messages are ready:\n%s", h.today+ar.Day(n), diff)
		}
	}
}
