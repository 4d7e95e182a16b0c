package cycle_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"holdfast/adapters/demoerp"
	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/cycle"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// teller is a mailbox that tells what happened to its messages.
type teller struct {
	*mailbox
	events []outbox.Event
	cut    int   // after so many events of one hearing it fails with fail; 0: never
	fail   error // how
	forgot bool  // it knows no cursor any more
}

func (b *teller) Events(_ context.Context, cursor string, emit func(outbox.Event) error) error {
	from, err := strconv.Atoi(cursor)
	if err != nil || b.forgot {
		from = 0
	}
	for i := from; i < len(b.events); i++ {
		if b.cut > 0 && i-from == b.cut {
			return b.fail
		}
		e := b.events[i]
		e.Cursor = strconv.Itoa(i + 1)
		if err := emit(e); err != nil {
			return err
		}
	}
	return nil
}

// tell makes something happen. What happened without a time did so an hour ago.
func (b *teller) tell(events ...outbox.Event) {
	for _, e := range events {
		if e.At.IsZero() {
			e.At = eventNoon.Add(-time.Hour)
		}
		b.events = append(b.events, e)
	}
}

// eventNoon is the instant of these tests: the demo ERP's first day.
var eventNoon = monday.Time(time.UTC).Add(12 * time.Hour)

// stillClock shows one instant.
type stillClock struct{ at time.Time }

func (c *stillClock) Now() time.Time { return c.at }

// earshot is a house whose channels tell things: mail by box, texts by text.
type earshot struct {
	*house
	mail, texts *teller
	clock       *stillClock
}

func newEarshot(t *testing.T) *earshot {
	h := &earshot{house: newHouse(t), clock: &stillClock{eventNoon}}
	h.mail, h.texts = &teller{mailbox: h.box}, &teller{mailbox: &mailbox{}}
	h.co.Limits.Skew = 100 * 365 * 24 * time.Hour
	h.co.Book.Policy.Channels["sms"] = "text"
	h.co.Book.Policy.ReplyPause = calendar.Span{N: 3, Business: true}
	h.listen()
	return h
}

// listen gives the house's cycle its clock and its channels.
func (h *earshot) listen() {
	h.cycle.Clock = h.clock
	h.cycle.Channels["box"] = cycle.Lane{Channel: h.mail, InFlight: 4, Local: true}
	h.cycle.Channels["text"] = cycle.Lane{Channel: h.texts, InFlight: 4, Local: true}
}

// hear takes what a channel tells.
func (h *earshot) hear(channel string) cycle.Heard {
	h.t.Helper()
	return try(h.cycle.TakeEvents(h.t.Context(), channel))(h.house)
}

// erpDo changes the ERP, and reads it whole.
func (h *earshot) erpDo(query string, args ...any) {
	h.t.Helper()
	try(h.erp.DB().ExecContext(h.t.Context(), query, args...))(h.house)
	try(h.cycle.Pull(h.t.Context(), h.co, true, true))(h.house)
}

// contact adds a contact to a customer in the ERP, which is read again.
func (h *earshot) contact(customer ar.CustomerID, id, email, mobile string) {
	h.t.Helper()
	h.erpDo(`INSERT INTO contact (contact_id, customer_id, role, name, email, phone, mobile, language, changed_at)
		VALUES (?, ?, 'ap', 'Sam', NULLIF(?, ''), NULL, NULLIF(?, ''), 'en', '2026-03-16 08:00:00')`, id, string(customer), email, mobile)
}

// sent lists the messages that left, in the order of their numbers.
func (h *earshot) sent() []outbox.Delivery {
	h.t.Helper()
	return try(h.cycle.Store.Deliveries(h.t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Accepted}}))(h.house)
}

// dunned runs a day and returns a reminder of it that names documents of its own
// account alone.
func (h *earshot) dunned() outbox.Delivery {
	h.t.Helper()
	return h.allDunned(1)[0]
}

// allDunned is dunned for several, each to another party.
func (h *earshot) allDunned(n int) []outbox.Delivery {
	h.t.Helper()
	h.run()
	all := slices.DeleteFunc(h.sent(), func(d outbox.Delivery) bool {
		return d.Sequence != "past-due" || len(d.Documents) == 0 || d.Account.Customer != d.Party.Payer || len(h.owners(d.Recipient)) != 1
	})
	if len(all) < n {
		h.t.Fatalf("%d reminders left, want %d", len(all), n)
	}
	return all[:n]
}

// owners lists the customers that have an address.
func (h *earshot) owners(address string) []string {
	return h.addresses(`SELECT DISTINCT customer_id FROM contact WHERE lower(email) = lower(?)`, address)
}

// facts lists what stands of some kinds, of all customers.
func (h *earshot) facts(kinds ...intake.Kind) []intake.Fact {
	h.t.Helper()
	return try(h.cycle.Store.Facts(h.t.Context(), store.FactFilter{Kinds: kinds, Standing: h.today}))(h.house)
}

// only returns the one fact of a kind that stands.
func (h *earshot) only(kind intake.Kind) intake.Fact {
	h.t.Helper()
	facts := h.facts(kind)
	if len(facts) != 1 {
		h.t.Fatalf("%d facts of kind %s stand, want 1: %+v", len(facts), kind, facts)
	}
	return facts[0]
}

// tasks lists the open tasks for a reason.
func (h *earshot) tasks(reason sequence.Reason) []store.Task {
	h.t.Helper()
	all := try(h.cycle.Store.Tasks(h.t.Context(), store.TaskFilter{Open: true}))(h.house)
	return slices.DeleteFunc(all, func(t store.Task) bool { return t.Reason != reason })
}

// events lists what was heard.
func (h *earshot) events(f store.EventFilter) []store.Event {
	h.t.Helper()
	return try(h.cycle.Store.Events(h.t.Context(), f))(h.house)
}

// state is what a party remembers.
func (h *earshot) caseOf(party ar.PartyID) sequence.Case {
	h.t.Helper()
	sel := engine.Selection{Source: "main", Company: demoerp.CompanyID, Mode: outbox.Live, Today: h.today, Parties: []ar.PartyID{party}}
	for c, err := range h.cycle.Store.Cases(h.t.Context(), sel) {
		h.must(err)
		return c
	}
	h.t.Fatalf("there is no party %s", party)
	return sequence.Case{}
}

func hoursOf(n int) time.Duration { return time.Duration(n) * time.Hour }
