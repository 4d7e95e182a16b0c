package cycle

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
	"holdfast/engine/walk"
)

// Recalled is one party at the end of a past day: the reasons from the journal,
// the documents as they stood, and what the day brought.
type Recalled struct {
	Case       sequence.Case
	Decision   sequence.Decision // its verdicts, and positions with what was done by then
	DecidedOn  ar.Day            // of the last decision that changed a reason
	Deliveries []outbox.Delivery // decided by then, the newest first; superseded ones of the day alone
	Tasks      []store.Task      // opened by then
}

// Recall returns a party as it was at the end of a day on which decisions had
// been made; ok is false where none had been made of it, or of that day or any
// later one.
func (c *Cycle) Recall(ctx context.Context, co *Company, day ar.Day, id ar.AccountID) (r Recalled, ok bool, err error) {
	last, err := c.Store.LastDecided(ctx, co.Source, co.ID, co.Mode)
	if err != nil || last < day {
		return r, false, err
	}
	party, err := c.Store.PartyOf(ctx, id)
	if err != nil {
		return r, false, err
	}
	r.Decision.Verdicts, r.DecidedOn, err = c.Store.VerdictsAt(ctx, co.Source, co.ID, co.Mode, party.Payer, day)
	if err != nil || r.DecidedOn == 0 {
		return r, false, err
	}
	past, err := c.Store.PastOf(ctx, co.Source, co.ID, co.Mode, []ar.CustomerID{party.Payer})
	if err != nil {
		return r, false, err
	}
	ledger := walk.NewLedger(historyOf(&past))
	ledger.To(day)
	r.Case, _ = ledger.Case(id)
	if err := c.recallEffects(ctx, co, party, day, &r); err != nil {
		return r, false, err
	}
	r.place()
	return r, true, nil
}

// recallEffects reads what had been decided for a party by a day.
func (c *Cycle) recallEffects(ctx context.Context, co *Company, party ar.PartyID, day ar.Day, r *Recalled) error {
	deliveries, err := c.Store.Deliveries(ctx, store.DeliveryFilter{Source: co.Source, Company: co.ID, Mode: co.Mode, Parties: []ar.PartyID{party}})
	if err != nil {
		return err
	}
	r.Deliveries = slices.DeleteFunc(deliveries, func(d outbox.Delivery) bool {
		return d.Day > day || d.Day < day && d.State == outbox.Superseded
	})
	slices.Reverse(r.Deliveries)
	tasks, err := c.Store.Tasks(ctx, store.TaskFilter{Source: co.Source, Company: co.ID, Mode: co.Mode})
	if err != nil {
		return err
	}
	r.Tasks = slices.DeleteFunc(tasks, func(t store.Task) bool { return t.Party != party || t.OpenedOn > day })
	var accounts []ar.AccountID
	for i := range r.Case.Accounts {
		accounts = append(accounts, r.Case.Accounts[i].Customer.Account)
	}
	holds, err := c.Store.Holds(ctx, store.HoldFilter{Source: co.Source, Company: co.ID, Mode: co.Mode, Accounts: accounts})
	for _, e := range holds {
		if e.PlacedOn == 0 || e.PlacedOn > day || e.ReleasedOn != 0 && e.ReleasedOn <= day {
			continue
		}
		if e.ReleasedOn != 0 {
			e.State, e.ReleasedOn = ar.EntryPlaced, 0
		}
		r.Case.Holds = append(r.Case.Holds, e)
	}
	return err
}

// place puts the steps that were done by then behind the subjects of which the
// journal has reasons.
func (r *Recalled) place() {
	for _, v := range r.Decision.Verdicts {
		if v.Sequence == "" {
			continue
		}
		p := sequence.Position{Sequence: v.Sequence, Subject: v.Subject}
		for _, d := range r.Deliveries {
			for _, o := range d.Occasions {
				if o.Sequence == v.Sequence && o.Subject == v.Subject && d.State == outbox.Accepted {
					p.Done = append(p.Done, sequence.Done{Step: o.Step, Repeat: o.Repeat, On: d.Day, How: r.how(&d)})
				}
			}
		}
		for _, t := range r.Tasks {
			if t.Sequence == v.Sequence && strings.HasPrefix(t.Key, v.Sequence+"|"+v.Subject.String()+"|") {
				p.Done = append(p.Done, sequence.Done{Step: t.Step, On: t.OpenedOn, How: sequence.DoneTask})
			}
		}
		slices.SortStableFunc(p.Done, func(x, y sequence.Done) int { return cmp.Compare(x.On, y.On) })
		r.Decision.State.Positions = append(r.Decision.State.Positions, p)
	}
}

// how is how the steps of a message that left were done, as far as was known by
// the day.
func (r *Recalled) how(d *outbox.Delivery) sequence.How {
	if d.Reason == sequence.ReasonBounced && ar.DayOf(d.ChangedAt) <= r.Case.Today {
		return sequence.DoneBounced
	}
	return sequence.DoneSent
}
