package cycle

import (
	"context"
	"errors"
	"sync"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/failpoint"
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
	Alarm     string                  `json:"alarm,omitempty"`     // why nothing left: more than usual would have
	Paused    string                  `json:"paused,omitempty"`    // why the channel is left alone: nothing can leave by it
}

// Deliver hands over what is due on one channel. It ends when nothing more is
// due now, when effects are stopped, or with ctx.
func (c *Cycle) Deliver(ctx context.Context, channel string, m Moment) (Delivered, error) {
	found, _ := c.lanes.LoadOrStore(channel, &route{})
	r := found.(*route)
	r.mu.Lock()
	defer r.mu.Unlock()
	courier := &courier{Cycle: c, channel: channel, lane: c.Channels[channel], route: r, moment: m}
	courier.sum.Kept = map[sequence.Reason]int{}
	r.domains.begin()
	err := courier.run(ctx)
	err = errors.Join(append(courier.failed, err, courier.putBack(ctx), courier.reopen(ctx))...)
	return courier.sum, fault.Wrap("deliver on channel "+channel, err)
}

// route is what lasts of a channel from one courier to the next.
type route struct {
	mu      sync.Mutex // one courier a channel
	expired time.Time  // when closed windows were last looked for
	domains domains

	pausedUntil time.Time // the channel is left alone until then
	pausedBy    string    // why
	leaves      bool      // something has left since the pause was noted, or since the start
}

// courier carries the deliveries of one channel out.
type courier struct {
	*Cycle
	channel string
	lane    Lane
	route   *route
	moment  Moment
	asked   time.Time // when the stop switch was last looked at
	stopped bool

	mu     sync.Mutex // over what follows: looking ahead and handing over both tell
	sum    Delivered
	unread []*Company // whose ERP could not be read
	failed []error
	again  []outbox.Outcome // of a virtual day: what may go again
}

func (k *courier) run(ctx context.Context) error {
	if err := k.expire(ctx); err != nil {
		return err
	}
	if k.paused() {
		return nil
	}
	if err := k.settleHanded(ctx); err != nil {
		return err
	}
	var err error
	if k.sum.Alarm, err = k.alarm(ctx); err != nil || k.sum.Alarm != "" {
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
		failpoint.Here(failpoint.Reserved)
		at := k.Clock.Now()
		wanted, err := k.look(ctx, batch)
		if err != nil {
			return err
		}
		failpoint.Here(failpoint.Looked)
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
// It looks once a minute; what it has not seen yet the last look keeps back.
func (k *courier) expire(ctx context.Context) error {
	if !k.virtual() && k.since(k.route.expired) < time.Minute {
		return nil
	}
	k.route.expired = k.Clock.Now()
	waiting, err := k.Store.Deliveries(ctx, store.DeliveryFilter{
		Channel: k.channel, States: []outbox.State{outbox.Rendered, outbox.Waiting, outbox.Retry},
	})
	if err != nil {
		return err
	}
	var late []int64
	var putOff []outbox.Delivery
	for i := range waiting {
		d := &waiting[i]
		if !k.late(d) {
			continue
		}
		late = append(late, d.ID)
		if d.State == outbox.Retry && d.Reason == sequence.ReasonRetry {
			putOff = append(putOff, *d)
		}
	}
	if len(late) == 0 {
		return nil
	}
	if err := k.Store.Supersede(ctx, late, sequence.ReasonOutsideWindow, "its window closed before it left", k.Clock.Now()); err != nil {
		return err
	}
	return k.notePutOff(ctx, putOff)
}

// notePutOff keeps as a soft bounce that a receiver put a message off until its
// day was over: a few of them in a row are for a person to look at. On a virtual
// day nothing is heard.
func (k *courier) notePutOff(ctx context.Context, list []outbox.Delivery) error {
	if k.virtual() {
		return nil
	}
	l := &listener{Cycle: k.Cycle, channel: k.channel}
	for _, d := range list {
		e := outbox.Event{Kind: outbox.BouncedSoft, Key: d.Key, Address: d.Recipient, At: d.ChangedAt, Detail: d.Detail}
		if err := l.hear(ctx, e); err != nil {
			return err
		}
	}
	return l.flush(ctx)
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
