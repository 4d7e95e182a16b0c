package adapters

import (
	"context"
	"slices"
	"strings"
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
	Row string    `json:"row"` // entity/id
	At  time.Time `json:"at"`
}

// newestRows are the rows with the newest stamps, each once, the oldest of them
// first.
type newestRows []witness

// add takes a row in, if it is among the newest.
func (n *newestRows) add(entity, id string, at time.Time) {
	if entity != "documents" && entity != "customers" || at.IsZero() || len(*n) == witnesses && !at.After((*n)[0].At) {
		return
	}
	row := entity + "/" + id
	*n = slices.DeleteFunc(*n, func(w witness) bool { return w.Row == row })
	i, _ := slices.BinarySearchFunc(*n, at, func(w witness, t time.Time) int { return w.At.Compare(t) })
	*n = slices.Insert(*n, i, witness{row, at})
	if len(*n) > witnesses {
		*n = (*n)[1:]
	}
}

// with returns the newest of both; what later knows of a row counts.
func (n newestRows) with(later newestRows) newestRows {
	all := slices.Clone(n)
	for _, w := range later {
		all = slices.DeleteFunc(all, func(old witness) bool { return old.Row == w.Row })
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
			id, ours := strings.CutPrefix(w.Row, entity+"/")
			if !ours || now == nil {
				continue
			}
			asked++
			switch at, there := now[id]; {
			case !there:
				gone++
			case at.Before(w.At.Add(-s.erp.repeatedHour())):
				return replaced("the ERP says that %s was changed at %s, and its change of %s was read before", w.Row, stamp(at), stamp(w.At))
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
		if id, ok := strings.CutPrefix(w.Row, entity+"/"); ok {
			ids = append(ids, id)
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
