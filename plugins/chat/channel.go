// Package chat is the channel that shows notices and tasks to a site's own
// people: in Microsoft Teams, in Slack, or to a receiver of the site's own by a
// signed webhook.
package chat

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/record"
	"holdfast/plugins/sdk/web"
)

// Version is the version of this channel.
const Version = "1.0.0"

// Channel posts cards to one address.
type Channel struct {
	sdk.Base
	set    Settings
	format func(card) ([]byte, error)
	client *http.Client
	record *record.Record

	mu      sync.Mutex
	trouble string // what keeps every card from leaving, as last seen; empty: nothing
}

// New returns the channel, not yet configured.
func New() sdk.Channel { return new(Channel) }

// Describe says that a copy is not recognised: Teams and Slack show both. A
// signed webhook does know copies, and Send makes use of that.
func (c *Channel) Describe() sdk.About {
	return sdk.About{Name: "chat", Version: Version, Medium: "chat", Lookup: true, Schema: schema}
}

// Configure checks the settings and opens the record; it does not connect.
func (c *Channel) Configure(ctx context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	set, problems := settingsOf(s)
	if len(problems) > 0 {
		return problems, nil
	}
	transport, problem := web.Transport(s)
	if problem != nil {
		return []sdk.Problem{*problem}, nil
	}
	guard(transport, s.Proxy, set.AllowPrivate == accepted)
	transport.DisableKeepAlives = true // cards are few, and a connection of its own is known to be fresh
	c.set, c.format = set, formatOf(set.Kind)
	c.client = &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var err error
	c.record, err = record.Open(ctx, s.Dir, record.Options{Repeatable: c.repeatable(), Durable: true})
	return nil, err
}

// Send posts m as a card unless its key was posted before.
func (c *Channel) Send(ctx context.Context, m sdk.Message) (sdk.Sent, error) {
	switch {
	case m.Key == "":
		return sdk.Sent{State: sdk.Refused, Detail: "it has no key"}, nil
	case len(m.Attachments) > 0:
		return sdk.Sent{State: sdk.Refused, Detail: "a card takes no attachments"}, nil
	}
	body, err := c.format(cardOf(m))
	if err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: err.Error()}, nil
	}
	return c.record.Send(ctx, m.Key, func() sdk.Sent {
		sent := c.post(ctx, m.Key, body)
		c.note(sent)
		return sent
	})
}

// note keeps what keeps every card from leaving.
func (c *Channel) note(s sdk.Sent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.trouble = ""
	if s.WholeChannel {
		c.trouble = s.Detail
	}
}

// Lookup says what is on record of a key.
func (c *Channel) Lookup(ctx context.Context, key string, handed time.Time) (sdk.Sent, error) {
	return c.record.Lookup(ctx, key, handed)
}

// Health says what the last card met. A webhook can be tried only by posting, so
// before the first card it is well.
func (c *Channel) Health(context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.trouble != "" {
		return errors.New(c.trouble)
	}
	return nil
}
