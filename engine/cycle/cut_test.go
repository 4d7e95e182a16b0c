package cycle_test

import (
	"context"
	"testing"

	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// A delivery run that is cut short settles what is on its way and frees the
// rest for the next run of the same process.
func TestADeliveryRunCutShortFreesWhatItReserved(t *testing.T) {
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, true, false))(h)
	try(h.cycle.Decide(t.Context(), h.co, h.moment()))(h)
	whole := len(try(h.cycle.Store.Deliveries(t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Rendered}}))(h))
	if whole < 6 {
		t.Fatalf("%d messages are ready, too few to cut a run short", whole)
	}
	ctx, cut := context.WithCancel(t.Context())
	h.box.answer = func(outbox.Message) (outbox.Sent, error) {
		cut()
		return outbox.Sent{State: outbox.Accepted}, nil
	}
	first, _ := h.cycle.Deliver(ctx, "box", h.moment())
	h.box.answer = nil
	left := try(h.cycle.Store.Deliveries(t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Reserved, outbox.Handed}}))(h)
	if len(left) != 0 || first.Accepted == 0 || first.Accepted == whole {
		t.Fatalf("of %d messages %d left, and %d are stuck", whole, first.Accepted, len(left))
	}
	second := try[cycle.Delivered](h.cycle.Deliver(t.Context(), "box", h.moment()))(h)
	if first.Accepted+second.Accepted != whole {
		t.Errorf("%d and %d messages left of %d", first.Accepted, second.Accepted, whole)
	}
}
