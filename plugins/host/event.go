package host

import (
	"context"
	"errors"
	"io"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/plugins/proto"
)

// eventKinds are the kinds of event that this version knows.
var eventKinds = map[proto.EventKind]outbox.EventKind{
	proto.EventKind_EVENT_KIND_DELIVERED:    outbox.Delivered,
	proto.EventKind_EVENT_KIND_BOUNCED_HARD: outbox.BouncedHard,
	proto.EventKind_EVENT_KIND_BOUNCED_SOFT: outbox.BouncedSoft,
	proto.EventKind_EVENT_KIND_OPENED:       outbox.Opened,
	proto.EventKind_EVENT_KIND_CLICKED:      outbox.Clicked,
	proto.EventKind_EVENT_KIND_REPLIED:      outbox.Replied,
	proto.EventKind_EVENT_KIND_OPTED_OUT:    outbox.OptedOut,
	proto.EventKind_EVENT_KIND_CALL_OUTCOME: outbox.CallOutcome,
	proto.EventKind_EVENT_KIND_PRINTED:      outbox.Printed,
	proto.EventKind_EVENT_KIND_POSTED:       outbox.Posted,
}

// Events passes to emit what happened after cursor ("" is the beginning) and
// returns when the channel has no more for now, ctx ends, or emit fails. A
// channel without events returns at once.
func (c *Channel) Events(ctx context.Context, cursor string, emit func(outbox.Event) error) error {
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
func (c *Channel) pass(e *proto.Event, emit func(outbox.Event) error) error {
	kind, ok := eventKinds[e.Kind]
	at, err := time.Parse(time.RFC3339Nano, e.At)
	if !ok || err != nil {
		c.cfg.Logger.Warn("event left out", "channel", c.cfg.Name, "kind", e.Kind.String(), "at", tidy(e.At, nil))
		return nil
	}
	day, err := ar.ParseDay(e.Day)
	if err != nil {
		day = 0 // none, or none that can be read: a person asks
	}
	return emit(outbox.Event{
		Cursor: e.Cursor, Kind: kind, Key: outbox.Key(e.Key), Address: tidy(e.Address, nil), At: at,
		ProviderID: tidy(e.ProviderId, c.secrets()), Detail: tidy(e.Detail, c.secrets()), Text: e.Text,
		Subject: tidy(e.Subject, nil), Tag: tidy(e.Tag, nil), Code: tidy(e.Code, nil), Day: day,
	})
}
