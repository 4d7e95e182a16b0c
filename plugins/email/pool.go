package email

import (
	"context"
	"crypto/x509"
	"time"

	"holdfast/plugins/sdk"
)

const (
	mailsPerConnection = 200         // ends a connection before a server grows tired of it
	longestIdle        = time.Minute // after it, something between may have forgotten the connection
)

// pool lends out connections to one server. A slot is a right to have one.
type pool struct {
	settings    Settings
	authorities *x509.CertPool
	tokens      *tokens
	slots       chan struct{}
	idle        chan *conn
}

func newPool(s Settings, authorities *x509.CertPool, t *tokens) *pool {
	return &pool{
		settings: s, authorities: authorities, tokens: t,
		slots: make(chan struct{}, s.Connections), idle: make(chan *conn, s.Connections),
	}
}

// deliver sends e over a kept connection, or a new one where the kept one
// turns out to be stale before anything of e was taken.
func (p *pool) deliver(ctx context.Context, e envelope) sdk.Sent {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return noSlot.sent("no connection to the mail server came free")
	}
	if c := p.kept(); c != nil {
		if sent, stale := p.over(ctx, c, e); !stale {
			return sent
		}
	}
	c, err := p.dial(ctx)
	if err != nil {
		return dialFailed(err)
	}
	sent, _ := p.over(ctx, c, e)
	return sent
}

// kept returns a connection that waits, nil where there is none. What has
// waited too long is closed.
func (p *pool) kept() *conn {
	for {
		select {
		case c := <-p.idle:
			if time.Since(c.idle) < longestIdle {
				return c
			}
			c.leave(false)
		default:
			return nil
		}
	}
}

// over runs one transaction on c and keeps or closes it.
func (p *pool) over(ctx context.Context, c *conn, e envelope) (sent sdk.Sent, stale bool) {
	t := transaction{conn: c, envelope: e, patience: p.patience}
	sent = t.run(ctx)
	stale = t.spoilt && !t.begun && c.mails > 0
	c.mails++
	if t.spoilt || c.mails >= mailsPerConnection || !p.keep(ctx, c, sent.State == sdk.Accepted) {
		c.leave(!t.spoilt)
	}
	return sent, stale
}

// keep puts c back for the next one, cleared unless its last mail went through.
func (p *pool) keep(ctx context.Context, c *conn, clear bool) bool {
	if !clear {
		c.wait(ctx, 10*time.Second)
		if c.Reset() != nil {
			return false
		}
	}
	c.idle = time.Now()
	select {
	case p.idle <- c:
		return true
	default:
		return false
	}
}

// probe shows that a connection can be made.
func (p *pool) probe(ctx context.Context) error {
	c, err := p.dial(ctx)
	if err != nil {
		return describe(dialFailed(err))
	}
	defer c.leave(true)
	c.wait(ctx, p.patience(phaseHello))
	return c.Noop()
}
