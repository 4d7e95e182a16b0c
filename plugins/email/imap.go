package email

import (
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"

	"holdfast/plugins/sdk/record"
)

// pace is how long a reader waits.
type pace struct {
	retry, retryMost time.Duration // after a lost connection, doubled up to the most
	idle             time.Duration // for the server to tell of new mail, before it is asked
	answer           time.Duration // for the answer to one command
	body             time.Duration // for one mail
	firstPass        time.Duration // that Events waits for the first look into the mailbox
}

var usualPace = pace{
	retry: 5 * time.Second, retryMost: 5 * time.Minute, idle: 5 * time.Minute,
	answer: time.Minute, body: 10 * time.Minute, firstPass: 10 * time.Second,
}

// reader reads the mailbox in the background and keeps what it finds as events
// in the record. It never changes what a person sees, beyond what imap_after
// says, and never answers a mail.
type reader struct {
	set    Settings
	record *record.Record
	roots  *x509.CertPool // nil: the system's
	tokens *tokens
	pace   pace

	start  sync.Once
	looked chan struct{} // closed after the first look into the mailbox, or the first failure
	stop   context.CancelFunc
	ended  chan struct{} // closed when run has returned

	stuck    imap.UID // the mail that could not be fetched; run alone knows it
	failures int      // how often in a row

	mu   sync.Mutex
	err  error // why nothing is read now; nil: it is read
	read int   // mails read since the start
}

func newReader(set Settings, rec *record.Record, roots *x509.CertPool, t *tokens, p pace) *reader {
	return &reader{set: set, record: rec, roots: roots, tokens: t, pace: p, looked: make(chan struct{}), ended: make(chan struct{})}
}

// begin starts reading, once, and waits until the mailbox was looked through for
// the first time, so that a short run of the host sees what has come since the
// last. It does not wait for long.
func (r *reader) begin(ctx context.Context) {
	r.start.Do(func() {
		var live context.Context
		live, r.stop = context.WithCancel(context.Background()) // as long as the process
		go r.run(live)
	})
	limit := time.NewTimer(r.pace.firstPass)
	defer limit.Stop()
	select {
	case <-r.looked:
	case <-limit.C:
	case <-ctx.Done():
	}
}

// run reads until ctx ends. A lost connection is made again after a pause,
// which grows while nothing is read.
func (r *reader) run(ctx context.Context) {
	defer close(r.ended)
	var once sync.Once
	looked := func() { once.Do(func() { close(r.looked) }) }
	pause := r.pace.retry
	for ctx.Err() == nil {
		before := r.count()
		err := r.visit(ctx, looked)
		if ctx.Err() != nil {
			return
		}
		r.report(err)
		looked()
		if r.count() > before {
			pause = r.pace.retry
		}
		sleep(ctx, pause)
		pause = min(2*pause, r.pace.retryMost)
	}
}

// visit reads over one connection until it is lost or ctx ends.
func (r *reader) visit(ctx context.Context, looked func()) error {
	s, err := r.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	for {
		if err := r.look(ctx, s); err != nil {
			return err
		}
		r.report(nil)
		looked()
		if err := s.wait(ctx); err != nil {
			return err
		}
	}
}

// look takes in what has come since the last look, oldest first.
func (r *reader) look(ctx context.Context, s *imapSession) error {
	at, err := r.place(ctx)
	if err != nil {
		return err
	}
	if at, err = r.findAgain(ctx, s, at); err != nil {
		return err
	}
	for {
		heads, err := s.after(ctx, at.UID)
		if err != nil || len(heads) == 0 {
			return err
		}
		for _, h := range heads {
			if at, err = r.take(ctx, s, at, h); err != nil {
				return err
			}
		}
	}
}

func (r *reader) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.read
}

// report keeps for Health how reading goes, and logs a trouble when it is new.
func (r *reader) report(err error) {
	r.mu.Lock()
	known := r.err
	r.err = err
	r.mu.Unlock()
	switch {
	case err != nil && (known == nil || known.Error() != err.Error()):
		slog.Warn("the mailbox cannot be read", "mailbox", r.set.IMAPMailbox, "error", err)
	case err == nil && known != nil:
		slog.Info("the mailbox is read again", "mailbox", r.set.IMAPMailbox)
	}
}

// health says why nothing is read. Where reading has not begun, it connects,
// logs in and opens the mailbox.
func (r *reader) health(ctx context.Context) error {
	select {
	case <-r.looked:
		r.mu.Lock()
		defer r.mu.Unlock()
		return incoming(r.err)
	default:
	}
	s, err := r.connect(ctx)
	if err != nil {
		return incoming(err)
	}
	s.close()
	return nil
}

func incoming(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("incoming mail: %w", err)
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
