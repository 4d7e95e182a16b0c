package walk

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// foreseen is a decision made before those of earlier parties were known.
type foreseen struct {
	sequence.Decision
	heard    int // touches of others that it knew of
	newHolds int // the allowance that it was made with
}

// foresee moves parties to a day and decides those that have something to do,
// on all processors. It gives nil for the others.
func (w *Walker) foresee(parties []*party, day ar.Day) []*foreseen {
	all := make([]*foreseen, len(parties))
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(parties)) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(parties)); i = next.Add(1) - 1 {
				p := parties[i]
				p.live(w.ledger, day)
				if p.due(day) {
					p.pending = w.review(p, day)
					all[i] = &foreseen{w.book.Decide(w.caseOf(p, day)), p.heard, w.left}
				}
			}
		})
	}
	group.Wait()
	return all
}

// due reports whether a party is to be decided on a day.
func (p *party) due(day ar.Day) bool {
	return len(p.accounts) > 0 && (p.changed || p.next != 0 && p.next <= day) && (p.decided || !p.quiet(day))
}

// newDays is for how many days a new customer is looked at with nothing open, as
// the store does.
const newDays = 120

// quiet reports whether nothing of a party is open, told or new: it is not
// decided before something is.
func (p *party) quiet(day ar.Day) bool {
	return len(p.facts) == 0 && !slices.ContainsFunc(p.accounts, func(a sequence.Account) bool {
		return len(a.Documents) > 0 || a.SeenOn > day-newDays
	})
}

// review lets go of the messages that wait for a yes in vain: they would not
// come out the same today, or nobody said it in time.
func (w *Walker) review(p *party, day ar.Day) []sequence.Pending {
	p.pending = slices.DeleteFunc(slices.Clone(p.pending), func(d sequence.Pending) bool { return day-p.since[d.Delivery] > yesDays })
	if len(p.pending) == 0 {
		return nil
	}
	c, _ := w.book.Review(w.caseOf(p, day))
	return c.Pending
}

func (w *Walker) caseOf(p *party, day ar.Day) sequence.Case {
	c := p.stand(w.ledger, day)
	c.NewHolds = w.left
	return c
}

// decide settles a foreseen decision: it is made anew where an earlier party's
// would have changed it, and its effects come about.
func (w *Walker) decide(p *party, f *foreseen, day ar.Day, emit func(*Touch) error) error {
	c := w.caseOf(p, day)
	d := f.Decision
	if f.heard != p.heard || f.newHolds != w.left && wantsHold(&d) {
		d = w.book.Decide(c)
	}
	if w.options.Decided != nil {
		w.options.Decided(&c, &d)
	}
	outcomes := make([]sequence.Outcome, len(d.Intents))
	next := d.Next
	for i := range d.Intents {
		t := Touch{Day: day, Party: p.id, Intent: d.Intents[i]}
		t.Withdrawn = t.Kind == sequence.Release && p.proposed(t.Account)
		t.Approved = t.Approve && w.options.Approve != nil && w.options.Approve(&t)
		if err := emit(&t); err != nil {
			return err
		}
		outcomes[i] = sequence.Outcome{Intent: d.Intents[i], Done: !t.Waits(), On: day}
		w.spread(p, &t)
		if t.Kind != sequence.Task {
			next = day + 1
		}
	}
	p.remember(c.After(d, outcomes), day)
	p.next, p.changed, p.decided = next, false, true
	return nil
}

// wantsHold reports whether a decision asked for a new hold, and so depends on
// how many the day still allows.
func wantsHold(d *sequence.Decision) bool {
	return slices.ContainsFunc(d.Intents, func(in sequence.Intent) bool { return in.Kind == sequence.Hold && !in.Approve }) ||
		slices.ContainsFunc(d.Verdicts, func(v sequence.Verdict) bool { return v.Reason == sequence.ReasonHoldQuota })
}

// proposed reports whether a hold on an account waits for a yes.
func (p *party) proposed(id ar.AccountID) bool {
	return slices.ContainsFunc(p.holds, func(e ar.HoldEntry) bool { return e.Account == id && e.State == ar.EntryProposed })
}

// spread tells of an effect whoever it concerns besides its party: those who
// share the address, and the day's allowance of holds.
func (w *Walker) spread(p *party, t *Touch) {
	switch {
	case t.Kind == sequence.Hold && !t.Approve:
		w.left--
	case t.Kind == sequence.Message:
		touch := t.Touch(p.id, t.Day)
		for _, other := range w.ledger.byAddress[touch.Address] {
			if other != p {
				other.hear(touch, t.Waits())
			}
		}
	}
}

// hear takes in a message to an address that is also this party's. One that
// waits for a yes counts on its own day only.
func (p *party) hear(touch sequence.Touch, waits bool) {
	p.heard++
	if !waits {
		p.touches = append(p.touches, touch)
		return
	}
	if p.asked != touch.On {
		p.asked, p.waiting = touch.On, nil
	}
	p.waiting = append(p.waiting, touch)
}

const (
	touchDays = 30 // for how many days a message counts against gaps and caps
	lateHold  = 60 // for how many days a released hold is still looked at
	yesDays   = 7  // for how many days a message waits for a yes
)

// remember keeps what a day leaves behind, as long as the store would show it.
func (p *party) remember(after sequence.Case, day ar.Day) {
	p.state = after.State
	p.wait(after.Pending, day)
	p.touches = slices.DeleteFunc(after.Touches, func(t sequence.Touch) bool { return day-t.On >= touchDays || p.isWaiting(t, day) })
	p.holds = slices.DeleteFunc(after.Holds, func(e ar.HoldEntry) bool {
		return !e.State.Live() && (e.State != ar.EntryReleased || day-e.ReleasedOn >= lateHold)
	})
}

// wait keeps what waits for a yes, with the day since when.
func (p *party) wait(pending []sequence.Pending, day ar.Day) {
	p.pending = pending
	if len(pending) == 0 {
		p.since = nil
		return
	}
	since := map[int64]ar.Day{}
	for i := range pending {
		d := &pending[i]
		on := p.since[d.Delivery]
		if d.Delivery == 0 {
			p.waits++
			d.Delivery, on = p.waits, day
		}
		since[d.Delivery] = on
	}
	p.since = since
}

func (p *party) isWaiting(t sequence.Touch, day ar.Day) bool {
	return p.asked == day && slices.Contains(p.waiting, t)
}
