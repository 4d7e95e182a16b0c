package adaptertest

import (
	"net"
	"sync"
	"testing"
)

// Proxy passes TCP on to a server on this machine and spoils the connection once,
// as it was told. It knows nothing of what passes through it.
type Proxy struct {
	Address string // where it listens, host:port

	server string
	mu     sync.Mutex
	spoil  Spoil
	bytes  int64 // of the server's, since Arm
	asked  int   // requests of the client, since Arm
	fired  bool
	open   map[net.Conn]bool
}

// Spoil is what a Proxy does to a connection. The zero Spoil does nothing. Only
// the first connection that comes so far is spoiled, unless Always is set.
type Spoil struct {
	How    How
	After  int64 // bytes of the server's that pass before it happens
	Asked  int   // or: the client's request, counted from 1, whose answer does not pass; 0: After counts
	Always bool  // every connection, from its first byte on; After and Asked do not count
}

// How a connection is spoiled.
type How int

// The ways to spoil a connection.
const (
	Nothing How = iota
	Cut         // both sides see the connection reset
	HangUp      // the client sees an orderly end, and may go on to write
	Stall       // it stays open, and nothing passes any more
)

// NewProxy listens on the loopback address until the test ends.
func NewProxy(t testing.TB, server string) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Address: l.Addr().String(), server: server, open: map[net.Conn]bool{}}
	t.Cleanup(func() {
		l.Close()
		p.close()
	})
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(client)
		}
	}()
	return p
}

// Arm says what to do from now on, and begins to count anew.
func (p *Proxy) Arm(s Spoil) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.spoil, p.bytes, p.asked, p.fired = s, 0, 0, false
}

// Count returns the bytes of the server's and the requests of the client's that
// passed since Arm, and whether a connection was spoiled.
func (p *Proxy) Count() (bytes int64, requests int, spoiled bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bytes, p.asked, p.fired
}

// keep remembers a connection, for its end.
func (p *Proxy) keep(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open[c] = true
}

func (p *Proxy) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		c.Close()
	}
}

// pair is one client and its connection to the server.
type pair struct {
	client, server net.Conn
	mu             sync.Mutex
	doomed         bool // the next answer does not pass
}

func (p *Proxy) serve(client net.Conn) {
	p.keep(client)
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		client.Close()
		return
	}
	p.keep(server)
	c := &pair{client: client, server: server}
	go p.requests(c)
	p.answers(c)
}

// requests passes on what the client writes.
func (p *Proxy) requests(c *pair) {
	defer c.server.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := c.client.Read(buf)
		if n > 0 {
			if p.asks() {
				c.mu.Lock()
				c.doomed = true
				c.mu.Unlock()
			}
			if _, err := c.server.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// asks counts a request and reports whether its answer must not pass.
func (p *Proxy) asks() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	if p.spoil.How == Nothing || p.spoil.Asked == 0 || p.asked != p.spoil.Asked {
		return false
	}
	p.fired = true
	return true
}

// answers passes on what the server writes, up to where it is spoiled.
func (p *Proxy) answers(c *pair) {
	buf := make([]byte, 64<<10)
	for {
		n, err := c.server.Read(buf)
		c.mu.Lock()
		doomed := c.doomed
		c.mu.Unlock()
		pass, how := p.passes(int64(n), doomed)
		if _, werr := c.client.Write(buf[:pass]); werr != nil {
			c.server.Close()
			return
		}
		if how != Nothing {
			end(c, how)
			return
		}
		if err != nil {
			c.client.Close()
			return
		}
	}
}

// passes counts n bytes of the server's and says how many of them the client
// gets, and what happens then.
func (p *Proxy) passes(n int64, doomed bool) (int64, How) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.spoil
	switch {
	case s.How == Nothing:
	case s.Always || doomed:
		p.fired = true
		return 0, s.How
	case s.Asked == 0 && !p.fired && p.bytes+n > s.After:
		p.fired = true
		pass := s.After - p.bytes
		p.bytes = s.After
		return pass, s.How
	}
	p.bytes += n
	return n, Nothing
}

// end spoils a connection.
func end(c *pair, how How) {
	switch how {
	case Cut:
		if tcp, ok := c.client.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // a reset, and no orderly end
		}
		c.client.Close()
		c.server.Close()
	case HangUp:
		if tcp, ok := c.client.(*net.TCPConn); ok {
			_ = tcp.CloseWrite()
		}
	case Stall:
		// Both stay open until the test ends; what the server still writes
		// stays in its buffers.
	}
}
