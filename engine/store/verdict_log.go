package store

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// verdictKey is what a verdict is on.
type verdictKey struct {
	Subject  sequence.Subject `json:"s"`
	Sequence string           `json:"q,omitempty"`
}

// verdictChanges is one line of the journal of reasons: how the verdicts of a
// decision differ from those before it.
type verdictChanges struct {
	Whole bool               `json:"w,omitempty"` // nothing before it counts
	Gone  []verdictKey       `json:"x,omitempty"`
	Now   []sequence.Verdict `json:"v,omitempty"` // in the place of all that was on the same
}

// logVerdicts writes to the journal of reasons what a decision changed in them;
// nothing where it changed nothing.
func (c *commit) logVerdicts(ctx context.Context, co company, m *engine.Move) error {
	changes, changed := diffVerdicts(m.Case.State.Verdicts, m.Decision.State.Verdicts)
	if !changed {
		return nil
	}
	text, err := asJSON(changes)
	if err != nil {
		return err
	}
	_, err = c.tx.ExecContext(ctx, `INSERT INTO verdict_log (company_no, mode, payer, day, at, changes, book) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		co.no, string(m.Mode), string(m.Case.Party.Payer), int64(m.Case.Today), instant(m.Case.Now), text, m.Book)
	return err
}

// diffVerdicts returns how verdicts differ from those before. Their order is no
// difference.
func diffVerdicts(before, after []sequence.Verdict) (changes verdictChanges, changed bool) {
	switch {
	case slices.Equal(before, after):
		return changes, false
	case len(before) == 0:
		return verdictChanges{Whole: true, Now: after}, true
	}
	old, now := byKey(before), byKey(after)
	for _, v := range before {
		key := verdictKey{v.Subject, v.Sequence}
		if _, stays := now[key]; !stays && old[key] != nil {
			changes.Gone = append(changes.Gone, key)
			delete(old, key)
		}
	}
	for _, v := range after {
		key := verdictKey{v.Subject, v.Sequence}
		if !slices.Equal(old[key], now[key]) {
			changes.Now = append(changes.Now, v)
		}
	}
	return changes, len(changes.Gone)+len(changes.Now) > 0
}

// byKey sorts verdicts by what they are on.
func byKey(list []sequence.Verdict) map[verdictKey][]sequence.Verdict {
	by := make(map[verdictKey][]sequence.Verdict, len(list))
	for _, v := range list {
		key := verdictKey{v.Subject, v.Sequence}
		by[key] = append(by[key], v)
	}
	return by
}

const verdictsTo = `SELECT day, changes FROM verdict_log
	WHERE company_no = ? AND mode = ? AND payer = ? AND day <= ? ORDER BY id`

// VerdictsAt folds the journal of reasons up to the end of a day: the verdicts
// on one party as they stood then, in the order of their subjects, and the day of
// the last decision that changed them; none and zero before the first.
func (s *Store) VerdictsAt(ctx context.Context, source ar.Source, id ar.CompanyID, mode outbox.Mode, payer ar.CustomerID, day ar.Day) ([]sequence.Verdict, ar.Day, error) {
	const op = "read the journal of reasons"
	co, err := findCompany(ctx, s.r, source, id)
	if err != nil {
		return nil, 0, wrap(op, err)
	}
	rows, err := s.r.QueryContext(ctx, verdictsTo, co.no, string(mode), string(payer), int64(day))
	standing, last := map[verdictKey][]sequence.Verdict{}, ar.Day(0)
	err = each(rows, err, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan((*int32)(&last), &text); err != nil {
			return err
		}
		var changes verdictChanges
		if err := fromJSON(text, &changes); err != nil {
			return err
		}
		changes.apply(standing)
		return nil
	})
	if err != nil {
		return nil, 0, wrap(op, err)
	}
	return inOrder(standing), last, nil
}

// apply makes the verdicts after a change of those before it.
func (c *verdictChanges) apply(standing map[verdictKey][]sequence.Verdict) {
	if c.Whole {
		clear(standing)
	}
	for _, key := range c.Gone {
		delete(standing, key)
	}
	maps.Copy(standing, byKey(c.Now))
}

// inOrder lists verdicts by subject and sequence.
func inOrder(standing map[verdictKey][]sequence.Verdict) []sequence.Verdict {
	var list []sequence.Verdict
	for _, some := range standing {
		list = append(list, some...)
	}
	slices.SortStableFunc(list, func(x, y sequence.Verdict) int {
		return cmp.Or(cmp.Compare(x.Subject.String(), y.Subject.String()), cmp.Compare(x.Sequence, y.Sequence))
	})
	return list
}
