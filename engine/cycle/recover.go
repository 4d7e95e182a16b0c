package cycle

import (
	"context"
	"fmt"
	"strings"
	"time"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// Recover settles what a crash left behind: what was only reserved is free
// again; what was handed over is looked up, may go again, or waits for a
// person.
func (c *Cycle) Recover(ctx context.Context) (Delivered, error) {
	sum := Delivered{Kept: map[sequence.Reason]int{}}
	handed, err := c.Store.Recover(ctx, c.Clock.Now())
	if err != nil {
		return sum, fault.Wrap("recover deliveries", err)
	}
	var outcomes []outbox.Outcome
	for _, d := range handed {
		lane, ok := c.Channels[d.Channel]
		if !ok {
			continue // the channel is gone from the config: it stays uncertain
		}
		k := &courier{Cycle: c, channel: d.Channel, lane: lane}
		k.sum.Kept = sum.Kept
		o := k.lookUp(ctx, d, "the program ended while it was handed over")
		if o.State == outbox.Retry {
			o.RetryAt = time.Time{}
		}
		outcomes = append(outcomes, o)
		sum.add(k.sum)
	}
	if len(outcomes) == 0 {
		return sum, nil
	}
	return sum, fault.Wrap("recover deliveries", c.Store.Hand(ctx, nil, outcomes, c.Clock.Now()))
}

// lookUp settles a delivery whose answer nobody has kept.
func (k *courier) lookUp(ctx context.Context, d outbox.Delivery, why string) outbox.Outcome {
	return k.outcome(sentOne{delivery: d, sent: k.ask(ctx, d.Key, d.ChangedAt, why), lookedUp: true})
}

// settleHanded settles what an earlier courier of this process handed over and
// could not keep the answer to, such as with a full disk.
func (k *courier) settleHanded(ctx context.Context) error {
	left, err := k.Store.Deliveries(ctx, store.DeliveryFilter{Channel: k.channel, States: []outbox.State{outbox.Handed}})
	if err != nil || len(left) == 0 {
		return err
	}
	var outcomes []outbox.Outcome
	for _, d := range left {
		outcomes = append(outcomes, k.lookUp(ctx, d, "its answer could not be kept"))
	}
	return k.Store.Hand(context.WithoutCancel(ctx), nil, outcomes, k.Clock.Now())
}

func (s *Delivered) add(o Delivered) {
	s.Accepted += o.Accepted
	s.Refused += o.Refused
	s.Retry += o.Retry
	s.Uncertain += o.Uncertain
	s.Documents += o.Documents
	for _, m := range o.Asked {
		s.Asked = s.Asked.Add(m.Minor, m.Currency)
	}
	for reason, n := range o.Kept {
		s.Kept[reason] += n
	}
}

// String says in a line what became of deliveries.
func (s Delivered) String() string {
	parts := []string{fmt.Sprintf("%d accepted", s.Accepted)}
	for _, part := range []struct {
		n    int
		word string
	}{{s.Refused, "refused"}, {s.Retry, "to be tried again"}, {s.Uncertain, "uncertain"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	return strings.Join(parts, ", ")
}
