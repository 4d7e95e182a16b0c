package adapters

import (
	"context"
	"slices"
	"time"

	"holdfast/adapters/presets"
)

// witnesses is how many of the newest documents and customers a mark remembers.
// Where a later read brings nothing as new, they are asked for by their ids: one
// that stands there with an older stamp went back. A row that is gone proves
// nothing, for ERPs delete rows too; many gone at once do.
const (
	witnesses  = 8
	enoughGone = 3
)

// witness is one of the newest rows that were read.
type witness struct {
	Entity string    `json:"entity"`
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
}

// newestRows are the rows with the newest stamps, each once, the oldest of them
// first.
type newestRows []witness

// add takes a row of a read in, if it is among the newest. A row comes once in a
// read.
func (n *newestRows) add(w witness) {
	if w.At.IsZero() || len(*n) == witnesses && !w.At.After((*n)[0].At) {
		return
	}
	if len(*n) == witnesses {
		*n = append((*n)[:0], (*n)[1:]...)
	}
	i := len(*n)
	for i > 0 && (*n)[i-1].At.After(w.At) {
		i--
	}
	*n = slices.Insert(*n, i, w)
}

// with returns the newest of both; what later knows of a row counts.
func (n newestRows) with(later newestRows) newestRows {
	all := slices.Clone(n)
	for _, w := range later {
		all = slices.DeleteFunc(all, func(old witness) bool { return old.Entity == w.Entity && old.ID == w.ID })
		all = append(all, w)
	}
	slices.SortStableFunc(all, func(a, b witness) int { return a.At.Compare(b.At) })
	return all[max(0, len(all)-witnesses):]
}

// testify asks for the rows that the earlier mark remembers. It returns
// fault.Replaced where they bear out that the ERP went back.
func (s *session) testify(ctx context.Context, before mark, newest time.Time) error {
	said := "the ERP's newest change is of %s, and a change of %s was read from it before"
	if len(before.Rows) == 0 {
		if len(before.Numbers) > 0 { // which were compared, and did not go back
			return nil
		}
		return replaced(said, stamp(newest), stamp(before.newest()))
	}
	gone, asked := 0, 0
	for _, entity := range []string{"documents", "customers"} {
		now, err := s.stampsOf(ctx, entity, before.Rows.ids(entity))
		if err != nil {
			return err
		}
		for _, w := range before.Rows {
			if w.Entity != entity || now == nil {
				continue
			}
			asked++
			switch at, there := now[w.ID]; {
			case !there:
				gone++
			case at.Before(w.At.Add(-s.erp.repeatedHour())):
				return replaced("the ERP says that %q of %s was changed at %s, and its change of %s was read before",
					w.ID, entity, stamp(at), stamp(w.At))
			}
		}
	}
	if asked == 0 || gone == asked && gone >= enoughGone {
		return replaced(said, stamp(newest), stamp(before.newest()))
	}
	return nil
}

// ids lists the rows of an entity.
func (n newestRows) ids(entity string) []string {
	var ids []string
	for _, w := range n {
		if w.Entity == entity {
			ids = append(ids, w.ID)
		}
	}
	return ids
}

// stampsOf reads the stamps of rows by their ids; nil where the preset cannot.
func (s *session) stampsOf(ctx context.Context, entity string, ids []string) (map[string]time.Time, error) {
	q := s.erp.cfg.Preset.Queries[entity]
	bind := map[string]string{"documents": "ids", "customers": "customers"}[entity]
	if len(ids) == 0 || q == nil || !q.Has(bind) {
		return nil, nil
	}
	rows := &stampRows{query: q, at: map[string]time.Time{}}
	err := s.stream(ctx, q, map[string]any{bind: ids, "closed_since": firstDay}, rows)
	if rows.stamp < 0 {
		return nil, err
	}
	return rows.at, err
}

// stampRows takes ids with their stamps.
type stampRows struct {
	query     *presets.Query
	id, stamp int // columns; -1: none
	at        map[string]time.Time
}

// Columns finds both columns.
func (r *stampRows) Columns(cols []Column) error {
	named := func(name string) int { return slices.IndexFunc(cols, func(c Column) bool { return c.Name == name }) }
	r.id, r.stamp = named("id"), named("changed_at")
	return checkColumns(r.query, cols)
}

// Row takes one row.
func (r *stampRows) Row(cells [][]byte) error {
	if r.id < 0 || r.stamp < 0 {
		return nil
	}
	at, err := parseStamp(cells[r.stamp])
	r.at[string(cells[r.id])] = at
	return err
}
