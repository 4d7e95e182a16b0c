package host

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"
	"unicode"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

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

// Bounds on events: what comes in one call, and bytes in a cursor and in what a
// person wrote.
const (
	maxEvents = 10_000
	maxCursor = 1024
	maxText   = 64 << 10
)

// skew is how far a channel's clock may be ahead of ours.
const skew = time.Hour

// Events passes to emit what happened after cursor ("" is the beginning) and
// returns when the channel has no more for now, ctx or the deadline ends, a
// bound is reached, or emit fails. Whoever wants more asks again, from the last
// cursor. A channel without events returns at once.
func (c *Channel) Events(ctx context.Context, cursor string, emit func(outbox.Event) error) error {
	if !c.Describe().Events {
		return nil
	}
	inst, err := c.connect(ctx)
	if err != nil {
		return err
	}
	call, cancel := context.WithTimeout(ctx, c.cfg.Deadlines.Events)
	defer cancel()
	stream, err := inst.client.Events(call, &proto.EventsRequest{Cursor: cursor})
	for n := 0; err == nil && n < maxEvents; n++ {
		var e *proto.Event
		if e, err = stream.Recv(); err != nil {
			break
		}
		if err := c.pass(e, emit); err != nil {
			return fault.Wrap("events of channel "+c.cfg.Name, err)
		}
	}
	return c.endOfEvents(ctx, call, inst, err)
}

// endOfEvents says what the end of a call of Events means. That the channel had
// not done by our deadline is no error: it may be waiting for more.
func (c *Channel) endOfEvents(ctx, call context.Context, inst *instance, err error) error {
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return nil
	case gaveUp(ctx, call):
		return fault.New(fault.Transient, "events of channel %s: %w", c.cfg.Name, err)
	case status.Code(err) == codes.DeadlineExceeded && !inst.gone():
		return nil
	}
	c.failed(ctx, call, inst, err)
	return fault.New(fault.Transient, "events of channel %s: %s", c.cfg.Name, inst.tidy(err.Error()))
}

// pass emits an event that this version knows; others are left out. What a
// channel says is bounded, and none of it happened later than now.
func (c *Channel) pass(e *proto.Event, emit func(outbox.Event) error) error {
	if len(e.Cursor) == 0 || len(e.Cursor) > maxCursor {
		return fault.New(fault.Invalid, "an event has a cursor of %d bytes, so that nothing could be resumed behind it", len(e.Cursor)).
			WithCure("this is a fault of the channel: tell its maker")
	}
	kind, ok := eventKinds[e.Kind]
	at, err := time.Parse(time.RFC3339Nano, e.At)
	if !ok || err != nil || at.Year() < 2000 {
		c.cfg.Logger.Warn("event left out", "channel", c.cfg.Name, "kind", e.Kind.String(), "at", tidy(e.At, nil))
		return nil
	}
	if now := time.Now(); at.After(now.Add(skew)) {
		at = now
	}
	day, err := ar.ParseDay(e.Day)
	if err != nil {
		day = 0 // none, or none that can be read: a person asks
	}
	secrets := c.secrets()
	say := func(text string) string { return tidy(text, secrets) }
	return emit(outbox.Event{
		Cursor: e.Cursor, Kind: kind, Key: outbox.Key(say(e.Key)), Address: say(e.Address), At: at,
		ProviderID: say(e.ProviderId), Detail: say(e.Detail), Text: written(e.Text, secrets),
		Subject: say(e.Subject), Tag: say(e.Tag), Code: say(e.Code), Day: day,
	})
}

// written makes what a person wrote fit to be kept: its lines stay.
func written(text string, secrets []string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, cut(without(text, secrets), maxText))
}
