package email

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// errNoTLS is a server that can't do what the settings ask for.
var errNoTLS = errors.New("the server offers no STARTTLS")

// conn is a connection after its greeting and login.
type conn struct {
	*smtp.Client
	wire  net.Conn
	mails int       // that it has carried
	idle  time.Time // since when it waits
}

// failure is what ended a session, and where.
type failure struct {
	phase phase
	err   error
}

func (f *failure) Error() string { return fmt.Sprintf("at %s: %v", f.phase, f.err) }
func (f *failure) Unwrap() error { return f.err }

// wait bounds how long the next answers may take: d at most, and not past ctx.
func (c *conn) wait(ctx context.Context, d time.Duration) {
	until := time.Now().Add(d)
	if end, ok := ctx.Deadline(); ok && end.Before(until) {
		until = end
	}
	_ = c.wire.SetDeadline(until)
	if ctx.Err() != nil {
		c.interrupt()
	}
}

// interrupt ends what is being waited for.
func (c *conn) interrupt() { _ = c.wire.SetDeadline(time.Unix(1, 0)) }

// leave ends the connection, in good order where it is still of use.
func (c *conn) leave(politely bool) {
	_ = c.wire.SetDeadline(time.Now().Add(time.Second))
	if politely {
		_ = c.Quit()
	}
	_ = c.wire.Close()
}

// patience is how long the answer in a phase may take: the settings shorten all
// but the last.
func (p *pool) patience(at phase) time.Duration {
	if at == phaseDot {
		return phases[at].patience
	}
	return min(phases[at].patience, p.settings.timeout)
}

// dial connects, encrypts and logs in. Its errors are failures.
func (p *pool) dial(ctx context.Context) (*conn, error) {
	s := p.settings
	dialer := net.Dialer{Timeout: p.patience(phaseConnect)}
	wire, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
	if err != nil {
		return nil, &failure{phaseConnect, err}
	}
	c := &conn{wire: wire}
	defer context.AfterFunc(ctx, c.interrupt)()
	steps := []struct {
		phase phase
		do    func(context.Context, *conn) error
	}{{phaseGreeting, p.greet}, {phaseHello, p.hello}, {phaseTLS, p.encrypt}, {phaseLogin, p.logIn}}
	for _, step := range steps {
		c.wait(ctx, p.patience(step.phase))
		if err := step.do(ctx, c); err != nil {
			c.leave(false)
			return nil, &failure{step.phase, err}
		}
	}
	return c, nil
}

// greet takes the greeting, behind TLS where that comes first.
func (p *pool) greet(ctx context.Context, c *conn) (err error) {
	stream := c.wire
	if p.settings.TLS == "implicit" {
		secured := tls.Client(c.wire, p.tls())
		if err := secured.HandshakeContext(ctx); err != nil {
			return err
		}
		stream = secured
	}
	c.Client, err = smtp.NewClient(stream, p.settings.Host)
	return err
}

func (p *pool) hello(_ context.Context, c *conn) error {
	name := p.settings.Helo
	if name == "" {
		var err error
		if name, err = os.Hostname(); err != nil {
			name = "localhost"
		}
	}
	return c.Hello(name)
}

func (p *pool) encrypt(_ context.Context, c *conn) error {
	if p.settings.TLS != "starttls" {
		return nil
	}
	if offered, _ := c.Extension("STARTTLS"); !offered {
		return errNoTLS
	}
	return c.StartTLS(p.tls())
}

func (p *pool) logIn(ctx context.Context, c *conn) error {
	if !p.settings.wanted() {
		return nil
	}
	return p.authenticate(ctx, c)
}

func (p *pool) tls() *tls.Config {
	return &tls.Config{ServerName: p.settings.Host, RootCAs: p.authorities, MinVersion: tls.VersionTLS12}
}
