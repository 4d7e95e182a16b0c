package email

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"holdfast/plugins/sdk"
)

// mailsPerConnection ends a connection before a server grows tired of it.
const mailsPerConnection = 200

// pool lends out connections to one server. A slot is a right to have one.
type pool struct {
	settings    Settings
	authorities *x509.CertPool
	slots       chan struct{}
	idle        chan *conn
}

// conn is a connection after its greeting and login.
type conn struct {
	*smtp.Client
	mails int
}

func newPool(s Settings, authorities *x509.CertPool) *pool {
	return &pool{
		settings: s, authorities: authorities,
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
		return sdk.Sent{State: sdk.Retry, Detail: "no connection to the mail server came free"}
	}
	select {
	case c := <-p.idle:
		if sent, stale := p.over(ctx, c, e); !stale {
			return sent
		}
	default:
	}
	c, err := p.dial(ctx)
	if err != nil {
		return dialFailed(err)
	}
	sent, _ := p.over(ctx, c, e)
	return sent
}

// over runs one transaction on c and keeps or closes it.
func (p *pool) over(ctx context.Context, c *conn, e envelope) (sent sdk.Sent, stale bool) {
	t := transaction{conn: c, envelope: e, timeout: p.settings.timeout}
	sent = t.run(ctx)
	stale = t.broken && !t.begun && c.mails > 0
	c.mails++
	if t.broken || c.mails >= mailsPerConnection || !p.keep(c, t.accepted) {
		_ = c.UpdateDeadline(time.Second)
		if !t.broken {
			_ = c.Quit()
		}
		_ = c.Close()
	}
	return sent, stale
}

// keep puts c back for the next one, cleared unless its last mail went through.
func (p *pool) keep(c *conn, clear bool) bool {
	if !clear && c.Reset() != nil {
		return false
	}
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
		return errors.New(dialFailed(err).Detail)
	}
	defer func() { _ = c.Close() }()
	if err := c.Noop(); err != nil {
		return err
	}
	return c.Quit()
}

// dial connects, encrypts and logs in. Each has a client of its own: go-mail's
// notes in it what the server offers.
func (p *pool) dial(ctx context.Context) (*conn, error) {
	client, err := mail.NewClient(p.settings.Host, p.options()...)
	if err != nil {
		return nil, err
	}
	c, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{Client: c}, nil
}

func (p *pool) options() []mail.Option {
	s := p.settings
	opts := []mail.Option{
		mail.WithPort(s.Port), mail.WithTimeout(s.timeout),
		mail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: p.authorities, MinVersion: tls.VersionTLS12}),
	}
	if s.Helo != "" {
		opts = append(opts, mail.WithHELO(s.Helo))
	}
	switch s.TLS {
	case "implicit":
		opts = append(opts, mail.WithSSL())
	case "starttls":
		opts = append(opts, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS))
	}
	if s.User != "" && s.Auth != "none" {
		opts = append(opts, mail.WithSMTPAuth(s.authType()), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	return opts
}

// authType names the way to log in. Without TLS the site has accepted that the
// password is seen.
func (s Settings) authType() mail.SMTPAuthType {
	open := s.TLS == "none"
	switch {
	case s.Auth == "cram-md5":
		return mail.SMTPAuthCramMD5
	case s.Auth == "login" && open:
		return mail.SMTPAuthLoginNoEnc
	case s.Auth == "login":
		return mail.SMTPAuthLogin
	case open:
		return mail.SMTPAuthPlainNoEnc
	case s.Auth == "plain":
		return mail.SMTPAuthPlain
	}
	return mail.SMTPAuthAutoDiscover
}
