package cycle

import (
	"context"
	"fmt"
	"time"

	"holdfast/engine/failpoint"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// handAll hands a batch over, at most lane.InFlight at once. What takes so long
// that its last look is too old is looked at again.
func (k *courier) handAll(ctx context.Context, batch looked) error {
	for {
		rest, err := k.hand(ctx, batch.wanted, batch.at)
		if err != nil || len(rest) == 0 {
			return err
		}
		batch.at = k.Clock.Now()
		if batch.wanted, err = k.look(ctx, rest); err != nil {
			return err
		}
	}
}

// hand hands deliveries over until all are settled, or until the last look is
// too old: then those not handed over yet are returned. The intents of each
// round are committed with the outcomes of the one before.
func (k *courier) hand(ctx context.Context, queue []outbox.Delivery, looked time.Time) (rest []outbox.Delivery, err error) {
	results := make(chan sentOne, k.lane.InFlight)
	var settled []outbox.Outcome
	flying := 0
	for len(queue) > 0 || flying > 0 {
		switch {
		case ctx.Err() != nil || k.halted(ctx) || k.paused():
			queue = nil // they are put back
		case k.since(looked) > lookAge:
			rest, queue = queue, nil
		}
		gone, left, waiting := k.depart(queue, k.lane.InFlight-flying)
		if err := k.commit(ctx, gone, append(settled, waiting...)); err != nil {
			for range flying {
				<-results // nobody sends for us any more when the next courier begins
			}
			return nil, err
		}
		if len(settled) > 0 {
			failpoint.Here(failpoint.Settled)
		}
		settled = settled[:0]
		for _, d := range gone {
			k.pace(ctx)
			go func() { results <- k.send(ctx, d) }()
		}
		queue, flying = left, flying+len(gone)
		for flying > 0 && (len(settled) == 0 || len(results) > 0) {
			settled = append(settled, k.outcome(<-results))
			flying--
		}
	}
	return rest, k.commit(ctx, nil, settled)
}

// halted reports, looking once a second, whether somebody stopped all effects
// while messages leave. Where it cannot be known nothing more leaves.
func (k *courier) halted(ctx context.Context) bool {
	if k.stopped || k.since(k.asked) < time.Second {
		return k.stopped
	}
	k.asked = k.Clock.Now()
	reason, err := k.Stopped(ctx)
	if err != nil {
		k.mu.Lock()
		k.failed = append(k.failed, err)
		k.mu.Unlock()
	}
	k.stopped = err != nil || reason != ""
	return k.stopped
}

// commit makes the intents and the outcomes of one round durable.
func (k *courier) commit(ctx context.Context, intents []outbox.Delivery, settled []outbox.Outcome) error {
	if len(intents) == 0 && len(settled) == 0 {
		return nil
	}
	ids := make([]int64, len(intents))
	for i := range intents {
		ids[i] = intents[i].ID
	}
	return k.Store.Hand(context.WithoutCancel(ctx), ids, settled, k.Clock.Now())
}

// pace keeps the channel's rate.
func (k *courier) pace(ctx context.Context) {
	if k.lane.Every <= 0 {
		return
	}
	select {
	case <-time.After(k.lane.Every):
	case <-ctx.Done():
	}
}

// sentOne is a delivery with the channel's answer.
type sentOne struct {
	delivery outbox.Delivery
	sent     outbox.Sent
	lookedUp bool // the answer is of every attempt under the key, not of this one alone
}

// send calls the channel. A message whose fate is unknown is looked up.
func (k *courier) send(ctx context.Context, d outbox.Delivery) sentOne {
	ctx = context.WithoutCancel(ctx) // the channel has deadlines of its own
	if company := k.company(d.Party.Source, d.Party.Company); company.Mode == outbox.Observe && !k.lane.Local {
		return sentOne{delivery: d, sent: outbox.Sent{State: outbox.Accepted, Detail: "mode observe: decided and shown, not sent"}}
	}
	message, err := outbox.Decode(d.Content)
	if err != nil {
		return sentOne{delivery: d, sent: outbox.Sent{State: outbox.Refused, Detail: "its bytes cannot be read: " + err.Error()}}
	}
	message.Key = d.Key
	handed := k.Clock.Now()
	failpoint.Here(failpoint.Handed)
	sent, err := k.lane.Channel.Send(ctx, message)
	failpoint.Here(failpoint.Answered)
	if err == nil && sent.State != outbox.Uncertain {
		return sentOne{delivery: d, sent: sent}
	}
	if err != nil {
		sent.Detail = err.Error()
	}
	return sentOne{delivery: d, sent: k.ask(ctx, d.Key, handed, sent.Detail), lookedUp: true}
}

// ask says what became of a message whose fate is unknown: as the channel knows
// it, else it may go again where the receiver can tell the copy, else a person
// decides.
func (k *courier) ask(ctx context.Context, key outbox.Key, handed time.Time, detail string) outbox.Sent {
	sent, err := k.lane.Channel.Lookup(ctx, key, handed)
	switch {
	case err != nil:
		detail += "; what became of it cannot be looked up: " + err.Error()
	case sent.State != outbox.Uncertain:
		return sent
	}
	return outbox.Sent{State: outbox.Uncertain, Detail: detail}
}

// outcome turns a channel's answer into what is kept, and counts it.
func (k *courier) outcome(s sentOne) outbox.Outcome {
	now := k.Clock.Now()
	o := outbox.Outcome{
		ID: s.delivery.ID, State: s.sent.State, Detail: s.sent.Detail, ProviderID: s.sent.ProviderID, At: now, Day: s.delivery.Day,
	}
	if k.route != nil {
		k.route.domains.land(&s.delivery)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	switch s.sent.State {
	case outbox.Accepted:
		k.sum.Accepted++
		k.resumed()
		k.sum.Documents += len(s.delivery.Documents)
		for _, asked := range s.delivery.Asked {
			k.sum.Asked = k.sum.Asked.Add(asked.Minor, asked.Currency)
		}
	case outbox.Refused:
		k.refused(s, &o)
	case outbox.Retry:
		k.retry(s, &o)
	default:
		k.sum.Uncertain++
		o.State, o.Reason = outbox.Uncertain, sequence.ReasonUncertain
		if k.lane.Channel.Repeatable() && !k.lane.Hold && s.delivery.Purpose != sequence.Legal {
			o.State, o.RetryAt = outbox.Retry, k.retryAt(backoff(s.delivery.Attempts))
		}
	}
	if o.State == outbox.Retry && k.virtual() {
		k.again = append(k.again, o)
	}
	k.Watch.Sent(string(s.delivery.Party.Company), k.channel, o.State)
	return o
}

// retryDays is for how many days a message is tried again that a person said yes
// to; all others are planned anew every day.
const retryDays = 5

// retry puts a message off. One that its receiver has put off for days is
// refused: nobody takes it. Where the whole channel can send nothing, that is
// not the receiver's doing.
func (k *courier) retry(s sentOne, o *outbox.Outcome) {
	if !s.sent.WholeChannel && s.delivery.Attempts > 0 && k.moment.Day-s.delivery.Day >= retryDays {
		o.State, o.Detail = outbox.Refused, fmt.Sprintf("put off for %d days: %s", retryDays, s.sent.Detail)
		k.refused(s, o)
		return
	}
	k.sum.Retry++
	o.Reason, o.RetryAt = sequence.ReasonRetry, k.retryAt(max(s.sent.RetryAfter, backoff(s.delivery.Attempts)))
	if s.sent.WholeChannel {
		o.Reason, o.RetryAt = sequence.ReasonChannel, k.retryAt(pauseOf(s.sent))
		k.pause(s.sent)
	}
	switch {
	case s.delivery.Reason == sequence.ReasonPerson: // the yes was to these very bytes, and stands
		o.Reason = s.delivery.Reason
	case s.doubtful(): // that nothing left this time says nothing of the time before
		o.Reason, o.Detail = s.delivery.Reason, s.delivery.Detail
	}
}

// refused gives up a message that its channel said no to. One that may have left
// before is not given up: it is neither planned anew nor forgotten.
func (k *courier) refused(s sentOne, o *outbox.Outcome) {
	if s.doubtful() {
		k.sum.Uncertain++
		o.State, o.Reason, o.Detail = outbox.Uncertain, sequence.ReasonUncertain, "it may have left before, and was refused when it was sent again: "+s.sent.Detail
		return
	}
	k.sum.Refused++
	o.Reason = sequence.ReasonRefused
}

// doubtful reports whether an earlier attempt may have left, of which this answer
// knows nothing.
func (s sentOne) doubtful() bool {
	return s.delivery.Reason == sequence.ReasonUncertain && !s.lookedUp
}

// virtual reports whether the day is another than today.
func (k *courier) virtual() bool { return k.moment.Now.IsZero() }

// retryAt returns the instant of the next attempt. On a virtual day it is just
// past the day, so that this courier does not try again; see reopen.
func (k *courier) retryAt(wait time.Duration) time.Time {
	if k.virtual() {
		return k.now().Add(time.Second)
	}
	return k.Clock.Now().Add(wait)
}

// reopen lets what a virtual day could not send go with the next run of that
// day.
func (k *courier) reopen(ctx context.Context) error {
	if len(k.again) == 0 {
		return nil
	}
	for i := range k.again {
		k.again[i].RetryAt = time.Time{}
	}
	return k.Store.Hand(context.WithoutCancel(ctx), nil, k.again, k.Clock.Now())
}

// backoff returns how long to wait before the next attempt: five minutes,
// doubled each time, a day at most.
func backoff(attempts int) time.Duration {
	return min(5*time.Minute<<min(attempts, 10), 24*time.Hour)
}
