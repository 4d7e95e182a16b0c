package cycle

import (
	"context"
	"errors"
	"fmt"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// commitSize is how many parties are committed in one transaction.
const commitSize = 200

// Decided counts what decisions asked for.
type Decided struct {
	Parties  int `json:"parties"`
	Messages int `json:"messages"`
	Tasks    int `json:"tasks"`
	Holds    int `json:"holds"`
	Releases int `json:"releases"`
}

// Decide decides every party of a company that changed or whose day has come,
// and commits each decision with its messages rendered. A message that cannot
// be rendered is left for the next time, and returned as an error once all
// others are committed.
func (c *Cycle) Decide(ctx context.Context, co *Company, m Moment) (Decided, error) {
	began := c.Clock.Now()
	if err := c.reviewWaiting(ctx, co, m); err != nil {
		return Decided{}, fault.Wrap("look again at what waits for a yes in company "+co.Key, err)
	}
	p, err := c.newPass(ctx, co, m, c.traffic.on(m.Day))
	if err != nil {
		return Decided{}, err
	}
	sel := c.selection(co, m)
	sel.Due, sel.Book = true, co.Book.Hash()
	var failed []error
	var moves []engine.Move
	for cs, err := range c.Store.Cases(ctx, sel) {
		if err != nil {
			return p.done, fault.Wrap("read the cases of company "+co.Key, err)
		}
		move, err := c.move(co, p, cs)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		if moves = append(moves, move); len(moves) == commitSize {
			if err := c.commit(ctx, co, p, moves); err != nil {
				return p.done, err
			}
			moves = moves[:0]
		}
	}
	if err = c.commit(ctx, co, p, moves); err == nil {
		err = c.keepList(ctx, co, m)
	}
	c.Watch.Decided(co.Key, p.done.Parties, c.Clock.Now().Sub(began))
	return p.done, errors.Join(append(failed, err)...)
}

// selection reads the cases of a company on a moment.
func (c *Cycle) selection(co *Company, m Moment) engine.Selection {
	return engine.Selection{Source: co.Source, Company: co.ID, Mode: co.Mode, Today: m.Day, Now: m.Now}
}

// commit persists moves; a party that changed under our hands is decided anew.
func (c *Cycle) commit(ctx context.Context, co *Company, p *pass, moves []engine.Move) error {
	for try := 0; len(moves) > 0; try++ {
		conflicts, err := c.Store.Commit(ctx, moves)
		if err != nil {
			return fault.Wrap("commit the decisions of company "+co.Key, err)
		}
		if len(conflicts) == 0 {
			return nil
		}
		if try == 5 {
			return fault.New(fault.Conflict, "company %s: %d parties keep changing while they are decided", co.Key, len(conflicts)).
				WithCure("they are decided in the next cycle")
		}
		if moves, err = c.again(ctx, co, p, conflicts); err != nil {
			return err
		}
	}
	return nil
}

// again decides parties anew, from their cases as they are now.
func (c *Cycle) again(ctx context.Context, co *Company, p *pass, parties []ar.PartyID) ([]engine.Move, error) {
	sel := c.selection(co, p.moment)
	sel.Parties = parties
	var moves []engine.Move
	for cs, err := range c.Store.Cases(ctx, sel) {
		if err != nil {
			return nil, err
		}
		move, err := c.move(co, p, cs)
		if err != nil {
			return nil, err
		}
		moves = append(moves, move)
	}
	return moves, nil
}

// move decides one case and renders its messages.
func (c *Cycle) move(co *Company, p *pass, cs sequence.Case) (engine.Move, error) {
	cs, d := p.decide(cs)
	move := engine.Move{Case: cs, Decision: d, Mode: co.Mode, Book: co.Book.Hash(), TwoAbove: co.Limits.TwoAbove}
	for _, in := range d.Intents {
		if in.Kind != sequence.Message {
			continue
		}
		delivery, err := c.delivery(co, p.moment, cs, in)
		if err != nil {
			return move, fault.Wrap(fmt.Sprintf("render %s for customer %s", in.Template, in.Account.Customer), err)
		}
		move.Deliveries = append(move.Deliveries, delivery)
	}
	return move, nil
}

// delivery renders a message and makes the delivery that carries it.
func (c *Cycle) delivery(co *Company, m Moment, cs sequence.Case, in sequence.Intent) (outbox.Delivery, error) {
	message, notes, err := co.Render.Render(cs, in, in.NotAfter)
	if err != nil {
		return outbox.Delivery{}, err
	}
	for _, note := range notes {
		c.Log.Warn(note, "company", co.Key, "customer", string(in.Account.Customer))
	}
	channel := in.Channel
	if co.Mode == outbox.Test {
		message, channel = co.redirect(message, in)
	}
	content, sha, err := message.Encode()
	if err != nil {
		return outbox.Delivery{}, err
	}
	d := outbox.Delivery{
		Key:  outbox.KeyOf(co.Mode, cs.Party, channel, in.Recipient(), in.Occasions, sha),
		Mode: co.Mode, Party: cs.Party, Account: in.Account, Channel: channel, Medium: in.Medium, Recipient: in.Recipient(),
		Purpose: in.Purpose, Sequence: in.Sequence, Step: in.Step, Template: in.Template, Occasions: in.Occasions,
		Documents: in.Documents(), Cover: in.Cover, Asked: in.Asked, Day: m.Day, SHA: sha, Content: content, Tag: message.Tag,
		State: outbox.Rendered, NotBefore: in.NotBefore, NotAfter: in.NotAfter, ChangedAt: c.Clock.Now(),
	}
	if in.Approve {
		d.State, d.Reason = outbox.Waiting, sequence.ReasonApproval
	}
	return d, nil
}

// pass is one go over a company's parties: what spans them, such as the day's
// new holds and the messages to shared addresses, is kept here. Run and plan
// both use it, so that they decide alike.
type pass struct {
	company  *Company
	moment   Moment
	newHolds int
	traffic  *traffic
	done     Decided
}

// newPass begins a go over a company: earlier holds of the day count.
func (c *Cycle) newPass(ctx context.Context, co *Company, m Moment, t *traffic) (*pass, error) {
	left, err := newHoldsLeft(ctx, c.Store, co, m.Day)
	return &pass{company: co, moment: m, newHolds: left, traffic: t}, err
}

// newHoldsLeft returns how many new holds may still be placed on a day without
// a yes.
func newHoldsLeft(ctx context.Context, s *store.Store, co *Company, day ar.Day) (int, error) {
	limit, err := newHoldsLimit(ctx, s, co)
	if err != nil {
		return 0, err
	}
	placed, err := s.NewHolds(ctx, co.Source, co.ID, co.Mode, day)
	return max(0, limit-placed), err
}

// newHoldsLimit returns how many new holds a day may have without a yes.
func newHoldsLimit(ctx context.Context, s *store.Store, co *Company) (int, error) {
	if co.Limits.NewHolds != 0 {
		return co.Limits.NewHolds, nil
	}
	accounts, err := s.CountCustomers(ctx, co.Source, co.ID)
	return max(5, accounts/100), err
}

// decide decides one case within the pass and returns the case as it was
// decided.
func (p *pass) decide(cs sequence.Case) (sequence.Case, sequence.Decision) {
	cs.Today, cs.Now, cs.NewHolds = p.moment.Day, p.moment.Now, p.newHolds
	cs.Touches = append(cs.Touches, p.traffic.others(cs)...)
	d := p.company.Book.Decide(cs)
	p.done.Parties++
	for i := range d.Intents {
		p.count(cs.Party, &d.Intents[i])
	}
	return cs, d
}

func (p *pass) count(party ar.PartyID, in *sequence.Intent) {
	switch in.Kind {
	case sequence.Message:
		p.done.Messages++
		p.traffic.add(in.Touch(party, p.moment.Day))
	case sequence.Task:
		p.done.Tasks++
	case sequence.Hold:
		p.done.Holds++
		if !in.Approve {
			p.newHolds--
		}
	case sequence.Release:
		p.done.Releases++
	}
}

// since returns how long ago an instant was, by the wall clock.
func (c *Cycle) since(t time.Time) time.Duration { return c.Clock.Now().Sub(t) }
