// Package email is the channel that hands messages to a mail server by SMTP.
package email

import (
	"context"
	"errors"
	"net/http"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/record"
	"holdfast/plugins/sdk/web"
)

// Version is the version of this channel.
const Version = "1.1.0"

// Channel submits mail over a few connections that it keeps open.
type Channel struct {
	sdk.Base
	settings Settings
	record   *record.Record
	signer   *signer // nil: mails are not signed
	pool     *pool
	reader   *reader // nil: no mail is read
	pace     pace    // of the reader
}

// New returns the channel, not yet configured.
func New() sdk.Channel { return &Channel{pace: usualPace} }

// Describe says that a copy carries the same Message-ID, so that it may go
// again, that Lookup knows what this channel has seen itself, and that Events
// passes what came back by mail.
func (c *Channel) Describe() sdk.About {
	return sdk.About{Name: "email", Version: Version, Medium: "email", Repeatable: true, Lookup: true, Events: true, Schema: schema}
}

// Configure checks the settings and opens the record; the server is first
// spoken to by Send or Health.
func (c *Channel) Configure(ctx context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	set, problems := settingsOf(s)
	if len(problems) > 0 {
		return problems, nil
	}
	s.CAFile = set.CAFile
	transport, problem := web.Transport(s)
	if problem != nil {
		return []sdk.Problem{*problem}, nil
	}
	if c.signer, problem = set.signer(); problem != nil {
		return []sdk.Problem{*problem}, nil
	}
	var err error
	if c.record, err = record.Open(ctx, s.Dir, record.Options{Repeatable: true}); err != nil {
		return nil, err
	}
	c.settings = set
	c.pool = newPool(set, transport.TLSClientConfig.RootCAs, &tokens{login: set.login, client: &http.Client{Transport: transport}, record: c.record})
	if set.IMAPHost == "" {
		return nil, nil
	}
	c.reader = newReader(set, c.record, transport.TLSClientConfig.RootCAs, c.pool.tokens, c.pace)
	_, err = c.reader.place(ctx) // from now on, also where the mailbox can't be reached yet
	return nil, err
}

// Send hands m to the server, for its recipient and for each who gets a copy.
func (c *Channel) Send(ctx context.Context, m sdk.Message) (sdk.Sent, error) {
	d, err := c.newDelivery(m)
	if err != nil {
		return contentRefused.sent("%v", err), nil
	}
	return c.record.Send(ctx, m.Key, func() sdk.Sent { return d.run(ctx) })
}

// Lookup says what this channel has recorded. A mail whose answer never came
// stays uncertain: SMTP can't tell.
func (c *Channel) Lookup(ctx context.Context, key string, handed time.Time) (sdk.Sent, error) {
	return c.record.Lookup(ctx, key, handed)
}

// Events passes what came back by mail. The first call begins to read the
// mailbox, which goes on until the process ends.
func (c *Channel) Events(ctx context.Context, cursor string, emit func(sdk.Event) error) error {
	if c.reader != nil {
		c.reader.begin(ctx)
	}
	return c.record.Events(ctx, cursor, emit)
}

// Health connects, logs in and says NOOP, and says how reading the mailbox goes.
func (c *Channel) Health(ctx context.Context) error {
	err := c.pool.probe(ctx)
	if c.reader == nil {
		return err
	}
	return errors.Join(err, c.reader.health(ctx))
}
