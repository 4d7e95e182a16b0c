package cycle_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"holdfast/engine"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
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
	noted := func() (kinds string) {
		for e, err := range h.cycle.Store.Audit(t.Context(), 1) {
			h.must(err)
			if strings.HasPrefix(e.Kind, "channel.") {
				kinds += e.Kind + " "
			}
		}
		return kinds
	}
	if noted() != "channel.paused " {
		t.Errorf("the journal says %q", noted())
	}
	h.later(14 * time.Minute)
	if again := h.deliver(); calls != tried || again.Paused == "" {
		t.Errorf("tried while it was paused: %+v", again)
	}
	h.box.answer = nil
	h.later(2 * time.Minute)
	if sum := h.deliver(); sum.Accepted != ready {
		t.Errorf("%d of %d left after the pause: %+v", sum.Accepted, ready, sum)
	}
	if noted() != "channel.paused channel.resumed " {
		t.Errorf("the journal says %q", noted())
	}
	lines := 0
	for e, err := range h.cycle.Store.Audit(t.Context(), 1) {
		h.must(err)
		if e.Kind == "delivery.rendered" {
			lines++
		}
	}
	if lines != ready {
		t.Errorf("%d lines say that %d messages were rendered: what was only reserved is none", lines, ready)
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

// TestWhatMayHaveLeftIsNotForgotten: the answer to a repeat says nothing of the
// first attempt.
func TestWhatMayHaveLeftIsNotForgotten(t *testing.T) {
	for name, c := range map[string]struct {
		second outbox.Sent
		state  outbox.State
		reason sequence.Reason
	}{
		"put off":  {outbox.Sent{State: outbox.Retry}, outbox.Retry, sequence.ReasonUncertain},
		"refused":  {outbox.Sent{State: outbox.Refused}, outbox.Uncertain, sequence.ReasonUncertain},
		"accepted": {outbox.Sent{State: outbox.Accepted}, outbox.Accepted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.alive()
			answer := outbox.Sent{State: outbox.Uncertain}
			h.box.answer = func(outbox.Message) (outbox.Sent, error) { return answer, nil }
			h.deliver()
			doubtful := len(h.deliveries(outbox.Retry))
			h.later(10 * time.Minute)
			answer = c.second
			h.deliver()
			n := 0
			for _, d := range h.deliveries(c.state) {
				if d.Reason == c.reason && d.Attempts == 2 {
					n++
				}
			}
			if n != doubtful || n == 0 {
				t.Errorf("%d of %d are %s as %q", n, doubtful, c.state, c.reason)
			}
		})
	}
}

// TestAnswersThatCouldNotBeKeptAreSettled: a courier that cannot write ends, and
// the next one of the same process settles what it had handed over.
func TestAnswersThatCouldNotBeKeptAreSettled(t *testing.T) {
	h := newHouse(t)
	ready := len(h.alive())
	clock := h.cycle.Clock
	st := h.cycle.Store
	h.box.answer = func(outbox.Message) (outbox.Sent, error) {
		_ = st.Close() // from now on nothing can be written
		return outbox.Sent{State: outbox.Accepted}, nil
	}
	if _, err := h.cycle.Deliver(t.Context(), "box", h.now()); err == nil {
		t.Fatal("a courier that cannot write says nothing")
	}
	h.box.answer = nil
	h.open()
	h.cycle.Clock = clock
	if len(h.deliveries(outbox.Handed)) == 0 {
		t.Fatal("nothing was left on its way: the test shows nothing")
	}
	h.deliver()
	h.later(10 * time.Minute)
	h.deliver()
	if left, done := len(h.deliveries(outbox.Handed, outbox.Reserved)), len(h.deliveries(outbox.Accepted)); left != 0 || done != ready {
		t.Errorf("%d stuck, %d of %d accepted", left, done, ready)
	}
}
