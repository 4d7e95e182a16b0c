package cycle

import (
	"context"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// Outlook says how a plan differs from the plainest, in which nothing comes in
// and everybody stays with the version of a sequence that he entered under.
type Outlook struct {
	Expect  Expectation  // what is taken to be paid; empty: nothing
	Parties []ar.PartyID // only these; nil: all
	Migrate string       // a sequence whose subjects are moved to its current version first; empty: none
	// Decided is told of every decision with the case it was made on, before its
	// effects; nil: nobody is. Both are good until it returns.
	Decided func(*Company, Moment, *sequence.Case, *sequence.Decision)
}

// Assumptions are what a plan takes for granted, for the person who reads it.
func (o Outlook) Assumptions() []string {
	list := []string{"every message is accepted", "approvals are not given", "calls are not answered", "receipts are posted far enough"}
	return append(list, o.Expect.assumptions()...)
}

// Foreseen is one effect that a plan foresees. It is good until emit returns.
type Foreseen struct {
	Company *Company
	Moment  Moment
	Case    *sequence.Case
	Intent  *sequence.Intent
}

// Foresee is Plan with an outlook.
func (c *Cycle) Foresee(ctx context.Context, companies []*Company, at func(*Company) Moment, days int, o Outlook, emit func(*Foreseen) error) error {
	w := &forecast{
		Cycle: c, outlook: o, traffic: &traffic{}, parties: map[ar.PartyID]remembered{}, sent: map[string][]sequence.Touch{},
		hopes: map[*Company]*hope{}, onWay: map[int64]outbox.Delivery{}, emit: emit,
	}
	for n := range days {
		for _, co := range companies {
			w.last = n == days-1
			if err := w.day(ctx, co, at(co).later(n)); err != nil {
				return fault.Wrap("plan company "+co.Key, err)
			}
		}
	}
	return nil
}

// later returns the moment n days on.
func (m Moment) later(n int) Moment {
	m.Day += ar.Day(n)
	if !m.Now.IsZero() {
		m.Now = m.Now.AddDate(0, 0, n)
	}
	return m
}

// forecast is one plan on its way through the days.
type forecast struct {
	*Cycle
	outlook Outlook
	traffic *traffic
	parties map[ar.PartyID]remembered
	sent    map[string][]sequence.Touch // on earlier days of the plan, by address
	hopes   map[*Company]*hope
	onWay   map[int64]outbox.Delivery // that the plan began with
	emit    func(*Foreseen) error
	last    bool // no day follows: nothing need be remembered
}

// remembered is what a plan's earlier days changed in a party's case.
type remembered struct {
	state    sequence.State
	holds    []ar.HoldEntry
	pending  []sequence.Pending
	asked    map[string]ar.Day // since when a message waits for a yes, by its first occasion
	expected []expected
}

func (w *forecast) day(ctx context.Context, co *Company, m Moment) error {
	p, err := w.newPass(ctx, co, m, w.traffic.on(m.Day))
	if err != nil {
		return err
	}
	if err := w.begin(ctx, co, m); err != nil {
		return err
	}
	sel := w.selection(co, m)
	sel.Parties = w.outlook.Parties
	for cs, err := range w.Store.Cases(ctx, sel) {
		if err != nil {
			return err
		}
		if err := w.party(co, p, cs); err != nil {
			return err
		}
	}
	return nil
}

// begin reads once what a company's plan begins with: what is expected of its
// customers, and the messages that are on their way.
func (w *forecast) begin(ctx context.Context, co *Company, m Moment) error {
	if w.hopes[co] != nil {
		return nil
	}
	list, err := w.Store.Deliveries(ctx, store.DeliveryFilter{
		Source: co.Source, Company: co.ID, Mode: co.Mode,
		States: []outbox.State{outbox.Rendered, outbox.Waiting, outbox.Reserved, outbox.Handed, outbox.Retry},
	})
	for _, d := range list {
		w.onWay[d.ID] = d
	}
	if err != nil {
		return err
	}
	w.hopes[co], err = w.hopeFor(ctx, co, m)
	return err
}

// party decides one party on the pass's day and remembers what follows.
func (w *forecast) party(co *Company, p *pass, cs sequence.Case) error {
	r, known := w.parties[cs.Party]
	if known {
		cs.State, cs.Holds, cs.Pending = r.state, r.holds, r.pending
		cs.Touches = append(cs.Touches, w.heard(cs)...)
	} else {
		r.expected = w.hopes[co].of(co, cs)
		if w.outlook.Migrate != "" {
			cs, _ = co.Book.Migrate(cs, w.outlook.Migrate)
		}
	}
	cs = receive(cs, r.expected)
	cs, _ = co.Book.Review(cs)
	cs, d := p.decide(cs)
	if w.outlook.Decided != nil {
		w.outlook.Decided(co, p.moment, &cs, &d)
	}
	for i := range d.Intents {
		if err := w.emit(&Foreseen{Company: co, Moment: p.moment, Case: &cs, Intent: &d.Intents[i]}); err != nil {
			return err
		}
	}
	if w.last {
		return nil
	}
	after := cs.After(d, assumed(d.Intents, p.moment.Day))
	asked := w.settle(&after, r.asked, p.moment.Day)
	w.parties[cs.Party] = remembered{after.State, after.Holds, after.Pending, asked, r.expected}
	w.send(cs.Party, d.Intents, p.moment.Day)
	return nil
}

// assumed is what a plan takes intents to come to: all done but those that wait
// for a yes.
func assumed(intents []sequence.Intent, on ar.Day) []sequence.Outcome {
	outcomes := make([]sequence.Outcome, len(intents))
	for i, in := range intents {
		outcomes[i] = sequence.Outcome{Intent: in, Done: !in.Approve, On: on}
	}
	return outcomes
}

// settle ends what was on its way when a day is over: what was for this day has
// left, what was for another is planned anew, and so is what waited too long for
// a yes. It returns since when the rest waits; asked is what it returned before.
func (w *forecast) settle(after *sequence.Case, asked map[string]ar.Day, day ar.Day) map[string]ar.Day {
	var since map[string]ar.Day
	after.Pending = slices.DeleteFunc(after.Pending, func(p sequence.Pending) bool {
		d, began := w.onWay[p.Delivery]
		switch {
		case p.State == string(outbox.Uncertain):
			return false
		case p.State == string(outbox.Waiting):
			key, on := p.Occasions[0].Key(), day
			if known, ok := asked[key]; ok {
				on = known
			} else if began {
				on = d.Day
			}
			if since == nil {
				since = map[string]ar.Day{}
			}
			since[key] = on
			return day-on > approvedDays
		case began && d.Day == day:
			w.arrive(after, &d, p.Occasions, day)
		}
		return true
	})
	return since
}

// arrive takes a delivery that the plan began with to be accepted.
func (w *forecast) arrive(after *sequence.Case, d *outbox.Delivery, occasions []sequence.Occasion, on ar.Day) {
	after.State.MarkDone(occasions, on, sequence.DoneSent, 0)
	touch := sequence.Touch{Channel: d.Channel, Medium: d.Medium, Address: d.Recipient, Purpose: d.Purpose, On: on, Party: d.Party}
	if d.Medium == sequence.MediumLetter {
		touch.Address = sequence.PostalAddress(d.Account)
	}
	w.sent[touch.Address] = append(w.sent[touch.Address], touch)
}

// send remembers the messages of a day by their addresses.
func (w *forecast) send(party ar.PartyID, intents []sequence.Intent, on ar.Day) {
	for i := range intents {
		if in := &intents[i]; in.Kind == sequence.Message && !in.Approve {
			touch := in.Touch(party, on)
			w.sent[touch.Address] = append(w.sent[touch.Address], touch)
		}
	}
}

// heard returns what the plan's earlier days sent to the addresses of a case,
// whoever it was for, as the state would show it.
func (w *forecast) heard(cs sequence.Case) []sequence.Touch {
	var touches []sequence.Touch
	var seen []string
	add := func(address string) {
		if len(w.sent[address]) > 0 && !slices.Contains(seen, address) {
			seen, touches = append(seen, address), append(touches, w.sent[address]...)
		}
	}
	for i := range cs.Accounts {
		a := &cs.Accounts[i]
		add(sequence.PostalAddress(a.Customer.Account))
		for k := range a.Contacts {
			for _, address := range sequence.Addresses(&a.Contacts[k]) {
				add(address)
			}
		}
	}
	return touches
}
