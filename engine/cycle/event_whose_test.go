package cycle_test

import (
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// What fits no account waits for a person, who is asked once a day and says whose
// it is.
func TestWhatFitsNoAccountWaitsForAPerson(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	h.mail.tell(outbox.Event{Kind: outbox.Replied, Address: "boss@elsewhere.example", Text: "Who are you?", Subject: "Fwd: reminder"})
	h.hear("box")
	h.mail.tell(outbox.Event{Kind: outbox.OptedOut, Address: "someone@elsewhere.example"},
		outbox.Event{Kind: outbox.Replied, Address: "boss@elsewhere.example", Text: "Hello?", At: eventNoon})
	if got := h.hear("box"); got.Unmatched != 2 || got.Taken != 0 {
		t.Fatalf("heard %+v", got)
	}
	tasks := h.tasks(sequence.ReasonUnmatched)
	if len(tasks) != 1 || !strings.HasPrefix(tasks[0].Detail, "3 replies fit no account") || tasks[0].Role != "collector" {
		t.Errorf("people are asked: %+v", tasks)
	}
	waiting := h.events(store.EventFilter{Unmatched: true})
	if len(waiting) != 3 || len(h.facts()) != 0 {
		t.Fatalf("%d wait, and of nobody %d facts were told", len(waiting), len(h.facts()))
	}
	try(h.cycle.AssignEvent(t.Context(), waiting[0].ID, d.Account, "kim"))(h.house)
	if reply := h.only(intake.Reply); reply.Account != d.Account || reply.Text != "Who are you?" || reply.By != "reply by boss@elsewhere.example" {
		t.Errorf("kept as %+v", reply)
	}
	try(h.cycle.AssignEvent(t.Context(), waiting[1].ID, d.Account, "kim"))(h.house)
	if stop := h.only(intake.DoNotContact); stop.Account != d.Account || stop.Address != "someone@elsewhere.example" || stop.Channel != "email" {
		t.Errorf("the opt-out is kept as %+v", stop)
	}
	if _, err := h.cycle.AssignEvent(t.Context(), waiting[0].ID, d.Account, "lee"); !fault.Is(err, fault.Conflict) {
		t.Errorf("assigned twice: %v", err)
	}
	if _, err := h.cycle.AssignEvent(t.Context(), 999, d.Account, "lee"); !fault.Is(err, fault.NotFound) {
		t.Errorf("no such reply: %v", err)
	}
	nobody := ar.AccountID{Source: d.Account.Source, Company: d.Account.Company, Customer: "nobody"}
	if _, err := h.cycle.AssignEvent(t.Context(), waiting[2].ID, nobody, "lee"); !fault.Is(err, fault.NotFound) {
		t.Errorf("no such customer: %v", err)
	}
	if left := h.events(store.EventFilter{Unmatched: true}); len(left) != 1 {
		t.Errorf("%d wait, want the one that nobody has", len(left))
	}
	h.must(h.cycle.Store.DropEvents(t.Context(), []int64{waiting[2].ID}, "kim", eventNoon))
	if left := h.events(store.EventFilter{Unmatched: true}); len(left) != 0 {
		t.Errorf("dropped, it still waits: %+v", left)
	}
	h.mail.tell(outbox.Event{Kind: outbox.CallOutcome, Address: "+12125550199", Code: "hung_up_in_anger", Detail: "shouted"})
	h.hear("box")
	odd := h.events(store.EventFilter{Unmatched: true})
	facts := try(h.cycle.AssignEvent(t.Context(), odd[0].ID, d.Account, "kim"))(h.house)
	if len(facts) != 1 || facts[0].Kind != intake.Reply || !strings.Contains(facts[0].Text, "choose from: reached") {
		t.Errorf("what cannot be kept as what it is, is kept as %+v", facts)
	}
	if e := h.events(store.EventFilter{IDs: []int64{waiting[0].ID}}); e[0].Why != "assigned to "+d.Account.String()+" by kim" {
		t.Errorf("it says %q", e[0].Why)
	}
}

// A reply that names no message is of the one party that has its address; of two
// it is the one that was written to, else nobody's.
func TestAnAddressIsMatchedToOneParty(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	var other outbox.Delivery
	for _, o := range h.sent() {
		if o.Party != d.Party {
			other = o
		}
	}
	reply := func(address, text string) intake.Fact {
		t.Helper()
		h.mail.tell(outbox.Event{Kind: outbox.Replied, Address: address, Text: text})
		h.hear("box")
		for _, f := range h.facts(intake.Reply) {
			if f.Text == text {
				return f
			}
		}
		return intake.Fact{}
	}
	h.contact(d.Account.Customer, "own", "Own@Buyer.example", "")
	if f := reply("own@buyer.example", "of one"); f.Account != d.Account {
		t.Errorf("the reply of its only owner is kept of %q", f.Account)
	}
	h.contact(d.Account.Customer, "s1", "shared@group.example", "")
	h.contact(other.Account.Customer, "s2", "shared@group.example", "")
	if f := reply("shared@group.example", "of two"); f.ID != 0 {
		t.Errorf("the reply of two is kept of %s", f.Account)
	}
	h.contact(other.Account.Customer, "s3", d.Recipient, "")
	if f := reply(d.Recipient, "of the one written to"); f.Account != d.Account {
		t.Errorf("the reply of two, of whom one was written to, is kept of %q", f.Account)
	}
	events := h.events(store.EventFilter{})
	if last := events[len(events)-1]; last.Delivery != d.ID {
		t.Errorf("it answers message %d, want the last to this address, %d", last.Delivery, d.ID)
	}
	h.clock.at = h.clock.at.AddDate(0, 0, 15)
	if f := reply(d.Recipient, "much later"); f.ID != 0 {
		t.Errorf("the reply of two, of whom one was written to long ago, is kept of %s", f.Account)
	}
}
