package sqlserver

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"
)

// login collects the sockets of one login.
type login struct {
	mu      sync.Mutex
	sockets []net.Conn
	aborted bool
}

type loginKey struct{}

func (l *login) add(c net.Conn, until time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sockets = append(l.sockets, c)
	if l.aborted {
		until = time.Now()
	}
	return c.SetDeadline(until)
}

// abort ends the login: nobody waits for it any more.
func (l *login) abort() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.aborted = true
	for _, c := range l.sockets {
		_ = c.SetDeadline(time.Now())
	}
}

// dialer opens the sockets of a login, each with a deadline: a server that
// accepts and then says nothing would be waited for for ever.
type dialer struct {
	home  bool // nowhere else than to this machine
	wait  time.Duration
	alive time.Duration
}

// DialContext opens a socket. A server on this machine may send the login on to
// another one; that is refused where this machine was the reason for less
// encryption.
func (d dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if h, _, err := net.SplitHostPort(address); d.home && (err != nil || !loopback(h)) {
		return nil, fmt.Errorf("the DSN names this machine and the server sends the login on to %s", address)
	}
	until := time.Now().Add(d.wait)
	nd := net.Dialer{KeepAlive: d.alive, Deadline: until}
	c, err := nd.DialContext(ctx, network, address)
	l, ok := ctx.Value(loginKey{}).(*login)
	if err != nil || !ok {
		return c, err
	}
	return c, l.add(c, until)
}
