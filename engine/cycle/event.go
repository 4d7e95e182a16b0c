package cycle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"holdfast/engine"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

// eventsAtOnce is how many events are kept in one transaction.
const eventsAtOnce = 100

// Heard counts what channels told.
type Heard struct {
	Taken     int `json:"taken"`
	Unmatched int `json:"unmatched"` // a person must say whose they are
	Ignored   int `json:"ignored"`

	Companies []string `json:"-"` // keys of those of which something was told: they are to be decided anew
}

// TakeEvents hears what a channel has to tell since it was last heard, and keeps
// it with what follows from it. A channel that tells nothing is no error. It
// must not be called for a virtual day, nor twice at once for one channel.
func (c *Cycle) TakeEvents(ctx context.Context, channel string) (Heard, error) {
	source, tells := c.Channels[channel].Channel.(engine.EventSource)
	if !tells {
		return Heard{}, nil
	}
	l := &listener{Cycle: c, channel: channel}
	cursor, err := c.Store.EventCursor(ctx, channel)
	if err == nil {
		err = l.listen(ctx, source, cursor)
	}
	slices.Sort(l.sum.Companies)
	l.sum.Companies = slices.Compact(l.sum.Companies)
	return l.sum, fault.Wrap("hear channel "+channel, err)
}

// listener hears one channel.
type listener struct {
	*Cycle
	channel string
	batch   []engine.TakenEvent
	sum     Heard
}

// listen takes what comes after a cursor. What came before a channel failed is
// kept.
func (l *listener) listen(ctx context.Context, source engine.EventSource, cursor string) error {
	var failed error
	err := source.Events(ctx, cursor, func(e outbox.Event) error {
		failed = l.hear(ctx, e)
		return failed
	})
	if failed != nil {
		return failed
	}
	return errors.Join(err, l.flush(ctx))
}

// hear takes one event. Those that are read against what is known already are
// kept by themselves, so that each sees what the one before told; all others
// together.
func (l *listener) hear(ctx context.Context, e outbox.Event) error {
	alone := e.Kind == outbox.Replied || e.Kind == outbox.OptedOut || e.Kind == outbox.CallOutcome || e.Kind == outbox.BouncedSoft
	if alone {
		if err := l.flush(ctx); err != nil {
			return err
		}
	}
	taken, err := l.judge(ctx, e)
	if err != nil {
		return err
	}
	if l.batch = append(l.batch, taken); alone || len(l.batch) == eventsAtOnce {
		return l.flush(ctx)
	}
	return nil
}

// flush keeps what was heard. Where one event cannot be kept each is kept by
// itself, and that one with nothing that follows from it: it never keeps those
// after it waiting.
func (l *listener) flush(ctx context.Context) error {
	batch := l.batch
	l.batch = nil
	err := l.keep(ctx, batch)
	if err == nil || !refused(err) {
		return err
	}
	for i := range batch {
		one := batch[i : i+1]
		if err = l.keep(ctx, one); refused(err) {
			one[0] = l.bare(one[0], err)
			err = l.keep(ctx, one)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keep keeps some events in one transaction and counts those that are new.
func (l *listener) keep(ctx context.Context, batch []engine.TakenEvent) error {
	taken, err := l.Store.TakeEvents(ctx, l.channel, batch, l.Clock.Now())
	if err != nil {
		return err
	}
	for i, fresh := range taken {
		if fresh {
			l.count(&batch[i])
		}
	}
	return nil
}

func (l *listener) count(e *engine.TakenEvent) {
	switch e.State {
	case engine.EventTaken:
		l.sum.Taken++
	case engine.EventUnmatched:
		l.sum.Unmatched++
	default:
		l.sum.Ignored++
	}
	l.Watch.Heard(l.channel, e.Kind, e.State)
	for i := range e.Facts {
		l.touched(l.company(e.Facts[i].Account.Source, e.Facts[i].Account.Company))
	}
	if e.Bounce {
		l.touched(l.company(e.Account.Source, e.Account.Company))
	}
	if e.Restart {
		for _, co := range l.users(l.channel) {
			l.touched(co)
		}
	}
}

func (l *listener) touched(co *Company) {
	if co != nil {
		l.sum.Companies = append(l.sum.Companies, co.Key)
	}
}

// bare is an event that could not be kept as it was, with nothing that follows
// from it. What a person wrote waits for a person.
func (l *listener) bare(e engine.TakenEvent, why error) engine.TakenEvent {
	bare := engine.TakenEvent{Event: e.Event, Hash: e.Hash, State: engine.EventIgnored, Why: why.Error(), Mode: e.Mode, Today: e.Today}
	switch e.Kind {
	case outbox.Replied, outbox.OptedOut, outbox.CallOutcome:
		l.unmatched(&bare, why.Error())
	}
	return bare
}

// refused reports whether an error says that something cannot be kept as it is,
// rather than that nothing can be kept now.
func refused(err error) bool {
	return fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict)
}

// hashOf names an event by what it tells, since a cursor means nothing once a
// channel has lost its memory.
func hashOf(e *outbox.Event) string {
	parts := []string{
		string(e.Kind), string(e.Key), e.Tag, e.ProviderID, e.Address, strconv.FormatInt(e.At.UnixMicro(), 10), e.Subject, e.Text, e.Code, e.Day.String(),
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// The most characters that are kept of an event.
const (
	maxText   = 4000
	maxDetail = 1000
)

// tidy returns an event as it is kept: its address as addresses are compared, its
// texts readable and cut.
func tidy(e outbox.Event) outbox.Event {
	e.Address = strings.ToLower(strings.TrimSpace(cut(e.Address, maxDetail)))
	e.Text = cut(strings.TrimSpace(e.Text), maxText)
	e.Subject, e.Detail, e.Code = cut(e.Subject, maxDetail), cut(e.Detail, maxDetail), cut(e.Code, maxDetail)
	return e
}

// cut returns the first n characters of a text, without those that only steer a
// terminal.
func cut(text string, n int) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
	if len(text) <= n {
		return text
	}
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n])
	}
	return text
}
