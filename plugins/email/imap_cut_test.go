package email_test

import (
	"bytes"
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// silent is a server that takes connections and says nothing.
func silent(t *testing.T) int {
	t.Helper()
	return relay(t, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })
}

// relay serves connections and returns its port.
func relay(t *testing.T, serve func(net.Conn)) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	var open []net.Conn
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, conn)
			mu.Unlock()
			all.Go(func() {
				defer conn.Close()
				serve(conn)
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for _, conn := range open {
			_ = conn.Close()
		}
		mu.Unlock()
		all.Wait()
	})
	return l.Addr().(*net.TCPAddr).Port
}

// cutter passes connections on to a server and cuts each after a number of the
// server's bytes that grows from connection to connection.
type cutter struct {
	mu          sync.Mutex
	after, step int
	connections int
}

func (c *cutter) serve(t *testing.T, server int) int {
	return relay(t, func(conn net.Conn) {
		c.mu.Lock()
		limit := c.after
		c.after += c.step
		c.connections++
		c.mu.Unlock()
		there, err := net.DialTCP("tcp", nil, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: server})
		if err != nil {
			return
		}
		defer there.Close()
		go func() {
			_, _ = io.Copy(there, conn)
			_ = there.Close()
		}()
		_, _ = io.CopyN(conn, there, int64(limit))
	})
}

// TestCutConnections: connections that are cut after every few bytes, in the
// middle of greeting, login, lists and mails, lose nothing and double nothing.
func TestCutConnections(t *testing.T) {
	offices(t, func(t *testing.T, o office) {
		c := &cutter{after: 10, step: 250}
		channel := reading(t, t.TempDir(), inboxAt(c.serve(t, o.port()), o.user(), ""))
		const mails = 20
		for n := range mails {
			raw := append(answer(n), bytes.Repeat([]byte("> quoted quoted quoted quoted\r\n"), 10)...)
			o.deliver(t, raw, time.Now())
		}
		answered(t, tells(t, channel, mails), 0, mails)
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.connections < 10 {
			t.Errorf("%d connections only", c.connections)
		}
	})
}

// TestAMailThatCannotBeFetched does not keep the others away.
func TestAMailThatCannotBeFetched(t *testing.T) {
	o := openMemory(t)
	port := relay(t, func(conn net.Conn) {
		there, err := net.DialTCP("tcp", nil, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: o.port()})
		if err != nil {
			return
		}
		defer there.Close()
		go func() {
			buffer := make([]byte, 4096)
			for {
				n, err := conn.Read(buffer)
				if err != nil || bytes.Contains(buffer[:n], []byte("UID FETCH 2 (UID BODY")) {
					_ = there.Close()
					return
				}
				if _, err := there.Write(buffer[:n]); err != nil {
					return
				}
			}
		}()
		_, _ = io.Copy(conn, there)
	})
	c := reading(t, t.TempDir(), inboxAt(port, "ar", ""))
	for n := range 3 {
		o.deliver(t, answer(n), time.Now())
	}
	list := tells(t, c, 2)
	if list[0].Text != "We pay number 0." || list[1].Text != "We pay number 2." {
		t.Errorf("%q, %q", list[0].Text, list[1].Text)
	}
}

// stalling passes connections on; the first falls silent when a mail is asked
// for, and stays open.
type stalling struct {
	mu   sync.Mutex
	once bool
}

func (s *stalling) serve(t *testing.T, server int) int {
	return relay(t, func(conn net.Conn) {
		there, err := net.DialTCP("tcp", nil, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: server})
		if err != nil {
			return
		}
		defer there.Close()
		go func() {
			_, _ = io.Copy(conn, there)
		}()
		buffer := make([]byte, 4096)
		for {
			n, err := conn.Read(buffer)
			if err != nil {
				return
			}
			if bytes.Contains(buffer[:n], []byte("BODY.PEEK[]")) && s.first() {
				_, _ = io.Copy(io.Discard, conn)
				return
			}
			if _, err := there.Write(buffer[:n]); err != nil {
				return
			}
		}
	})
}

func (s *stalling) first() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.once
	s.once = true
	return !was
}

func (s *stalling) stalled() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.once
}
