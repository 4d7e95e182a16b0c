package outbox

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// State is where a delivery stands; docs/delivery.md draws the machine.
type State string

// The states of a delivery.
const (
	Rendered   State = "rendered"   // bytes fixed, waits for its window
	Waiting    State = "waiting"    // waits for a person's yes
	Reserved   State = "reserved"   // taken by a courier, nothing left the house
	Handed     State = "handed"     // intent committed: may be on its way
	Accepted   State = "accepted"   // the channel took it
	Refused    State = "refused"    // the channel said no for good
	Retry      State = "retry"      // the channel said not now; NotBefore says when
	Uncertain  State = "uncertain"  // may or may not have left
	Superseded State = "superseded" // never left; its occasions are free again
)

// Delivery is one message on its way, with the occasions that it covers.
type Delivery struct {
	ID        int64
	Key       Key
	Mode      Mode
	Party     ar.PartyID
	Account   ar.AccountID // the customer named first
	Channel   string
	Medium    string
	Recipient string // the address of To[0], lower case
	Purpose   sequence.Purpose
	Sequence  string
	Step      string
	Template  string
	Occasions []sequence.Occasion
	Documents []ar.DocumentID // every document it names
	Cover     string          // hash of what it says about the ledger; another one means: plan anew
	Asked     ar.Balance
	Day       ar.Day // the day it was decided for
	SHA       string
	Content   []byte // Message.Encode; nil in lists
	State     State
	Reason    sequence.Reason // of the last look or the channel; empty when accepted
	Detail    string
	NotBefore time.Time
	NotAfter  time.Time // past it the delivery is superseded and planned anew
	Attempts  int
	Provider  string    // how the channel that took it calls it; may be empty
	Tag       string    // by which an answer names it; empty: none
	LastEvent EventKind // the latest that its channel told of it; empty: nothing
	ChangedAt time.Time
}

// Outcome is what became of a delivery in one attempt.
type Outcome struct {
	ID         int64
	State      State
	Reason     sequence.Reason
	Detail     string
	ProviderID string
	RetryAt    time.Time // where State is Retry
	At         time.Time
	Day        ar.Day // the day on which an accepted delivery's steps are done
}

// Sent is a channel's answer.
type Sent struct {
	State      State // Accepted, Refused, Retry or Uncertain
	ProviderID string
	Detail     string
	RetryAfter time.Duration
	// WholeChannel says with Retry that nothing else can leave either: the channel
	// is paused that long.
	WholeChannel bool
}
