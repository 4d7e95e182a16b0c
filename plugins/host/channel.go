// Package host runs channels as subprocesses and keeps them from doing harm:
// it verifies each program before it starts, bounds every call in time and
// size, hides its own environment, starts a dead one again, and says of each
// message whether it may have left.
package host

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	gproto "google.golang.org/protobuf/proto"

	"holdfast/engine"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/plugins/proto"
)

var _ engine.Channel = (*Channel)(nil)

// Channel is a channel's program as the engine sees it. All methods may be
// called at once from several goroutines.
type Channel struct {
	cfg Config

	starting chan struct{} // holds one token: one start at a time

	mu      sync.Mutex
	live    *instance // nil while none runs
	about   About
	hidden  []string // never shown: what the config knows, and what the schema calls secret
	breaker breaker
	places  [][]string
	closed  bool
}

// Launch starts a channel, checks that it is the one meant and hands it its
// settings. What the channel says against them is a *SettingsError inside a
// fault.Invalid. The caller closes it.
func Launch(ctx context.Context, cfg Config) (*Channel, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	inst, err := start(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return &Channel{
		cfg: cfg, live: inst, about: inst.about, hidden: inst.cfg.Secrets, places: inst.secret, starting: make(chan struct{}, 1),
		breaker: breaker{spread: rand.Float64},
	}, nil
}

// Later returns a channel that is started when it is first needed, since it
// cannot be now: until then nothing leaves by it. The caller closes it.
func Later(cfg Config) (*Channel, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	c := &Channel{cfg: cfg, hidden: cfg.Secrets, starting: make(chan struct{}, 1), breaker: breaker{spread: rand.Float64}}
	c.breaker.failed(time.Now(), 0)
	return c, nil
}

// Inspect starts a program, asks what it is and ends it again. It is told
// nothing.
func Inspect(ctx context.Context, cfg Config) (About, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return About{}, err
	}
	inst, err := begin(ctx, cfg)
	if err != nil {
		return About{}, err
	}
	defer inst.stop()
	return describe(ctx, cfg, inst.client)
}

// Describe returns how the channel described itself when it was last started.
func (c *Channel) Describe() About {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.about
}

// Repeatable reports whether a receiver recognises a copy with the same key.
func (c *Channel) Repeatable() bool { return c.Describe().Repeatable }

// Secrets returns the values that must never be shown: those of its config, and
// those that the channel's schema calls secret.
func (c *Channel) Secrets() []string { return slices.Clone(c.secrets()) }

// SecretPlaces returns where in its settings the channel's schema has secrets,
// as the keys that lead there; items of lists count from 0.
func (c *Channel) SecretPlaces() [][]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.places
}

// Send hands m to the channel. As long as nothing was handed over, whatever
// went wrong is outbox.Retry and no error. After that, an error means that the
// message may have left.
func (c *Channel) Send(ctx context.Context, m outbox.Message) (outbox.Sent, error) {
	request := RequestOf(m)
	if size := gproto.Size(request); size > proto.MaxSend {
		return outbox.Sent{State: outbox.Refused, Detail: "the message is larger than a channel may be given"}, nil
	}
	sent, got, err := c.try(ctx, request)
	if got == asDead && ctx.Err() == nil {
		sent, got, err = c.try(ctx, request) // it had died since the last call, so start it again
	}
	if err != nil && got != handedOver {
		return outbox.Sent{State: outbox.Retry, WholeChannel: true, Detail: tidy(err.Error(), c.secrets()), RetryAfter: c.pause()}, nil
	}
	return sent, err
}

// reach is how far a message got.
type reach int

const (
	unstarted  reach = iota // there is no channel to give it to
	asDead                  // the channel was gone before it could be given anything
	handedOver              // it may have left
)

// try makes one attempt.
func (c *Channel) try(ctx context.Context, request *proto.SendRequest) (outbox.Sent, reach, error) {
	inst, err := c.connect(ctx)
	if err != nil {
		return outbox.Sent{}, unstarted, err
	}
	call, cancel := context.WithTimeout(ctx, c.cfg.Deadlines.Send)
	defer cancel()
	call, handed := withHandover(call)
	answer, err := inst.client.Send(call, request)
	if err != nil {
		c.failed(ctx, call, inst, err)
		err = fault.New(fault.Uncertain, "channel %s gave no answer: %s", c.cfg.Name, tidy(err.Error(), c.secrets()))
		if !handed.Load() {
			return outbox.Sent{}, asDead, err
		}
		return outbox.Sent{State: outbox.Uncertain}, handedOver, err
	}
	c.worked()
	return sentOf(answer.Outcome, c.secrets()), handedOver, nil
}

// Lookup asks the channel what became of a key that was handed over at an
// instant.
func (c *Channel) Lookup(ctx context.Context, key outbox.Key, handed time.Time) (outbox.Sent, error) {
	inst, err := c.connect(ctx)
	if err != nil {
		return outbox.Sent{}, err
	}
	if !inst.about.Lookup {
		return outbox.Sent{State: outbox.Uncertain, Detail: "this channel cannot tell"}, nil
	}
	call, cancel := context.WithTimeout(ctx, c.cfg.Deadlines.Lookup)
	defer cancel()
	answer, err := inst.client.Lookup(call, &proto.LookupRequest{Key: string(key), HandedAt: handed.Format(time.RFC3339Nano)})
	if err != nil {
		c.failed(ctx, call, inst, err)
		return outbox.Sent{}, fault.New(fault.Transient, "look up in channel %s: %s", c.cfg.Name, tidy(err.Error(), c.secrets()))
	}
	return sentOf(answer.Outcome, c.secrets()), nil
}

// Health returns nil if the channel answers and says that it is well.
func (c *Channel) Health(ctx context.Context) error {
	inst, err := c.connect(ctx)
	if err != nil {
		return err
	}
	call, cancel := context.WithTimeout(ctx, c.cfg.Deadlines.Ping)
	defer cancel()
	answer, err := inst.client.Health(call, &proto.HealthRequest{})
	if err != nil {
		c.failed(ctx, call, inst, err)
		return fault.New(fault.Transient, "channel %s does not answer: %s", c.cfg.Name, tidy(err.Error(), c.secrets()))
	}
	if !answer.Ok {
		return fault.New(fault.Transient, "channel %s is not well: %s", c.cfg.Name, tidy(answer.Detail, c.secrets()))
	}
	return nil
}

// Close ends the channel's process with all that it has started. It may come
// twice. Later calls find the channel closed.
func (c *Channel) Close() error {
	c.starting <- struct{}{}
	defer func() { <-c.starting }()
	c.mu.Lock()
	inst := c.live
	c.live, c.closed = nil, true
	c.mu.Unlock()
	if inst != nil {
		inst.stop()
	}
	return nil
}

// connect returns the running instance, or starts one unless the circuit is
// open.
func (c *Channel) connect(ctx context.Context) (*instance, error) {
	if inst, err := c.running(); inst != nil || err != nil {
		return inst, err
	}
	select {
	case c.starting <- struct{}{}:
		defer func() { <-c.starting }()
	case <-ctx.Done():
		return nil, fault.New(fault.Transient, "wait for channel %s: %w", c.cfg.Name, ctx.Err())
	}
	if inst, err := c.running(); inst != nil || err != nil {
		return inst, err
	}
	if wait := c.pause(); wait > 0 {
		return nil, fault.New(fault.Transient, "channel %s keeps failing and rests for %s", c.cfg.Name, wait.Round(time.Second)).
			WithCure("see the log for what it says")
	}
	return c.restart(ctx)
}

// running returns the live instance, nil if there is none, and an error after
// Close. A dead one is buried.
func (c *Channel) running() (*instance, error) {
	c.mu.Lock()
	inst, closed := c.live, c.closed
	c.mu.Unlock()
	switch {
	case closed:
		return nil, fault.New(fault.Transient, "channel %s is closed", c.cfg.Name)
	case inst == nil:
		return nil, nil
	case inst.gone():
		c.bury(inst)
		return nil, nil
	}
	return inst, nil
}

// restart starts the channel anew; the caller holds the token.
func (c *Channel) restart(ctx context.Context) (*instance, error) {
	inst, err := start(ctx, c.cfg)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.breaker.failed(time.Now(), 0)
		return nil, err
	}
	c.live, c.about, c.hidden, c.places = inst, inst.about, inst.cfg.Secrets, inst.secret
	c.cfg.Logger.Info("channel started again", "channel", c.cfg.Name)
	return inst, nil
}

// failed sees whether an instance is dead or hung after a failed call, and
// buries it then. A caller who gave up is not the channel's fault.
func (c *Channel) failed(ctx, call context.Context, inst *instance, err error) {
	switch code := status.Code(err); {
	case gaveUp(ctx, call) && !inst.gone():
	case code == codes.DeadlineExceeded, code == codes.Unavailable, inst.gone():
		c.bury(inst)
	}
}

// gaveUp reports whether a call ended by its caller's will. The other side
// knows the deadline too and may answer to it before ctx says that it has
// passed, so it counts whose deadline the call had.
func gaveUp(ctx, call context.Context) bool {
	callers, ok := ctx.Deadline()
	deadline, _ := call.Deadline()
	return ctx.Err() != nil || ok && !deadline.Before(callers)
}

// bury takes an instance out of use and kills what is left of it.
func (c *Channel) bury(inst *instance) {
	c.mu.Lock()
	mine := c.live == inst
	if mine {
		c.live = nil
		now := time.Now()
		c.breaker.failed(now, now.Sub(inst.since))
	}
	c.mu.Unlock()
	if !mine {
		return
	}
	c.cfg.Logger.Warn("channel died or hung", "channel", c.cfg.Name)
	inst.kill()
	inst.stop()
}

func (c *Channel) worked() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.breaker.worked()
}

// pause returns how long the circuit stays open.
func (c *Channel) pause() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.breaker.wait(time.Now())
}

func (c *Channel) secrets() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hidden
}
