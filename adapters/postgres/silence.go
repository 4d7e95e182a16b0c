package postgres

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// answerGrace is how much longer than a statement may take its answer may take
// to arrive.
const answerGrace = 5 * time.Second

// patient dials connections on which nothing is waited for longer than limit. A
// server that ends its statements in time is heard of by then; one that is not
// is out of reach, though the connection may look open for ever: behind a
// firewall that forgot it, no side is told.
func patient(dial pgconn.DialFunc, limit time.Duration) pgconn.DialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &patientConn{Conn: conn, limit: limit}, nil
	}
}

// patientConn is a connection whose every read and write ends in time. A deadline
// that is set from outside holds too; pgx sets one in order to interrupt a read
// that goes on.
type patientConn struct {
	net.Conn
	limit time.Duration

	mu          sync.Mutex
	read, write time.Time // set from outside; zero: none
}

// earlier is the deadline of an operation that begins now.
func (c *patientConn) earlier(outside time.Time) time.Time {
	own := time.Now().Add(c.limit)
	if outside.IsZero() || own.Before(outside) {
		return own
	}
	return outside
}

// Read reads what the server sent, or fails when nothing comes in time.
func (c *patientConn) Read(b []byte) (int, error) {
	c.mu.Lock()
	err := c.Conn.SetReadDeadline(c.earlier(c.read))
	c.mu.Unlock()
	if err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

// Write writes, or fails when the server takes nothing in time.
func (c *patientConn) Write(b []byte) (int, error) {
	c.mu.Lock()
	err := c.Conn.SetWriteDeadline(c.earlier(c.write))
	c.mu.Unlock()
	if err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

// SetDeadline sets both deadlines from outside, for what goes on as well.
func (c *patientConn) SetDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read, c.write = t, t
	return c.Conn.SetDeadline(t)
}

// SetReadDeadline sets the deadline of reads from outside.
func (c *patientConn) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read = t
	return c.Conn.SetReadDeadline(t)
}

// SetWriteDeadline sets the deadline of writes from outside.
func (c *patientConn) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.write = t
	return c.Conn.SetWriteDeadline(t)
}
