package engine

import (
	"context"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// EventStore keeps what channels tell of messages, with what follows from it.
// Each method is one short transaction.
type EventStore interface {
	// EventCursor returns how far a channel was heard, "" at the beginning.
	EventCursor(ctx context.Context, channel string) (string, error)

	// MatchEvent finds what is known of an event: whether it was taken before, and
	// the message that it is about, by its key, its tag, or what the provider calls
	// it.
	MatchEvent(ctx context.Context, channel, hash string, e outbox.Event) (EventMatch, error)

	// ContactsAt lists the contacts, of all companies, that may have an address:
	// those with just this mailbox, or with a telephone number that ends alike.
	ContactsAt(ctx context.Context, address string) ([]PartyContact, error)

	// LastTo returns the last message that a channel took for an address of a party
	// since an instant, in mode live; its ID is 0 where there was none.
	LastTo(ctx context.Context, party ar.PartyID, channel, address string, since time.Time) (outbox.Delivery, error)

	// SoftBounces counts how often an address was said to take nothing since an
	// instant, since it last took anything.
	SoftBounces(ctx context.Context, address string, since time.Time) (int, error)

	// TakeEvents keeps events of one channel with all that follows from them, and
	// how far the channel was heard: that of the last one. An event that was taken
	// before changes nothing. taken says which were new. Where one of them cannot be
	// kept none is.
	TakeEvents(ctx context.Context, channel string, events []TakenEvent, at time.Time) (taken []bool, err error)
}

// EventMatch is what is known of an event.
type EventMatch struct {
	Known    bool            // it was taken before
	Delivery outbox.Delivery // ID 0: none
}

// PartyContact is a contact with the party that pays for its account. Only what
// makes up its addresses is filled in.
type PartyContact struct {
	ar.Contact
	Party ar.PartyID
}

// EventState is what became of an event.
type EventState string

// The states of an event.
const (
	EventTaken     EventState = "taken"     // it was kept, with what follows from it
	EventUnmatched EventState = "unmatched" // a person must say whose it is
	EventIgnored   EventState = "ignored"   // nothing follows from it; Why says why
)

// TakenEvent is an event with what it is about and what follows from it.
type TakenEvent struct {
	outbox.Event            // Address filled in, lower case
	Hash         string     // names the event whatever its cursor
	Delivery     int64      // 0: of no message
	State        EventState //
	Why          string     // for a person; may be empty
	Mode         outbox.Mode
	Account      ar.AccountID // whose it is; zero: nobody's that is known
	Today        ar.Day       // the company's

	// What follows. Only recorded: all of it is empty.
	Proves  bool              // the message left, whatever was thought of it
	Bounce  bool              // the address is dead: it is left alone, and its steps are due again
	Habit   ContactKind       // what the contact did; empty: nothing to learn from
	Medium  string            // by which
	Facts   []intake.Fact     // told by it, in their order
	Restart bool              // ends every stop of Medium at Address that came by a keyword
	Tasks   []sequence.Intent // for people, each once for its key
	// Unmatched is the company that gets the task of the day to look at what fits no
	// account; the zero Party: none.
	Unmatched ar.PartyID
}
