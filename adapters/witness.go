package adapters

import (
	"slices"
	"time"
)

// witnesses is how many of the newest rows a mark remembers. Any of them may be
// deleted in the ERP's ordinary life; all of them gone means an older copy.
const witnesses = 8

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
	if at.IsZero() || len(*n) == witnesses && !at.After((*n)[0].At) {
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
