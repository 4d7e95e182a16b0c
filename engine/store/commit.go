package store

import (
	"context"
	"database/sql"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// Commit persists what each decision shows, all in one transaction: the party's
// state, deliveries with their occasions, tasks, holds and releases. A move is
// left out and returned where its party changed since the case was read, or
// where an occasion has happened already.
func (s *Store) Commit(ctx context.Context, moves []engine.Move) (conflicts []ar.PartyID, err error) {
	err = s.write(ctx, "commit decisions", func(tx *sql.Tx) error {
		ctx := context.WithoutCancel(ctx) // one that can end costs a goroutine per statement
		c := commit{tx: tx, companies: map[ar.PartyID]company{}}
		for i := range moves {
			ok, err := c.move(ctx, &moves[i])
			if err != nil {
				return err
			}
			if !ok {
				conflicts = append(conflicts, moves[i].Case.Party)
			}
		}
		return journal(ctx, tx, c.notes...)
	})
	if err != nil {
		return nil, err
	}
	return conflicts, nil
}

// commit is one transaction over many moves.
type commit struct {
	tx        *sql.Tx
	companies map[ar.PartyID]company // by party, with the mode as its payer
	notes     []note
}

// company returns a party's company and opens the lane in it.
func (c *commit) company(ctx context.Context, party ar.PartyID, mode outbox.Mode) (company, error) {
	key := ar.PartyID{Source: party.Source, Company: party.Company, Payer: ar.CustomerID(mode)}
	if known, ok := c.companies[key]; ok {
		return known, nil
	}
	found, err := ensureCompany(ctx, c.tx, party.Source, party.Company)
	if err != nil {
		return found, err
	}
	c.companies[key] = found
	return found, openLane(ctx, c.tx, found.no, mode)
}

// move commits one decision; false says that it conflicts.
func (c *commit) move(ctx context.Context, m *engine.Move) (bool, error) {
	co, err := c.company(ctx, m.Case.Party, m.Mode)
	if err != nil {
		return false, err
	}
	row, err := findLane(ctx, c.tx, co.no, m.Mode, m.Case.Party.Payer)
	if err != nil || !row.matches(m.Case.Version, co.reads) {
		return false, err
	}
	free, err := c.occasionsFree(ctx, co, m)
	if err != nil || !free {
		return false, err
	}
	if err := c.intents(ctx, co, m); err != nil {
		return false, err
	}
	for i := range m.Deliveries {
		if err := c.deliver(ctx, co, m, &m.Deliveries[i]); err != nil {
			return false, err
		}
	}
	if err := row.put(ctx, c.tx, stateAfter(m), nextOn(m.Decision.Next), m.Book); err != nil {
		return false, err
	}
	if err := c.logVerdicts(ctx, co, m); err != nil {
		return false, err
	}
	if err := endFacts(ctx, c.tx, m.Case.State.Told, m.Decision.State.Told, m.Case.Facts); err != nil {
		return false, err
	}
	return true, c.settleQuiet(ctx, co, m)
}

// stateAfter is the state with its tasks given, as Case.After has it: a task is
// given by being committed, all else has its outcome later.
func stateAfter(m *engine.Move) sequence.State {
	var given []sequence.Outcome
	for _, in := range m.Decision.Intents {
		if in.Kind == sequence.Task {
			given = append(given, sequence.Outcome{Intent: in, Done: true, On: m.Case.Today})
		}
	}
	return m.Case.After(m.Decision, given).State
}

// nextOn writes the next day of a decision; never is NULL.
func nextOn(day ar.Day) any {
	if day == 0 {
		return nil
	}
	return int64(day)
}

// occasionsFree reports whether no delivery of the move repeats an occasion.
func (c *commit) occasionsFree(ctx context.Context, co company, m *engine.Move) (bool, error) {
	for i := range m.Deliveries {
		for _, o := range m.Deliveries[i].Occasions {
			taken := false
			err := c.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM occasion WHERE company_no = ? AND mode = ? AND key = ?)`,
				co.no, string(m.Mode), o.Key()).Scan(&taken)
			if err != nil || taken {
				return false, err
			}
		}
	}
	return true, nil
}

// intents commits the effects that are no messages.
func (c *commit) intents(ctx context.Context, co company, m *engine.Move) error {
	for i := range m.Decision.Intents {
		in := &m.Decision.Intents[i]
		var err error
		switch in.Kind {
		case sequence.Task:
			err = c.openTask(ctx, co, m, in)
		case sequence.Hold:
			err = c.planHold(ctx, co, m, in)
		case sequence.Release:
			err = c.planRelease(ctx, m, in)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settleQuiet puts a party to rest that has nothing open, running or held.
func (c *commit) settleQuiet(ctx context.Context, co company, m *engine.Move) error {
	for i := range m.Case.Accounts {
		if len(m.Case.Accounts[i].Documents) > 0 {
			return nil
		}
	}
	_, err := c.tx.ExecContext(ctx, `UPDATE party_state SET quiet = `+quietNow+` WHERE company_no = ? AND mode = ? AND payer = ?`,
		co.no, string(m.Mode), string(m.Case.Party.Payer))
	return err
}
