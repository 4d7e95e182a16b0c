package cycle

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// reserveSize is how many deliveries get their last look together, in one fresh
// read.
const reserveSize = 64

// A message that a person said yes to is kept for this many days, and looked at
// again this often while its hour has not come.
const (
	approvedDays  = 7
	approvedPause = 15 * time.Minute
)

// lookAge is how old a last look may be when its message is handed over.
const lookAge = time.Minute

// Delivered counts what became of deliveries.
type Delivered struct {
	Accepted  int                     `json:"accepted"`
	Refused   int                     `json:"refused"`
	Retry     int                     `json:"retry"`
	Uncertain int                     `json:"uncertain"`
	Kept      map[sequence.Reason]int `json:"kept_back,omitempty"` // by the last look
	Documents int                     `json:"documents"`           // named by accepted messages
	Asked     ar.Balance              `json:"asked,omitempty"`     // by accepted messages
}

// Deliver hands over what is due on one channel. It ends when nothing more is
// due now, when effects are stopped, or with ctx.
func (c *Cycle) Deliver(ctx context.Context, channel string, m Moment) (Delivered, error) {
	lock, _ := c.lanes.LoadOrStore(channel, &sync.Mutex{})
	lock.(*sync.Mutex).Lock()
	defer lock.(*sync.Mutex).Unlock()
	courier := &courier{Cycle: c, channel: channel, lane: c.Channels[channel], moment: m}
	courier.sum.Kept = map[sequence.Reason]int{}
	err := courier.run(ctx)
	err = errors.Join(append(courier.failed, err, courier.putBack(ctx), courier.reopen(ctx))...)
	return courier.sum, fault.Wrap("deliver on channel "+channel, err)
}

// courier carries the deliveries of one channel out.
type courier struct {
	*Cycle
	channel string
	lane    Lane
	moment  Moment

	mu      sync.Mutex // over what follows: looking ahead and handing over both tell
	sum     Delivered
	unread  []*Company // whose ERP could not be read
	failed  []error
	again   []outbox.Outcome // of a virtual day: what may go again
}

func (k *courier) run(ctx context.Context) error {
	if err := k.expire(ctx); err != nil {
		return err
	}
	if err := k.alarm(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ahead := make(chan looked)
	var lookErr, handErr error
	go func() {
		defer close(ahead)
		lookErr = k.lookAhead(ctx, ahead)
	}()
	for batch := range ahead {
		if handErr = k.handAll(ctx, batch); handErr != nil {
			cancel()
			break
		}
	}
	for range ahead { // until the one who looks ahead has ended
	}
	if handErr != nil {
		return handErr
	}
	return lookErr
}

// looked is reserved deliveries that had their last look, and when.
type looked struct {
	wanted []outbox.Delivery
	at     time.Time
}

// lookAhead reserves deliveries and takes their last look, one batch ahead of
// the hand-over.
func (k *courier) lookAhead(ctx context.Context, ahead chan<- looked) error {
	for {
		if reason, err := k.Stopped(ctx); err != nil || reason != "" {
			return err
		}
		batch, err := k.Store.Reserve(ctx, k.channel, k.now(), reserveSize)
		if err != nil || len(batch) == 0 {
			return err
		}
		at := k.Clock.Now()
		wanted, err := k.look(ctx, batch)
		if err != nil {
			return err
		}
		select {
		case ahead <- looked{wanted, at}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// now is the instant by which deliveries are due. Where the day is another than
// today it is the day's end anywhere on earth, since each delivery then leaves
// at the latest permitted instant of the day.
func (k *courier) now() time.Time {
	if !k.virtual() {
		return k.Clock.Now()
	}
	return (k.moment.Day + 1).Time(time.UTC).Add(12 * time.Hour)
}

// expire supersedes what did not leave within its window: it is planned anew.
func (k *courier) expire(ctx context.Context) error {
	waiting, err := k.Store.Deliveries(ctx, store.DeliveryFilter{
		Channel: k.channel, States: []outbox.State{outbox.Rendered, outbox.Waiting, outbox.Retry},
	})
	if err != nil {
		return err
	}
	var late []int64
	for i := range waiting {
		if k.late(&waiting[i]) {
			late = append(late, waiting[i].ID)
		}
	}
	if len(late) == 0 {
		return nil
	}
	return k.Store.Supersede(ctx, late, sequence.ReasonOutsideWindow, "its window closed before it left", k.Clock.Now())
}

// momentOf returns a company's own day and instant.
func (k *courier) momentOf(co *Company) Moment {
	if k.virtual() {
		return k.moment
	}
	return k.Today(co)
}

// late reports whether a delivery's window is over. One that may have left
// already is not late; one that waits for a yes, or has it, is after a week.
func (k *courier) late(d *outbox.Delivery) bool {
	if d.State == outbox.Retry && d.Reason == sequence.ReasonUncertain {
		return false
	}
	if d.State == outbox.Waiting || d.Reason == sequence.ReasonPerson {
		return k.moment.Day-d.Day > approvedDays
	}
	if k.virtual() {
		return d.Day != k.moment.Day
	}
	return !d.NotAfter.After(k.Clock.Now())
}

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
		n := min(k.lane.InFlight-flying, len(queue))
		if ctx.Err() != nil || k.since(looked) > lookAge {
			n, rest, queue = 0, append(rest, queue...), nil
		}
		if err := k.commit(ctx, queue[:n], settled); err != nil {
			return nil, err
		}
		settled = settled[:0]
		for _, d := range queue[:n] {
			k.pace(ctx)
			go func() { results <- k.send(ctx, d) }()
		}
		queue, flying = queue[n:], flying+n
		for flying > 0 && (len(settled) == 0 || len(results) > 0) {
			settled = append(settled, k.outcome(<-results))
			flying--
		}
	}
	if ctx.Err() != nil {
		rest = nil // they are put back
	}
	return rest, k.commit(ctx, nil, settled)
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
}

// send calls the channel. A message whose fate is unknown is looked up.
func (k *courier) send(ctx context.Context, d outbox.Delivery) sentOne {
	ctx = context.WithoutCancel(ctx) // the channel has deadlines of its own
	if company := k.company(d.Party.Source, d.Party.Company); company.Mode == outbox.Observe && !k.lane.Local {
		return sentOne{d, outbox.Sent{State: outbox.Accepted, Detail: "mode observe: decided and shown, not sent"}}
	}
	message, err := outbox.Decode(d.Content)
	if err != nil {
		return sentOne{d, outbox.Sent{State: outbox.Refused, Detail: "its bytes cannot be read: " + err.Error()}}
	}
	message.Key = d.Key
	sent, err := k.lane.Channel.Send(ctx, message)
	if err == nil && sent.State != outbox.Uncertain {
		return sentOne{d, sent}
	}
	if err != nil {
		sent.Detail = err.Error()
	}
	return sentOne{d, k.ask(ctx, d.Key, sent.Detail)}
}

// ask says what became of a message whose fate is unknown: as the channel knows
// it, else it may go again where the receiver can tell the copy, else a person
// decides.
func (k *courier) ask(ctx context.Context, key outbox.Key, detail string) outbox.Sent {
	if sent, err := k.lane.Channel.Lookup(ctx, key); err == nil && sent.State != outbox.Uncertain {
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
	k.mu.Lock()
	defer k.mu.Unlock()
	switch s.sent.State {
	case outbox.Accepted:
		k.sum.Accepted++
		k.sum.Documents += len(s.delivery.Documents)
		for _, asked := range s.delivery.Asked {
			k.sum.Asked = k.sum.Asked.Add(asked.Minor, asked.Currency)
		}
	case outbox.Refused:
		k.sum.Refused++
		o.Reason = sequence.ReasonRefused
	case outbox.Retry:
		k.sum.Retry++
		o.Reason, o.RetryAt = sequence.ReasonRetry, k.retryAt(max(s.sent.RetryAfter, backoff(s.delivery.Attempts)))
	default:
		k.sum.Uncertain++
		o.State, o.Reason = outbox.Uncertain, sequence.ReasonUncertain
		if k.lane.Channel.Repeatable() && s.delivery.Purpose != sequence.Legal {
			o.State, o.RetryAt = outbox.Retry, k.retryAt(backoff(s.delivery.Attempts))
		}
	}
	if o.State == outbox.Retry && k.virtual() {
		k.again = append(k.again, o)
	}
	k.Watch.Sent(string(s.delivery.Party.Company), k.channel, o.State)
	return o
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

// alarm stops a live run that would send suspiciously much in a day, before its
// first message. Of a rehearsal it only says so.
func (k *courier) alarm(ctx context.Context) error {
	if k.lane.Local {
		return nil
	}
	for _, co := range k.Companies {
		if co.Mode != outbox.Live {
			continue
		}
		v, err := k.Store.Volume(ctx, co.Source, co.ID, co.Mode, k.moment.Day)
		if err != nil {
			return err
		}
		limit, err := k.volume(ctx, co, v)
		if err != nil {
			return err
		}
		if v.Ready == 0 || v.Ready+v.Today <= limit {
			continue
		}
		alarm := fault.New(fault.Denied, "company %s: %d messages are ready after %d sent today, more than the %d of a day; none leaves",
			co.Key, v.Ready, v.Today, limit)
		if !k.moment.Rehearsal {
			return alarm.WithCure("look at them with outbox list; let old debt enter by holdfast adopt, or raise [company.volume] limit")
		}
		k.Log.Warn("a live run would stop here", "because", alarm.Error())
	}
	return nil
}

// volume returns how many messages of a company may leave in a day.
func (k *courier) volume(ctx context.Context, co *Company, v store.Volume) (int, error) {
	switch {
	case co.Limits.Volume > 0:
		return co.Limits.Volume, nil
	case v.Largest > 0:
		return max(50, 3*v.Largest), nil
	}
	parties, err := k.Store.CountCustomers(ctx, co.Source, co.ID)
	return max(50, parties/10), err
}

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
		o := k.outcome(sentOne{d, k.ask(ctx, d.Key, "the program ended while it was handed over")})
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
