package cycle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// PlanRow is one effect that a plan foresees, in one currency.
type PlanRow struct {
	Day        ar.Day          `json:"day"`
	Effect     string          `json:"effect"` // the same on all rows of one effect
	Kind       string          `json:"kind"`
	Company    string          `json:"company"`
	Customer   string          `json:"customer"`
	CustomerID ar.CustomerID   `json:"customer_id"`
	Number     string          `json:"customer_number"`
	Sequence   string          `json:"sequence"`
	Step       string          `json:"step"`
	Channel    string          `json:"channel"`
	To         string          `json:"to"`
	Documents  []string        `json:"documents"` // numbers
	Amount     string          `json:"amount"`
	Currency   ar.Currency     `json:"currency"`
	Reason     sequence.Reason `json:"reason"`
	Approval   bool            `json:"approval"` // waits for a person's yes
}

// Assumptions are what a plan takes for granted, for the person who reads it.
var Assumptions = []string{
	"every message is accepted", "approvals are not given", "calls are not answered", "receipts are posted far enough",
	"nothing is posted in the ERP in between",
}

// Plan foresees what Run would do for companies on a number of days, from the
// moment of each on, by the same decisions, and carries nothing out. emit gets
// the rows in the order of days, companies and parties. For a single day memory does
// not grow with the ledger.
func (c *Cycle) Plan(ctx context.Context, companies []*Company, at func(*Company) Moment, days int, emit func(PlanRow) error) error {
	walk := &walk{Cycle: c, traffic: &traffic{}, parties: map[ar.PartyID]steps{}, emit: emit}
	for n := range days {
		for _, co := range companies {
			walk.last = n == days-1
			if err := walk.day(ctx, co, at(co).later(n)); err != nil {
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

// walk is one plan on its way through the days.
type walk struct {
	*Cycle
	traffic *traffic
	parties map[ar.PartyID]steps
	emit    func(PlanRow) error
	last    bool // no day follows: nothing need be remembered
}

// steps is what a plan's earlier days changed in a party's case.
type steps struct {
	state   sequence.State
	touches []sequence.Touch
	holds   []ar.HoldEntry
	pending []sequence.Pending
}

func (w *walk) day(ctx context.Context, co *Company, m Moment) error {
	p, err := w.newPass(ctx, co, m, w.traffic)
	if err != nil {
		return err
	}
	for cs, err := range w.Store.Cases(ctx, w.selection(co, m)) {
		if err != nil {
			return err
		}
		if s, ok := w.parties[cs.Party]; ok {
			cs.State, cs.Touches, cs.Holds, cs.Pending = s.state, s.touches, s.holds, s.pending
		}
		cs, _ = co.Book.Review(cs)
		cs, d := p.decide(cs)
		for i := range d.Intents {
			if err := emitRows(co, m, cs, &d.Intents[i], w.emit); err != nil {
				return err
			}
		}
		if w.last {
			continue
		}
		after := cs.After(d, assumed(d.Intents, m.Day))
		w.parties[cs.Party] = steps{after.State, after.Touches, after.Holds, after.Pending}
	}
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

// emitRows writes an intent as one row per currency.
func emitRows(co *Company, m Moment, cs sequence.Case, in *sequence.Intent, emit func(PlanRow) error) error {
	row := PlanRow{
		Day: m.Day, Effect: effectOf(cs.Party, m.Day, in), Kind: string(in.Kind), Company: co.Key, CustomerID: in.Account.Customer,
		Sequence: in.Sequence, Step: in.Step, Channel: in.Channel, To: in.Recipient(), Reason: in.Reason, Approval: in.Approve,
	}
	for _, a := range cs.Accounts {
		if a.Customer.Account == in.Account {
			row.Customer, row.Number = a.Customer.Name, a.Customer.Number
		}
	}
	asked := in.Asked
	if len(asked) == 0 {
		asked = linesBalance(in.Lines, cs.Company.BaseCurrency)
	}
	for _, money := range asked {
		row.Amount, row.Currency, row.Documents = money.Amount(), money.Currency, numbers(in.Lines, money.Currency)
		if err := emit(row); err != nil {
			return err
		}
	}
	return nil
}

// linesBalance sums what an intent without an amount of its own names.
func linesBalance(lines []sequence.Line, base ar.Currency) ar.Balance {
	var sum ar.Balance
	for _, l := range lines {
		sum = sum.Add(l.Document.Open, l.Document.Currency)
	}
	if len(sum) == 0 {
		sum = sum.Add(0, base)
	}
	return sum
}

// numbers lists the numbers of the debit documents of one currency, each once.
func numbers(lines []sequence.Line, cur ar.Currency) []string {
	list := []string{}
	for _, l := range lines {
		if l.Document.Currency == cur && l.Document.Open > 0 && !slices.Contains(list, l.Document.Number) {
			list = append(list, l.Document.Number)
		}
	}
	return list
}

// effectOf names an effect, the same in every plan of the same decision.
func effectOf(party ar.PartyID, day ar.Day, in *sequence.Intent) string {
	h := sha256.New()
	h.Write([]byte(party.String() + day.String() + string(in.Kind) + in.Key))
	for _, o := range in.Occasions {
		h.Write([]byte(o.Key()))
	}
	h.Write([]byte(in.Account.String()))
	return hex.EncodeToString(h.Sum(nil)[:6])
}

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
