package store

import (
	"context"
	"database/sql"
	"iter"
	"slices"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// casesAtOnce is how many parties one read transaction takes in. The cases of
// two such batches are what Cases holds in memory, besides the names of the
// parties.
const casesAtOnce = 125

// Cases passes the selected cases in the order of their payers. A party with
// nothing open, running or held is left out unless it is named. A batch of parties
// is read while the caller works on the one before, and may commit: a case whose
// party changed in the meantime conflicts then, by its version.
func (s *Store) Cases(ctx context.Context, sel engine.Selection) iter.Seq2[sequence.Case, error] {
	return func(yield func(sequence.Case, error) bool) {
		const op = "read cases"
		c, err := findCompany(ctx, s.r, sel.Source, sel.Company)
		if err != nil {
			yield(sequence.Case{}, wrap(op, err))
			return
		}
		payers, err := s.payers(ctx, c, sel)
		if err != nil {
			yield(sequence.Case{}, wrap(op, err))
			return
		}
		batches := s.readAhead(ctx, op, c, sel, payers)
		defer batches.stop()
		for b := range batches.read {
			if b.err != nil {
				yield(sequence.Case{}, b.err)
				return
			}
			if !b.pass(yield) {
				return
			}
		}
	}
}

// ahead reads batches of cases, one ahead of what is asked for.
type ahead struct {
	read   chan *caseBatch
	cancel context.CancelFunc
}

// readAhead begins to read the cases of payers. A batch that could not be read is
// the last.
func (s *Store) readAhead(ctx context.Context, op string, c company, sel engine.Selection, payers []string) ahead {
	ctx, cancel := context.WithCancel(ctx)
	a := ahead{read: make(chan *caseBatch), cancel: cancel}
	go func() {
		defer close(a.read)
		for chunk := range slices.Chunk(payers, casesAtOnce) {
			b := newCaseBatch(c, sel, chunk)
			b.err = s.read(ctx, op, func(tx *sql.Tx) error { return b.read(ctx, tx) })
			a.read <- b // stop takes what nobody asks for any more
			if b.err != nil {
				return
			}
		}
	}()
	return a
}

// stop ends the reading and returns when it has ended.
func (a ahead) stop() {
	a.cancel()
	for range a.read {
	}
}

// payers lists the parties of a selection in their order.
func (s *Store) payers(ctx context.Context, c company, sel engine.Selection) ([]string, error) {
	if sel.Parties != nil {
		var named []string
		for _, p := range sel.Parties {
			if p.Source == sel.Source && p.Company == sel.Company {
				named = append(named, string(p.Payer))
			}
		}
		slices.Sort(named)
		return slices.Compact(named), nil
	}
	open := false
	err := s.r.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM lane WHERE company_no = ? AND mode = ?)`,
		c.no, string(sel.Mode)).Scan(&open)
	switch {
	case err != nil:
		return nil, err
	case sel.Due && open:
		return s.duePayers(ctx, c, sel)
	}
	return column[string](ctx, s.r, `SELECT DISTINCT payer FROM customer WHERE company_no = ? ORDER BY payer`, c.no)
}

// The ways in which a party is due, each found by an index alone.
const (
	ofLane     = `SELECT payer FROM party_state WHERE company_no = ? AND mode = ? AND quiet = 0 AND `
	dueByDay   = ofLane + `next_on <= ?`
	dueByBook1 = ofLane + `book < ?`
	dueByBook2 = ofLane + `book > ?`
)

// duePayers finds the parties whose day has come or that were decided under
// another book.
func (s *Store) duePayers(ctx context.Context, c company, sel engine.Selection) ([]string, error) {
	var due []string
	for query, arg := range map[string]any{dueByDay: int64(sel.Today), dueByBook1: sel.Book, dueByBook2: sel.Book} {
		more, err := column[string](ctx, s.r, query, c.no, string(sel.Mode), arg)
		if err != nil {
			return nil, err
		}
		due = append(due, more...)
	}
	slices.Sort(due)
	return slices.Compact(due), nil
}

// caseBatch gathers what belongs to some parties, one kind of record after the
// other.
type caseBatch struct {
	company  company
	sel      engine.Selection
	payers   []string
	cases    []sequence.Case
	byPayer  map[ar.CustomerID]*sequence.Case
	accounts map[ar.CustomerID]place
	awake    map[ar.CustomerID]bool      // by payer: something runs, or made it due
	owners   map[string][]*sequence.Case // by address
	named    []any                       // every address once, in the order in which it was found
	ids      []any                       // of the accounts
	err      error                       // why it could not be read
}

// place is where an account stands in its case.
type place struct {
	c *sequence.Case
	i int
}

func (p place) account() *sequence.Account { return &p.c.Accounts[p.i] }

func newCaseBatch(c company, sel engine.Selection, payers []string) *caseBatch {
	b := &caseBatch{company: c, sel: sel, payers: payers, cases: make([]sequence.Case, len(payers)),
		byPayer: map[ar.CustomerID]*sequence.Case{}, accounts: map[ar.CustomerID]place{}, awake: map[ar.CustomerID]bool{},
		owners: map[string][]*sequence.Case{}}
	return b
}

func (b *caseBatch) read(ctx context.Context, tx *sql.Tx) (err error) {
	if b.company, err = findCompany(ctx, tx, b.sel.Source, b.sel.Company); err != nil {
		return err
	}
	dataDay := b.company.dayAt(b.company.readAt) // once: a zone is read from disk each time
	for i, payer := range b.payers {
		c := &b.cases[i]
		*c = sequence.Case{Party: b.company.party(ar.CustomerID(payer)), Version: -b.company.reads - 1, Today: b.sel.Today,
			Now: b.sel.Now, DataDay: dataDay, Company: b.company.Company}
		b.byPayer[c.Party.Payer] = c
	}
	parts := []func(context.Context, *sql.Tx) error{
		b.readStates, b.readCustomers, b.readDocuments, b.readContacts, b.readReceipts, b.readOrders, b.readFlaws,
		b.readHolds, b.readPending, b.readLives, b.findAddresses, b.readTouches, b.readFacts, b.readHabits,
	}
	for _, part := range parts {
		if err := part(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// pass yields the cases that have something to decide.
func (b *caseBatch) pass(yield func(sequence.Case, error) bool) bool {
	for i := range b.cases {
		c := &b.cases[i]
		if len(c.Accounts) == 0 || b.sel.Parties == nil && b.isQuiet(c) {
			continue
		}
		if !yield(*c, nil) {
			return false
		}
	}
	return true
}

// isQuiet reports whether nothing of a case is open, flawed, running, held, told
// or new.
func (b *caseBatch) isQuiet(c *sequence.Case) bool {
	if b.awake[c.Party.Payer] {
		return false
	}
	for i := range c.Accounts {
		a := &c.Accounts[i]
		if len(a.Documents)+len(a.Flaws) > 0 || a.SeenOn > b.sel.Today-newDays {
			return false
		}
	}
	return !slices.ContainsFunc(c.Holds, func(e ar.HoldEntry) bool { return e.State.Live() })
}
