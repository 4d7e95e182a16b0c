package cycle_test

import (
	"context"
	"testing"
	"time"

	"holdfast/engine"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// inStep is an ERP whose clock goes with that of the house.
type inStep struct {
	engine.Adapter
	h *house
}

func (a inStep) Identify(ctx context.Context) (string, time.Time, error) {
	identity, _, err := a.Adapter.Identify(ctx)
	return identity, a.h.cycle.Clock.Now(), err
}

// alive pulls, then makes it six in the evening, UTC, of the house's day, by a clock
// that goes on, and decides. It returns what is ready to leave.
func (h *house) alive() []outbox.Delivery {
	h.t.Helper()
	try(h.cycle.Pull(h.t.Context(), h.co, true, false))(h)
	at := h.today.Time(time.UTC).Add(18 * time.Hour)
	h.cycle.Clock = shifted(time.Until(at))
	h.co.Adapter = inStep{h.co.Adapter, h}
	try(h.cycle.Decide(h.t.Context(), h.co, h.now()))(h)
	return h.deliveries(outbox.Rendered)
}

// later moves the clock on.
func (h *house) later(d time.Duration) {
	h.cycle.Clock = h.cycle.Clock.(shifted) + shifted(d)
}

func (h *house) deliveries(states ...outbox.State) []outbox.Delivery {
	h.t.Helper()
	return try(h.cycle.Store.Deliveries(h.t.Context(), store.DeliveryFilter{States: states}))(h)
}

func (h *house) now() cycle.Moment {
	return cycle.Moment{Day: h.today, Now: h.cycle.Clock.Now()}
}

func (h *house) deliver() cycle.Delivered {
	h.t.Helper()
	return try(h.cycle.Deliver(h.t.Context(), "box", h.now()))(h)
}

func TestAChannelThatCanSendNothingIsLeftAlone(t *testing.T) {
	h := newHouse(t)
	ready := len(h.alive())
	calls := 0
	h.box.answer = func(outbox.Message) (outbox.Sent, error) {
		calls++
		return outbox.Sent{State: outbox.Retry, RetryAfter: 15 * time.Minute, WholeChannel: true, Detail: "authentication failed"}, nil
	}
	first := h.deliver()
	if first.Paused != "authentication failed" || calls == 0 || calls > 4 || ready < 10 {
		t.Fatalf("%d of %d were tried, %+v", calls, ready, first)
	}
	report := cycle.Report{Delivered: map[string]cycle.Delivered{"box": first}}
	if !report.NeedsPerson() {
		t.Error("nobody is told")
	}
	tried := calls
	h.later(14 * time.Minute)
	if again := h.deliver(); calls != tried || again.Paused == "" {
		t.Errorf("tried while it was paused: %+v", again)
	}
	h.box.answer = nil
	h.later(2 * time.Minute)
	if sum := h.deliver(); sum.Accepted != ready {
		t.Errorf("%d of %d left after the pause: %+v", sum.Accepted, ready, sum)
	}
}

// TestAMessagePutOffUntilItsDayIsOver counts as a soft bounce, and is planned
// anew; a channel that could send nothing is not its receiver's doing.
func TestAMessagePutOffUntilItsDayIsOver(t *testing.T) {
	h := newHouse(t)
	ready := h.alive()
	if len(ready) < 8 {
		t.Fatal(len(ready))
	}
	busy, tried, down := ready[0].Recipient, false, false
	h.box.answer = func(m outbox.Message) (outbox.Sent, error) {
		switch {
		case down:
			return outbox.Sent{State: outbox.Retry, RetryAfter: time.Minute, WholeChannel: true, Detail: "the mail server is down"}, nil
		case m.To[0].Address == busy:
			tried = true
			return outbox.Sent{State: outbox.Retry, Detail: "450 try later"}, nil
		case tried:
			down = true
		}
		return outbox.Sent{State: outbox.Accepted}, nil
	}
	h.deliver()
	h.later(12 * time.Hour)
	h.today++
	h.deliver() // the window has closed
	for _, d := range ready {
		n := try(h.cycle.Store.SoftBounces(t.Context(), d.Recipient, time.Time{}))(h)
		if want := map[bool]int{true: 1, false: 0}[d.Recipient == busy]; n != want {
			t.Errorf("%s has %d soft bounces, want %d", d.Recipient, n, want)
		}
	}
}
