package cycle

import (
	"cmp"
	"context"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
	"holdfast/engine/walk"
)

// Span is what a backtest lives: past days, both included.
type Span struct {
	From, To ar.Day
	Anew     bool // old debt begins at the beginning instead of where adopt would put it
}

// Assumptions are what a backtest takes for granted, for the person who
// reads it.
func (s Span) Assumptions() []string {
	start := "nothing was under way on the first day; old debt enters as by adopt, a share a day"
	if s.Anew {
		start = "nothing was under way on the first day; every document begins at the beginning"
	}
	return []string{
		start,
		"a cycle ran on every day, and every message was accepted",
		"nobody said yes to what waits for one",
		"what people told counts from the day it was told",
		"customers, contacts, due days and open orders are those of today",
		"a receipt that the bank took back never came; the ERP's disputes are those that past decisions saw, and else not known",
	}
}

// chunkParties is how many parties a backtest holds in memory at once. Within
// such a chunk the day's bounds are exact; over several each has its share.
const chunkParties = 2000

// Backtest lives past days of a company's own ledger again, in memory, by the
// decisions of its book, and says what would have been sent and what the ledger
// did then. emit gets every effect, a chunk of parties after the other and the
// days of each in their order. Nothing is written.
func (c *Cycle) Backtest(ctx context.Context, co *Company, s Span, emit func(*BacktestRow) error) (Backtest, error) {
	b := &backtest{Cycle: c, company: co, span: s, emit: emit, sum: newBacktest(co, s)}
	if s.To < s.From {
		return b.sum, fault.New(fault.Invalid, "the last day %s lies before the first, %s", s.To, s.From)
	}
	var err error
	if b.sum.Known, err = c.Store.LastPosted(ctx, co.Source, co.ID); err != nil {
		return b.sum, err
	}
	kin, err := c.Store.Kin(ctx, co.Source, co.ID)
	if err != nil {
		return b.sum, err
	}
	for _, group := range kin {
		b.parties += len(group)
	}
	var some []ar.CustomerID
	for i, group := range kin {
		if some = append(some, group...); len(some) < chunkParties && i < len(kin)-1 {
			continue
		}
		if err := b.chunk(ctx, some); err != nil {
			return b.sum, fault.Wrap("backtest company "+co.Key, err)
		}
		some = nil
	}
	b.sum.end()
	return b.sum, nil
}

// backtest is one backtest on its way.
type backtest struct {
	*Cycle
	company *Company
	span    Span
	parties int
	emit    func(*BacktestRow) error
	sum     Backtest
}

// chunk lives the days of some parties.
func (b *backtest) chunk(ctx context.Context, payers []ar.CustomerID) error {
	co := b.company
	past, err := b.Store.PastOf(ctx, co.Source, co.ID, co.Mode, payers)
	if err != nil {
		return err
	}
	limit, err := newHoldsLimit(ctx, b.Store, co)
	if err != nil {
		return err
	}
	m := newMeasure(b, &past)
	w := walk.New(co.Book, historyOf(&past), walk.Options{NewHoldsPerDay: b.share(limit, len(payers)), Decided: m.decided})
	if !b.span.Anew {
		b.adopt(w, len(payers))
	}
	for day := b.span.From; day <= b.span.To; day++ {
		if err := w.Day(ctx, day, m.touch); err != nil {
			return err
		}
	}
	m.end()
	return nil
}

// share is a chunk's part of what the whole company may do in a day.
func (b *backtest) share(whole, parties int) int {
	return max(1, whole*parties/max(1, b.parties))
}

// adopt puts old debt where adopt would have put it on the first day.
func (b *backtest) adopt(w *walk.Walker, parties int) {
	co, from := b.company, b.span.From
	found := map[ar.PartyID][]sequence.Position{}
	var order []adoptee
	w.Begin(from, func(c *sequence.Case) sequence.State {
		if f := (adoptee{cs: sequence.Case{Party: c.Party}, adopted: co.Book.Adopt(*c, from)}); len(f.adopted) > 0 {
			for _, a := range f.adopted {
				if f.oldest == 0 || a.Document.DueOn < f.oldest {
					f.oldest = a.Document.DueOn
				}
			}
			order = append(order, f)
		}
		return c.State
	})
	slices.SortStableFunc(order, func(x, y adoptee) int { return cmp.Compare(x.oldest, y.oldest) })
	quota, day := b.share(max(50, len(order)/10), parties), from
	for i := range order {
		if i > 0 && i%quota == 0 {
			day = co.Book.Policy.Business.AddBusinessDays(day, 1)
		}
		for _, a := range order[i].adopted {
			a.Position.NotBefore = day
			found[order[i].cs.Party] = append(found[order[i].cs.Party], a.Position)
		}
	}
	w.Begin(from, func(c *sequence.Case) sequence.State {
		return sequence.State{Positions: found[c.Party]}
	})
}
