package cycle_test

import (
	"slices"
	"testing"
	"time"

	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// What contacts do with messages is learned from: the next one leaves at their
// hour, in their zone, by the medium that they answer.
func TestHabitsAreLearnedFromEvents(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	zone := h.zone(d)
	if h.next(d).NotBefore.In(zone).Hour() == 15 {
		t.Fatal("without a habit the next message leaves at 15 already")
	}
	for day := range 3 {
		at := (monday - 7 + 1).Time(zone).AddDate(0, 0, day).Add(15*time.Hour + 20*time.Minute)
		h.mail.tell(outbox.Event{Kind: outbox.Opened, Key: d.Key, At: at}, outbox.Event{Kind: outbox.Clicked, Key: d.Key, At: at.Add(time.Minute)})
	}
	h.hear("box")
	habits := h.caseOf(d.Party).Habits
	if len(habits) != 1 || habits[0] != (sequence.Habit{Address: d.Recipient, Medium: "email", Hour: 15, Events: 6}) {
		t.Fatalf("learned %+v", habits)
	}
	if next := h.next(d); next.NotBefore.In(zone).Hour() != 15 || next.Channel != "box" {
		t.Errorf("the next message leaves by %s from %s on, want mail at 15", next.Channel, next.NotBefore.In(zone))
	}
	h.contact(d.Account.Customer, "m1", "", "+12125550100")
	for i := range 7 {
		h.texts.tell(outbox.Event{Kind: outbox.Replied, Address: "+12125550100", Text: "ok, thanks for the note", At: eventNoon.AddDate(0, 0, -1).Add(hoursOf(i))})
	}
	if got := h.hear("text"); got.Taken != 7 {
		t.Fatalf("heard %+v", got)
	}
	h.today += 10 // the pause of the replies is over
	if next := h.next(d); next.Channel != "text" {
		t.Errorf("the next message goes by %s to %s, want a text: that is what is answered most", next.Channel, next.Recipient)
	}
}

// next lives on until a reminder to the party of a message is planned; it is
// dropped again.
func (h *earshot) next(d outbox.Delivery) outbox.Delivery {
	h.t.Helper()
	for end := h.today + 40; h.today < end; {
		h.today++
		try(h.cycle.Decide(h.t.Context(), h.co, h.moment()))(h.house)
		planned := try(h.cycle.Store.Deliveries(h.t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Rendered}}))(h.house)
		i := slices.IndexFunc(planned, func(o outbox.Delivery) bool { return o.Party == d.Party && o.Sequence == "past-due" })
		if i >= 0 {
			h.must(h.cycle.Store.Supersede(h.t.Context(), []int64{planned[i].ID}, sequence.ReasonPerson, "", h.clock.at))
			return planned[i]
		}
		h.run()
	}
	h.t.Fatal("no reminder was planned in 40 days")
	return outbox.Delivery{}
}

// zone is the customer's.
func (h *earshot) zone(d outbox.Delivery) *time.Location {
	h.t.Helper()
	name := h.caseOf(d.Party).Accounts[0].Customer.TimeZone
	if name == "" {
		name = h.caseOf(d.Party).Company.TimeZone
	}
	return try(time.LoadLocation(name))(h.house)
}
