package walk

import (
	"cmp"
	"slices"

	"holdfast/engine/ar"
)

// what says what an event is; those of one day happen in this order.
type what uint8

const (
	customerSeen what = iota
	documentPosted
	documentApplied // the debit side of an application
	receiptApplied  // its credit side
	documentClosed
	contestBegins
	contestEnds
	factTold
)

// event is one thing that happens to a party on a day. index points into the
// history's slice of what it is about.
type event struct {
	day   ar.Day
	what  what
	index int32
}

// sortEvents puts events in the order in which they are lived.
func sortEvents(events []event) {
	slices.SortStableFunc(events, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.what, b.what), cmp.Compare(a.index, b.index))
	})
}
