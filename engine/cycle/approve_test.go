package cycle_test

import (
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
	"holdfast/engine/store"
)

// word is what a person says on the house's day to what waits for a yes.
func (h *house) word(by string, ref outbox.Ref) outbox.Word {
	return outbox.Word{
		Said: outbox.Said{By: by, At: h.cycle.Clock.Now(), Reason: "because"}, Ref: ref, Day: h.today, TwoAbove: h.co.Limits.TwoAbove,
	}
}

// waiting lists what waits for a yes.
func (h *house) waiting() []outbox.Approval {
	h.t.Helper()
	return try(h.cycle.Store.Approvals(h.t.Context(), h.co.Source, h.co.ID, h.co.Mode, h.today))(h)
}

// change puts one sequence of the house in another wording, alone.
func (h *house) change(name, from, to string) {
	h.t.Helper()
	source := strings.Replace(string(h.co.Book.Sequence(name).Source), from, to, 1)
	s, problems := sequence.Parse(name+".toml", []byte(source), steps.All())
	if len(problems) > 0 {
		h.t.Fatal(problems)
	}
	if h.co.Book, problems = sequence.NewBook([]*sequence.Sequence{s}, nil, h.co.Book.Policy, steps.All()); len(problems) > 0 {
		h.t.Fatal(problems)
	}
}

// everyCurrency sums what a list asks for.
func everyCurrency(list []outbox.Approval) (sum ar.Balance) {
	for _, a := range list {
		for _, m := range a.Amount {
			sum = sum.Add(m.Minor, m.Currency)
		}
	}
	return sum
}

// approveFirst makes the first reminder wait for a yes.
func (h *house) approveFirst() {
	h.t.Helper()
	h.change("past-due", `template = "past-due-1"`, "template = \"past-due-1\"\napprove = \"always\"")
}

func TestAMessageAboveTheLimitNeedsTwoPeople(t *testing.T) {
	h := newHouse(t)
	h.approveFirst()
	h.co.Limits.TwoAbove = []ar.Money{{Minor: 0, Currency: "USD"}, {Minor: 0, Currency: "EUR"}}
	h.run()
	list := h.waiting()
	if len(list) == 0 || list[0].Need(h.co.Limits.TwoAbove) != 2 {
		t.Fatalf("what waits: %+v", list)
	}
	ref := list[0].Ref
	if a := try(h.cycle.Store.SayYes(t.Context(), h.word("ann", ref)))(h); a.State != outbox.ApprovalWaits || len(a.Yes()) != 1 {
		t.Errorf("after the first yes it is %s, yes by %v", a.State, a.Yes())
	}
	if _, err := h.cycle.Store.SayYes(t.Context(), h.word("Ann", ref)); err == nil {
		t.Error("the same person said yes twice")
	}
	if h.run(); len(h.box.arrived) != 0 {
		t.Fatal("it left with one yes")
	}
	if a := try(h.cycle.Store.SayYes(t.Context(), h.word("ben", ref)))(h); a.State != outbox.ApprovalGiven {
		t.Errorf("after the second yes it is %s", a.State)
	}
	if h.run(); len(h.box.arrived) != 1 {
		t.Errorf("%d messages left after two people said yes to one", len(h.box.arrived))
	}
}

// A first yes is not enough once the limit is lowered, and what somebody puts
// past the list by hand waits again: the last look counts.
func TestTheLastLookCountsYeses(t *testing.T) {
	h := newHouse(t)
	h.approveFirst()
	h.run()
	list := h.waiting()
	for _, a := range list {
		try(h.cycle.Store.SayYes(t.Context(), h.word("ann", a.Ref)))(h)
	}
	for _, m := range everyCurrency(list) {
		h.co.Limits.TwoAbove = append(h.co.Limits.TwoAbove, ar.Money{Currency: m.Currency})
	}
	if h.run(); len(h.box.arrived) != 0 || len(h.waiting()) != len(list) {
		t.Fatalf("%d messages left with one yes, %d of %d wait again", len(h.box.arrived), len(h.waiting()), len(list))
	}
	if _, err := h.cycle.Store.DB().Exec(`UPDATE delivery SET state = 'rendered'`); err != nil {
		t.Fatal(err)
	}
	if h.run(); len(h.box.arrived) != 0 {
		t.Fatalf("%d messages left past the list", len(h.box.arrived))
	}
	try(h.cycle.Store.SayYes(t.Context(), h.word("ben", list[0].Ref)))(h)
	if _, err := h.cycle.Store.DB().Exec(`UPDATE delivery_content SET content = replace(content, 'subject', 'Subject')`); err != nil {
		t.Fatal(err)
	}
	if h.run(); len(h.box.arrived) != 0 {
		t.Error("other bytes left than those that were shown")
	}
}

func TestADeclinedMessageIsPassedOver(t *testing.T) {
	h := newHouse(t)
	h.approveFirst()
	h.run()
	list := h.waiting()
	for _, a := range list {
		try(h.cycle.Store.SayNo(t.Context(), h.word("ann", a.Ref)))(h)
	}
	asked := map[string]bool{}
	for _, a := range list {
		d := try(h.cycle.Store.Delivery(t.Context(), a.Ref.ID))(h)
		if d.State != outbox.Superseded || d.Reason != sequence.ReasonDeclined {
			t.Errorf("%s is %s, %s", a.Ref, d.State, d.Reason)
		}
		for _, o := range d.Occasions {
			asked[o.Key()] = true
		}
	}
	for range 3 {
		h.run()
		h.today++
	}
	for _, a := range h.waiting() {
		for _, o := range try(h.cycle.Store.Delivery(t.Context(), a.Ref.ID))(h).Occasions {
			if asked[o.Key()] {
				t.Errorf("%s is asked for again", o.Key())
			}
		}
	}
	if plan := h.plan(20); len(plan) == 0 {
		t.Error("a no to the first reminder ends the sequence")
	}
}

// What nobody need answer any more leaves the list; the day before is kept.
func TestWhatWasPaidLeavesTheList(t *testing.T) {
	h := newHouse(t)
	h.approveFirst()
	h.run()
	before := h.waiting()
	paid := before[0]
	h.must(h.erp.Pay(t.Context(), paid.Account.Customer, h.today))
	h.today++
	h.run()
	for _, a := range h.waiting() {
		if a.Account == paid.Account && a.Ref == paid.Ref {
			t.Errorf("%s still waits, and its documents are paid", a.Ref)
		}
	}
	if a := try(h.cycle.Store.Approval(t.Context(), paid.Ref))(h); a.State != outbox.ApprovalGone || a.Reason == "" {
		t.Errorf("it is %s, because %q", a.State, a.Reason)
	}
	on, list, err := h.cycle.Store.ApprovalsOn(t.Context(), h.co.Source, h.co.ID, h.co.Mode, h.today-1)
	if err != nil || on != h.today-1 || len(list) != len(before) {
		t.Errorf("the list of %s has %d of %d, %v", on, len(list), len(before), err)
	}
}

func TestAVolumeAlarmIsReleasedByAYesForTheDay(t *testing.T) {
	h := newHouse(t)
	lane := h.cycle.Channels["box"]
	lane.Local = false
	h.cycle.Channels["box"] = lane
	h.co.Limits.Volume = 1
	report := h.run()
	if report.Delivered["box"].Alarm == "" || !report.NeedsPerson() || len(h.box.arrived) > 0 {
		t.Fatalf("no alarm: %+v, %d left", report.Delivered, len(h.box.arrived))
	}
	h.run()
	list := h.waiting()
	if len(list) == 0 || list[0].Ref.Kind != outbox.RefVolume || len(list[0].Amount) == 0 {
		t.Fatalf("what waits: %+v", list)
	}
	if alarms := list[1:]; len(alarms) > 0 && alarms[0].Ref.Kind == outbox.RefVolume {
		t.Error("the same alarm is on the list twice")
	}
	h.co.Limits.TwoAbove = []ar.Money{{Minor: 0, Currency: list[0].Amount[0].Currency}}
	try(h.cycle.Store.SayYes(t.Context(), h.word("ann", list[0].Ref)))(h)
	if h.run(); len(h.box.arrived) > 0 {
		t.Fatal("one yes let it go, and the sum needs two")
	}
	try(h.cycle.Store.SayYes(t.Context(), h.word("ben", list[0].Ref)))(h)
	if h.run(); len(h.box.arrived) < 2 {
		t.Errorf("%d messages left after two people said yes", len(h.box.arrived))
	}
	ready, err := h.cycle.Store.Deliveries(t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Rendered}})
	if err != nil || len(ready) > 0 {
		t.Errorf("%d stayed behind, %v", len(ready), err)
	}
}

// A no to a hold withdraws it, and the steps that proposed it do not ask again.
func TestADeclinedHoldIsNotProposedAgain(t *testing.T) {
	h := newHouse(t)
	h.must(h.cycle.Store.PutSetting(t.Context(), cycle.HoldsEnabled(h.co), "yes", "Ann", h.cycle.Clock.Now()))
	var held outbox.Approval
	for held.Ref.ID == 0 && h.today < monday+90 {
		h.run()
		for _, a := range h.waiting() {
			if a.Ref.Kind == outbox.RefHold {
				held = a
			}
		}
		h.today++
	}
	if held.Ref.ID == 0 || len(held.Amount) == 0 || held.Because != sequence.ReasonApproval {
		t.Fatalf("no hold needed a yes in 90 days: %+v", held)
	}
	try(h.cycle.Store.SayNo(t.Context(), h.word("ann", held.Ref)))(h)
	for range 5 {
		h.run()
		h.today++
	}
	entries := try(h.cycle.Store.Holds(t.Context(), store.HoldFilter{Accounts: []ar.AccountID{held.Account}}))(h)
	last := entries[len(entries)-1]
	if last.ID != held.Ref.ID || last.State != ar.EntryWithdrawn || !strings.Contains(last.Outcome, "ann") {
		t.Errorf("after the no: %+v", last)
	}
}
