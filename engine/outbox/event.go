package outbox

import (
	"time"

	"holdfast/engine/ar"
)

// EventKind is what happened to a message after it was accepted.
type EventKind string

// The kinds of events.
const (
	Delivered   EventKind = "delivered"
	BouncedHard EventKind = "bounced_hard" // the address is dead
	BouncedSoft EventKind = "bounced_soft" // not this time
	Opened      EventKind = "opened"
	Clicked     EventKind = "clicked"
	Replied     EventKind = "replied"
	OptedOut    EventKind = "opted_out"
	CallOutcome EventKind = "call_outcome"
	Printed     EventKind = "printed"
	Posted      EventKind = "posted"
)

// Event is something that a channel learnt about a message or an address. It
// may come twice, with the same cursor.
type Event struct {
	Cursor     string // resume behind this event
	Kind       EventKind
	Key        Key    // of the delivery; empty where only the address is known
	Address    string // who did it, as the channel knows it; may be empty
	At         time.Time
	ProviderID string
	Detail     string
	Text       string // what a person wrote, without what was quoted
	Subject    string // of a reply
	Tag        string // that a reply quotes; empty where none
	Code       string // of a call outcome, one of intake.Outcomes
	Day        ar.Day // that was promised; zero: none
}
