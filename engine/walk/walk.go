// Package walk lives days of a ledger's history in memory, by the same Decide
// and After as the cycle: test cases, backtest and trials call it. Nothing is
// read, written or sent.
package walk

import (
	"context"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// Touch is one effect that a day brings. What it points to is good until emit
// returns.
type Touch struct {
	Day   ar.Day
	Party ar.PartyID
	sequence.Intent
	Approved  bool // it wanted a yes and got it
	Withdrawn bool // of a release: the hold only waited for a yes and never stood
}

// Waits reports whether the effect waits for a yes and has not come about.
func (t *Touch) Waits() bool { return t.Approve && !t.Approved }

// Options say how a walk differs from the usual: messages are accepted, holds
// placed and lifted at once, nothing is approved, and tasks end as facts say.
type Options struct {
	// NewHoldsPerDay bounds the new holds of a day that need no yes; 0: the
	// greater of 5 and 1 % of the accounts.
	NewHoldsPerDay int
	// Approve says yes to an effect that waits for it, at once; nil: nobody does.
	Approve func(t *Touch) bool
	// Decided is told of every decision with the case it was made on, in order
	// and before its touches; nil: nobody is. Both are good until it returns.
	Decided func(c *sequence.Case, d *sequence.Decision)
}

// Walker lives the days of a history, one after the other, over all parties. Its
// methods are for one goroutine; it uses several itself, and what comes out is
// the same on any number of processors.
type Walker struct {
	book    *sequence.Book
	ledger  *Ledger
	options Options
	began   bool
	left    int // new holds that the day still allows
}

// New returns a walker that stands before the history's first day. A company is
// walked with its own book.
func New(book *sequence.Book, h History, o Options) *Walker {
	if o.NewHoldsPerDay == 0 {
		o.NewHoldsPerDay = max(5, len(h.Customers)/100)
	}
	return &Walker{book: book, ledger: NewLedger(h), options: o}
}

// Tell adds a fact between two days; its day On must lie ahead.
func (w *Walker) Tell(f intake.Fact) error {
	if f.On <= w.ledger.day {
		return fault.New(fault.Invalid, "a fact told on %s comes too late: the walk has lived %s", f.On, w.ledger.day).
			WithCure("tell it before that day is lived")
	}
	if !w.ledger.Tell(f) {
		return fault.New(fault.NotFound, "a fact is told of customer %s, who is not in the history", f.Account.Customer).
			WithCure("name one of its customers")
	}
	return nil
}

// Case returns an account's party as the last lived day left it; ok is false
// where it is not known. The case is good until the next day.
func (w *Walker) Case(id ar.AccountID) (c sequence.Case, ok bool) { return w.ledger.Case(id) }

// chunk is how many parties are decided before their effects are told.
const chunk = 256

// Day lives one day: every party takes in what was posted and told up to then,
// those with something to do are decided in their order, and emit is told of each
// effect. Days go forward and may leave some out, as a machine that was switched
// off does. An error of emit ends the day.
func (w *Walker) Day(ctx context.Context, day ar.Day, emit func(*Touch) error) error {
	if w.began && day <= w.ledger.day {
		return fault.New(fault.Invalid, "%s was lived already: the walk stands at %s", day, w.ledger.day).WithCure("begin a new walk")
	}
	w.began, w.ledger.day, w.left = true, day, w.options.NewHoldsPerDay
	for some := range slices.Chunk(w.ledger.parties, chunk) {
		if err := ctx.Err(); err != nil {
			return err
		}
		for i, d := range w.foresee(some, day) {
			if d == nil {
				continue
			}
			if err := w.decide(some[i], d, day, emit); err != nil {
				return err
			}
		}
	}
	return nil
}
