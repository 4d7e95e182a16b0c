package tds

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// session is one connection of a client.
type session struct {
	server *Server
	conn   net.Conn
	pg     *pgconn.PgConn
	packet int

	depth       int // of BEGIN TRANSACTION
	id          uint64
	isolation   string
	lockTimeout string
	abortAll    bool // XACT_ABORT
	uncounted   bool // NOCOUNT
	rows        int64
	dropCommit  bool

	mu        sync.Mutex
	answering bool          // from when a request has come until its answer is sent
	over      chan struct{} // closed when PostgreSQL has nothing to do for it any more
	attention bool
	stopping  sync.WaitGroup // requests to PostgreSQL to cancel
	stopped   atomic.Bool    // the client wants no more of this answer
}

func newSession(s *Server, conn net.Conn, pg *pgconn.PgConn, packet int) *session {
	return &session{server: s, conn: conn, pg: pg, packet: packet, isolation: "READ COMMITTED", lockTimeout: "-1"}
}

// errDropped ends the session without an answer.
var errDropped = errors.New("the connection is dropped")

// run answers requests until the client goes away.
func (s *session) run() {
	requests := make(chan message)
	gone := make(chan struct{})
	defer close(gone)
	go func() {
		defer close(requests)
		for {
			m, err := readMessage(s.conn)
			if err != nil {
				s.cancel()
				return
			}
			if m.kind == packAttention {
				s.attend()
				continue
			}
			s.open() // before an attention to this request can come
			select {
			case requests <- m:
			case <-gone:
				return
			}
		}
	}()
	for m := range requests {
		if err := s.answer(m); err != nil {
			return
		}
	}
}

// open notes that a request has come.
func (s *session) open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answering, s.over = true, make(chan struct{})
}

// attend takes the client's wish to end what is under way. Where nothing is, it
// is acknowledged by itself.
func (s *session) attend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.answering {
		s.attention = true
		s.interrupt()
		return
	}
	w := newReply(s.conn, s.packet)
	w.done(tokenDone, doneAttn, 0, -1)
	_ = w.finish()
}

// cancel ends what is under way, since the client is gone.
func (s *session) cancel() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.interrupt()
}

// interrupt asks PostgreSQL to end its statement, with s.mu held. It may come
// between two of them, and is asked again until there is nothing to do.
func (s *session) interrupt() {
	over := s.over
	if over == nil {
		return
	}
	s.stopped.Store(true)
	s.stopping.Add(1)
	go func() {
		defer s.stopping.Done()
		for {
			ctx, done := context.WithTimeout(context.Background(), 5*time.Second)
			_ = s.pg.CancelRequest(ctx)
			done()
			select {
			case <-over:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
}

// answer carries out one request and writes its answer.
func (s *session) answer(m message) error {
	w := newReply(s.conn, s.packet)
	if m.reset {
		s.reset(w)
	}
	err := s.dispatch(w, m)
	s.calm()
	if err != nil {
		return err
	}
	return s.close(w)
}

// calm waits until no request to cancel can hit what comes next.
func (s *session) calm() {
	s.mu.Lock()
	close(s.over)
	s.over = nil
	s.mu.Unlock()
	s.stopping.Wait()
	if s.stopped.Swap(false) {
		time.Sleep(5 * time.Millisecond)
		_, _ = s.pg.Exec(context.Background(), "SELECT 1").ReadAll()
	}
}

// close sends the last packet of an answer. An attention comes before it, and is
// acknowledged in it, or after, and has an answer of its own.
func (s *session) close(w *reply) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.attention {
		w.done(tokenDone, doneAttn, 0, -1)
	}
	s.answering, s.attention = false, false
	return w.finish()
}

// dispatch carries out one request by its kind.
func (s *session) dispatch(w *reply, m message) error {
	r := &body{b: m.body}
	r.headers()
	switch m.kind {
	case packBatch:
		text := ucs2(r.b)
		return s.faulty(w, text, func() error { return s.batch(w, text, nil, tokenDone) })
	case packRPC:
		return s.call(w, r)
	case packTransaction:
		return s.manage(w, r)
	}
	return errDropped
}

// faulty carries out a request with the faults that it has.
func (s *session) faulty(w *reply, request string, do func() error) error {
	f := s.server.Faults.of(request)
	if f.delay > 0 {
		s.delay(f.delay)
	}
	s.dropCommit = s.dropCommit || f.dropCommit
	switch {
	case f.drop:
		return errDropped
	case f.number > 0:
		return s.refuse(w, fail(f.number, "error %d was asked for", f.number))
	}
	if err := do(); err != nil || f.dropAfter {
		return errors.Join(err, map[bool]error{true: errDropped}[f.dropAfter])
	}
	return nil
}

// delay waits, unless the client loses patience.
func (s *session) delay(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end) && !s.stopped.Load(); {
		time.Sleep(min(5*time.Millisecond, time.Until(end)))
	}
}

// refuse answers a request with an error, and undoes the transaction where such
// an error does.
func (s *session) refuse(w *reply, f *Failure) error {
	w.failure(f)
	if s.depth > 0 && (f.kills() || s.abortAll) {
		if err := s.rollback(w); err != nil {
			return err
		}
	}
	w.done(tokenDone, doneError, 0, -1)
	return nil
}

// reset brings the session back to where it was after the login.
func (s *session) reset(w *reply) {
	if s.depth > 0 {
		_ = s.exec("ROLLBACK")
		s.depth = 0
	}
	s.isolation, s.lockTimeout, s.abortAll, s.uncounted, s.dropCommit = "READ COMMITTED", "-1", false, false, false
	_ = s.exec("SET lock_timeout = 0")
	w.sized(tokenEnvChange, []byte{envReset, 0, 0})
}

// exec runs statements of our own.
func (s *session) exec(sql string) error {
	_, err := s.pg.Exec(context.Background(), sql).ReadAll()
	var theirs *pgconn.PgError
	if errors.As(err, &theirs) && theirs.Code == "57014" && s.stopped.Load() { // hit by what was meant for the statement before
		_, err = s.pg.Exec(context.Background(), sql).ReadAll()
	}
	return err
}
