// Package sms is the channel of text messages. It speaks Twilio's Messages API,
// which other gateways speak too.
package sms

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

// Channel hands texts to the provider, hears what became of them and what was
// answered.
type Channel struct {
	settings Settings
	client   *twilio.Client
	listener *twilio.Listener // nil without webhooks
	record   *record.Record
	now      func() time.Time

	finding sync.Mutex // one uncertain text is looked for at a time
	polling sync.Mutex
	polled  time.Time       // when the provider's list was last read by this process
	noted   map[string]bool // events of the last poll, which are on record
	over    map[string]bool // texts of the last days whose receipt a poll has found, by SID
}

// New returns the channel, not yet configured.
func New() sdk.Channel { return &Channel{now: time.Now} }

// Describe says that a text cannot be repeated: whoever gets it twice reads it
// twice.
func (c *Channel) Describe() sdk.About {
	return sdk.About{Name: "sms", Version: Version, Medium: "sms", Lookup: true, Events: true, Schema: schema}
}

// Configure checks the settings and opens the record; webhooks are first taken
// by Send or Events.
func (c *Channel) Configure(ctx context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	set, problems := settingsOf(s.Settings)
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
	if set.PublicURL != "" {
		c.listener = &twilio.Listener{Listen: set.Listen, PublicURL: set.PublicURL, Account: set.account(), Handlers: c.handlers()}
	}
	return nil, c.begin(ctx)
}

// Send hands over a text, unless its key was sent before. Accepted means that
// the provider took it; whether it arrived is an event.
func (c *Channel) Send(ctx context.Context, m sdk.Message) (sdk.Sent, error) {
	t, err := c.textOf(m)
	if err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: err.Error()}, nil
	}
	if err := c.listen(); err != nil {
		return sdk.Sent{State: sdk.Retry, Detail: err.Error(), RetryAfter: time.Minute, WholeChannel: true}, nil
	}
	sent, err := c.record.Send(ctx, m.Key, func() sdk.Sent { return c.hand(ctx, m.Key, t) })
	if err == nil && sent.State != sdk.Uncertain {
		c.forget(ctx, m.Key)
	}
	return sent, err
}

// Lookup says what became of a key; a text whose fate is not known is looked for
// among the provider's.
func (c *Channel) Lookup(ctx context.Context, key string, handed time.Time) (sdk.Sent, error) {
	sent, err := c.record.Lookup(ctx, key, handed)
	if err != nil || sent.State != sdk.Uncertain {
		return sent, err
	}
	return c.find(ctx, key, sent)
}

// Events passes receipts and answers: what webhooks told, and what the
// provider's list shows when it is read again.
func (c *Channel) Events(ctx context.Context, cursor string, emit func(sdk.Event) error) error {
	if err := c.listen(); err != nil {
		log.Print(err) // the list has it all the same
	}
	if err := c.poll(ctx); err != nil {
		log.Printf("the provider's list of texts cannot be read: %v", err)
	}
	return c.record.Events(ctx, cursor, emit)
}

// Health asks for the account, and whether webhooks can be taken.
func (c *Channel) Health(ctx context.Context) error {
	err := c.client.Well(ctx)
	if c.listener != nil {
		err = errors.Join(c.listener.Well(ctx), err)
	}
	return err
}

// Close gives back the record and the address of the webhooks.
func (c *Channel) Close() error {
	if c.listener != nil {
		return errors.Join(c.listener.Close(), c.record.Close())
	}
	return c.record.Close()
}

// listen takes webhooks from now on, where there are any.
func (c *Channel) listen() error {
	if c.listener == nil {
		return nil
	}
	return c.listener.Start()
}
