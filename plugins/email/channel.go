// Package email is the channel that hands messages to a mail server by SMTP.
package email

import (
	"context"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/eml"
)

// Version is the version of this channel.
const Version = "1.0.0"

// Channel submits mail over a few connections that it keeps open.
type Channel struct {
	sdk.Base
	settings Settings
	pool     *pool
}

// New returns the channel, not yet configured.
func New() sdk.Channel { return new(Channel) }

// Describe says that a copy carries the same Message-ID, so that it may go
// again; SMTP cannot tell what became of a mail.
func (c *Channel) Describe() sdk.About {
	return sdk.About{Name: "email", Version: Version, Medium: "email", Repeatable: true, Schema: schema}
}

// Configure checks the settings; the server is first spoken to by Send or
// Health.
func (c *Channel) Configure(_ context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	set, problems := settingsOf(s)
	if len(problems) > 0 {
		return problems, nil
	}
	authorities, problem := set.authorities()
	if problem != nil {
		return []sdk.Problem{*problem}, nil
	}
	c.settings = set
	c.pool = newPool(set, authorities)
	return nil, nil
}

// Send hands m to the server: one transaction for its recipients and copies.
func (c *Channel) Send(ctx context.Context, m sdk.Message) (sdk.Sent, error) {
	raw, err := eml.Render(m)
	if err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: err.Error()}, nil
	}
	e := envelope{from: c.settings.From, to: m.To, cc: m.Cc, raw: raw, id: eml.MessageID(m)}
	if e.from == "" {
		e.from = m.From.Address
	}
	return c.pool.deliver(ctx, e), nil
}

// Lookup knows nothing.
func (c *Channel) Lookup(context.Context, string, time.Time) (sdk.Sent, error) {
	return sdk.Sent{State: sdk.Uncertain, Detail: "SMTP can't tell"}, nil
}

// Health connects, logs in and says NOOP.
func (c *Channel) Health(ctx context.Context) error { return c.pool.probe(ctx) }
