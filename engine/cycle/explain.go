package cycle

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// Explain decides one party's case on a moment, for a person to read.
func (c *Cycle) Explain(ctx context.Context, co *Company, m Moment, id ar.AccountID) (sequence.Case, sequence.Decision, error) {
	cs, found, err := c.CaseOf(ctx, co, m, id)
	if err != nil {
		return cs, sequence.Decision{}, err
	}
	if !found {
		return cs, sequence.Decision{}, fault.New(fault.NotFound, "customer %s owes nothing and is in no sequence", id.Customer)
	}
	p, err := c.newPass(ctx, co, m, &traffic{})
	if err != nil {
		return cs, sequence.Decision{}, err
	}
	cs, d := p.decide(cs)
	return cs, d, nil
}

// ExplainAhead decides one party's case on a day ahead, at the end of a plan
// that begins at the moment from and looks at this party alone. before gets what
// the plan foresees on the days until then.
func (c *Cycle) ExplainAhead(ctx context.Context, co *Company, from Moment, day ar.Day, id ar.AccountID, o Outlook, before func(*Foreseen) error) (
	cs sequence.Case, d sequence.Decision, err error) {
	party, err := c.Store.PartyOf(ctx, id)
	if err != nil {
		return cs, d, err
	}
	found := false
	o.Parties = []ar.PartyID{party}
	o.Decided = func(_ *Company, m Moment, decided *sequence.Case, decision *sequence.Decision) {
		if m.Day == day {
			cs, d, found = *decided, *decision, true
		}
	}
	err = c.Foresee(ctx, []*Company{co}, func(*Company) Moment { return from }, int(day-from.Day)+1, o, func(f *Foreseen) error {
		if f.Moment.Day == day {
			return nil
		}
		return before(f)
	})
	if err == nil && !found {
		err = fault.New(fault.NotFound, "customer %s is not in the ledger", id.Customer)
	}
	return cs, d, err
}
