// Package voice is the channel that calls by telephone: a made voice says who
// calls and what for, and offers a menu by keys. It speaks Twilio's Calls API.
package voice

import (
	"context"
	"errors"
	"log"
	"sync"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/record"
	"holdfast/plugins/sdk/twilio"
)

// Version is the version of this channel.
const Version = "1.0.0"

// Channel places calls and answers the webhooks that ask what to say next.
type Channel struct {
	settings Settings
	client   *twilio.Client
	listener *twilio.Listener
	record   *record.Record
	now      func() time.Time
	within   time.Duration // how long sending a link may take

	mu     sync.Mutex           // one change of a call at a time
	open   map[string]time.Time // when to ask the provider what became of a call that has not ended, by key
	warned time.Time            // when something wrong was last logged
}

// New returns the channel, not yet configured.
func New() sdk.Channel {
	return &Channel{now: time.Now, within: linkWithin, open: map[string]time.Time{}}
}

// Describe says that a call cannot be repeated: whoever is called twice hears it
// twice.
func (c *Channel) Describe() sdk.About {
	return sdk.About{Name: "voice", Version: Version, Medium: "voice", Lookup: true, Events: true, Schema: schema}
}

// Configure checks the settings and opens the record; webhooks are first taken
// by Send or Events.
func (c *Channel) Configure(ctx context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	set, problems := settingsOf(s)
	if len(problems) > 0 {
		return problems, nil
	}
	client, problem := twilio.New(set.account(), s)
	if problem != nil {
		return []sdk.Problem{*problem}, nil
	}
	r, err := record.Open(ctx, s.Dir, record.Options{Durable: true})
	if err != nil {
		return nil, err
	}
	c.settings, c.client, c.record = set, client, r
	c.listener = &twilio.Listener{Listen: set.Listen, PublicURL: set.PublicURL, Account: set.account(), Handlers: c.handlers()}
	return nil, c.recall(ctx)
}

// Send places a call, unless its key was sent before. Accepted means that the
// provider will call; how it ended is an event.
func (c *Channel) Send(ctx context.Context, m sdk.Message) (sdk.Sent, error) {
	if err := c.check(m); err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: err.Error()}, nil
	}
	if err := c.listener.Start(); err != nil {
		return sdk.Sent{State: sdk.Retry, Detail: err.Error(), RetryAfter: time.Minute, WholeChannel: true}, nil
	}
	return c.record.Send(ctx, m.Key, func() sdk.Sent { return c.place(ctx, m) })
}

// Lookup says what became of a key; for a call whose fate is not known it looks
// among the provider's calls.
func (c *Channel) Lookup(ctx context.Context, key string, handed time.Time) (sdk.Sent, error) {
	sent, err := c.record.Lookup(ctx, key, handed)
	if err != nil || sent.State != sdk.Uncertain {
		return sent, err
	}
	return c.find(ctx, key, sent)
}

// Events passes how calls ended. Of calls that should have ended, and nobody
// told how, the provider is asked before.
func (c *Channel) Events(ctx context.Context, cursor string, emit func(sdk.Event) error) error {
	c.warn(errors.Join(c.listener.Start(), c.sweep(ctx))) // what is known can be told all the same
	return c.record.Events(ctx, cursor, emit)
}

// warn logs what is wrong, once a minute: events are asked for all the time.
func (c *Channel) warn(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil && c.now().Sub(c.warned) >= time.Minute {
		c.warned = c.now()
		log.Print(err)
	}
}

// Health asks for the account and whether webhooks can be taken.
func (c *Channel) Health(ctx context.Context) error {
	return errors.Join(c.listener.Well(ctx), c.client.Well(ctx))
}

// Close gives back the record and the address of the webhooks.
func (c *Channel) Close() error { return errors.Join(c.listener.Close(), c.record.Close()) }
