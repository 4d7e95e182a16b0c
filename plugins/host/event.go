package host

import (
	"context"
	"errors"
	"io"
	"time"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/plugins/proto"
)

// EventKind is what happened to a message after it was accepted.
type EventKind string

// The kinds of events.
const (
	Delivered   EventKind = "delivered"
	BouncedHard EventKind = "bounced-hard"
	BouncedSoft EventKind = "bounced-soft"
	Opened      EventKind = "opened"
	Clicked     EventKind = "clicked"
	Replied     EventKind = "replied"
	OptedOut    EventKind = "opted-out"
	CallOutcome EventKind = "call-outcome"
	Printed     EventKind = "printed"
	Posted      EventKind = "posted"
)

// Event is something that a channel learnt about a message or an address. It
// may come twice.
type Event struct {
	Cursor     string // resume behind this event
	Kind       EventKind
	Key        outbox.Key // empty where only the address is known
	Address    string
	At         time.Time
	ProviderID string
	Detail     string
	Text       string // of a reply
}

// Events passes to emit what happened after cursor ("" is the beginning) and
// returns when the channel has no more for now, ctx ends, or emit fails. A
// channel without events returns at once.
func (c *Channel) Events(ctx context.Context, cursor string, emit func(Event) error) error {
	if !c.Describe().Events {
		return nil
	}
	inst, err := c.connect(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := inst.client.Events(ctx, &proto.EventsRequest{Cursor: cursor})
	for err == nil {
		var e *proto.Event
		if e, err = stream.Recv(); err == nil {
			err = c.pass(e, emit)
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return fault.Wrap("events of channel "+c.cfg.Name, err)
}

// pass emits an event that this version knows; others are left out.
func (c *Channel) pass(e *proto.Event, emit func(Event) error) error {
	kinds := map[proto.EventKind]EventKind{
		proto.EventKind_EVENT_KIND_DELIVERED:    Delivered,
		proto.EventKind_EVENT_KIND_BOUNCED_HARD: BouncedHard,
		proto.EventKind_EVENT_KIND_BOUNCED_SOFT: BouncedSoft,
		proto.EventKind_EVENT_KIND_OPENED:       Opened,
		proto.EventKind_EVENT_KIND_CLICKED:      Clicked,
		proto.EventKind_EVENT_KIND_REPLIED:      Replied,
		proto.EventKind_EVENT_KIND_OPTED_OUT:    OptedOut,
		proto.EventKind_EVENT_KIND_CALL_OUTCOME: CallOutcome,
		proto.EventKind_EVENT_KIND_PRINTED:      Printed,
		proto.EventKind_EVENT_KIND_POSTED:       Posted,
	}
	kind, ok := kinds[e.Kind]
	at, err := time.Parse(time.RFC3339Nano, e.At)
	if !ok || err != nil {
		c.cfg.Logger.Warn("event left out", "channel", c.cfg.Name, "kind", e.Kind.String(), "at", tidy(e.At, nil))
		return nil
	}
	return emit(Event{
		Cursor: e.Cursor, Kind: kind, Key: outbox.Key(e.Key), Address: e.Address, At: at,
		ProviderID: tidy(e.ProviderId, c.secrets()), Detail: tidy(e.Detail, c.secrets()), Text: e.Text,
	})
}
