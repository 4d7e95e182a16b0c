package ar

import (
	"strings"
	"time"
)

// Held says which of three states a hold column is in. They are told apart
// because release restores exactly what was there.
type Held string

// The three states of a hold column.
const (
	NoRow  Held = "no_row"
	Null   Held = "null"
	Valued Held = "value"
)

// HoldState is a hold column as the ERP has it: Value and Version are the
// ERP's own text; Version is empty where the ERP has none to compare.
type HoldState struct {
	Held    Held   `json:"held"`
	Value   string `json:"value,omitempty"`
	Version string `json:"version,omitempty"`
}

// Same reports whether both name the same state and value, whatever the
// version.
func (s HoldState) Same(o HoldState) bool { return s.Held == o.Held && s.Value == o.Value }

// String writes the state for a person.
func (s HoldState) String() string {
	switch s.Held {
	case NoRow:
		return "no row"
	case Null:
		return "empty"
	}
	return s.Value
}

// OrderHold is the hold of one open order, where an ERP has one beside the
// customer's.
type OrderHold struct {
	Order string    `json:"order"`
	State HoldState `json:"state"`
}

// HoldOrder is one line of the journal of a hold's open orders: each was changed
// by itself, and is put back by itself.
type HoldOrder struct {
	Hold      int64      `json:"hold"` // id of the HoldEntry that it belongs to
	Order     string     `json:"order"`
	State     EntryState `json:"state"`    // placing, placed, releasing, released, conflict or drifted
	Previous  HoldState  `json:"previous"` // as read before the write
	Written   HoldState  `json:"written"`  // as read back after it
	Outcome   string     `json:"outcome,omitempty"`
	ChangedAt time.Time  `json:"changed_at"`
}

// Hold is the wish about an account's hold. Placed asks for the preset's hold
// value; otherwise Restore is the state to put back.
type Hold struct {
	Placed  bool
	Restore HoldState
}

// HoldLevel is how far a hold reaches inside the ERP itself.
type HoldLevel int

// The levels of a hold, as the ERP enforces them.
const (
	HoldNothing HoldLevel = iota
	HoldWarns
	HoldStopsOrders
	HoldStopsShipments
)

// String says what a hold of this level does, in words for a person.
func (l HoldLevel) String() string {
	switch l {
	case HoldWarns:
		return "warns only"
	case HoldStopsOrders:
		return "stops orders"
	case HoldStopsShipments:
		return "stops shipments"
	}
	return "stops nothing"
}

// EntryState is where a journalled hold stands.
type EntryState string

// The states of a journalled hold. Placing and Releasing are intents whose
// outcome is not known yet; after a crash they are settled by reading again.
const (
	EntryPlanned   EntryState = "planned"  // decided, nothing read or written yet
	EntryProposed  EntryState = "proposed" // waits for a person's yes
	EntryShadow    EntryState = "shadow"   // journalled, never written: holds are not enabled
	EntryPlacing   EntryState = "placing"
	EntryPlaced    EntryState = "placed"
	EntryReleasing EntryState = "releasing"
	EntryReleased  EntryState = "released"
	EntryWithdrawn EntryState = "withdrawn" // the last look before the write said no
	EntryConflict  EntryState = "conflict"  // the ERP held another value than the one seen
	EntryDrifted   EntryState = "drifted"   // someone changed our hold; it is theirs now
	EntryFailed    EntryState = "failed"
)

// Live reports whether the entry still stands for a hold of ours, written,
// shadowed or on its way.
func (s EntryState) Live() bool {
	switch s {
	case EntryPlanned, EntryProposed, EntryShadow, EntryPlacing, EntryPlaced, EntryReleasing:
		return true
	}
	return false
}

// HoldEntry is one line of the hold journal: a hold of ours with the value that
// stood before it.
type HoldEntry struct {
	ID         int64      `json:"id"`
	Account    AccountID  `json:"account"`
	State      EntryState `json:"state"`
	Level      HoldLevel  `json:"level"`
	Previous   HoldState  `json:"previous"` // as read before the write
	Written    HoldState  `json:"written"`  // as read back after it
	Proposer   string     `json:"proposer"` // key of the occasion, or "person:NAME"
	Reason     string     `json:"reason"`
	Outcome    string     `json:"outcome,omitempty"`
	PlacedOn   Day        `json:"placed_on,omitempty"`
	ReleasedOn Day        `json:"released_on,omitempty"`
	Way        string     `json:"way,omitempty"`        // how it is written, as the adapter's capability had it; empty: not yet, or not known
	Swept      bool       `json:"swept,omitempty"`      // its open orders were gone through
	Reasserted int        `json:"reasserted,omitempty"` // how often the ERP lifted it and it was set again
	ChangedAt  time.Time  `json:"changed_at"`
}

// personPrefix begins the Proposer of a hold that somebody asked for by name.
const personPrefix = "person:"

// ProposedBy returns the Proposer of a hold that a person asked for.
func ProposedBy(person string) string { return personPrefix + person }

// ByPerson reports whether a person asked for the hold, so that a person lifts
// it.
func (e *HoldEntry) ByPerson() bool { return strings.HasPrefix(e.Proposer, personPrefix) }
