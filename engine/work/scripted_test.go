package work_test

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
	"holdfast/engine/work"
)

// patience is how long a test waits for a signal that never comes.
const patience = 20 * time.Second

// scripted is a cycle that tells each look when it begins and when it has
// ended, and does between as the script says.
type scripted struct {
	begun, ended chan string
	script       map[string]func(context.Context) error // by the look, "decide"
	holds        int
	heard        cycle.Heard
}

func newScripted() *scripted {
	return &scripted{begun: make(chan string, 10000), ended: make(chan string, 10000), script: map[string]func(context.Context) error{}}
}

func (s *scripted) look(ctx context.Context, name string) error {
	s.begun <- name
	defer func() { s.ended <- name }()
	if f := s.script[name]; f != nil {
		return f(ctx)
	}
	return nil
}

func (s *scripted) Recover(ctx context.Context) (cycle.Delivered, error) {
	return cycle.Delivered{}, s.look(ctx, "recover")
}

func (s *scripted) Today(*cycle.Company) cycle.Moment {
	now := time.Now().UTC()
	return cycle.Moment{Day: ar.DayOf(now), Now: now}
}

func (s *scripted) Pull(ctx context.Context, _ *cycle.Company, full, _ bool) (engine.PullReport, error) {
	if full {
		return engine.PullReport{}, s.look(ctx, "full")
	}
	return engine.PullReport{}, s.look(ctx, "pull")
}

func (s *scripted) LookAtCash(context.Context, *cycle.Company, cycle.Moment) (string, error) {
	return "", nil
}

func (s *scripted) ReadHeld(ctx context.Context, _ *cycle.Company) (int, error) {
	return s.holds, s.look(ctx, "held")
}

func (s *scripted) Decide(ctx context.Context, _ *cycle.Company, _ cycle.Moment) (cycle.Decided, error) {
	return cycle.Decided{}, s.look(ctx, "decide")
}

func (s *scripted) Holds(ctx context.Context, _ *cycle.Company, m cycle.Moment) (cycle.Held, error) {
	if m.Drift {
		return cycle.Held{}, s.look(ctx, "drift")
	}
	return cycle.Held{}, s.look(ctx, "hold")
}

func (s *scripted) Deliver(ctx context.Context, channel string, _ cycle.Moment) (cycle.Delivered, error) {
	return cycle.Delivered{}, s.look(ctx, "deliver "+channel)
}

func (s *scripted) TakeEvents(ctx context.Context, channel string) (cycle.Heard, error) {
	return s.heard, s.look(ctx, "hear "+channel)
}

// await reads signals until one is want.
func await(t *testing.T, signals <-chan string, want string) {
	t.Helper()
	late := time.After(patience)
	for {
		select {
		case got := <-signals:
			if got == want {
				return
			}
		case <-late:
			t.Fatalf("no %q within %s", want, patience)
		}
	}
}

// awaitAll waits until each look was signalled, in whatever order.
func awaitAll(t *testing.T, signals <-chan string, want ...string) {
	t.Helper()
	late := time.After(patience)
	for len(want) > 0 {
		select {
		case got := <-signals:
			want = slices.DeleteFunc(want, func(w string) bool { return w == got })
		case <-late:
			t.Fatalf("no %q within %s", want, patience)
		}
	}
}

// none checks that a look has not been signalled up to now.
func none(t *testing.T, signals <-chan string, unwanted string) {
	t.Helper()
	for len(signals) > 0 {
		if got := <-signals; got == unwanted {
			t.Fatalf("%q came, and should not have", unwanted)
		}
	}
}

// openState opens a state below dir with River's tables.
func openState(t *testing.T, dir string) *sql.DB {
	t.Helper()
	st, err := store.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	if err := work.Migrate(context.Background(), st.DB()); err != nil {
		t.Fatal(err)
	}
	return st.DB()
}

// rarely is a config whose ticks come once, at the start.
func rarely(db *sql.DB, c work.Cycle) work.Config {
	return work.Config{
		Cycle: c, DB: db, Log: slog.New(slog.DiscardHandler), Channels: []string{"box"}, DeliverEvery: 24 * time.Hour, HearEvery: 24 * time.Hour,
		Companies: []work.Company{{
			Company:   &cycle.Company{Key: "1", Zone: time.UTC},
			PullEvery: 24 * time.Hour, HeldEvery: 24 * time.Hour, FullEvery: 24 * time.Hour,
		}},
	}
}

// start makes and starts a worker, and stops it with the test.
func start(t *testing.T, cfg work.Config) *work.Worker {
	t.Helper()
	w, err := work.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	run(t, w)
	return w
}

func run(t *testing.T, w *work.Worker) {
	t.Helper()
	if err := w.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, w) })
}

func stop(t *testing.T, w *work.Worker) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := w.Stop(ctx); err != nil {
		t.Error(err)
	}
}

// settled waits until the ticks of the start have been worked through.
func settled(t *testing.T, s *scripted, w *work.Worker) {
	t.Helper()
	awaitAll(t, s.ended, "full", "drift")
	idle(t, w.DB())
	drain(s.begun)
	drain(s.ended)
}

// drain forgets what was signalled.
func drain(signals <-chan string) {
	for len(signals) > 0 {
		<-signals
	}
}

// idle waits until no job waits or runs.
func idle(t *testing.T, db *sql.DB) {
	t.Helper()
	for end := time.Now().Add(patience); count(t, db, `SELECT COUNT(*) FROM river_job WHERE state IN ('available', 'running')`) > 0; {
		if time.Now().After(end) {
			t.Fatal("jobs are still under way")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func wake(t *testing.T, w *work.Worker, kind work.Kind, key string) {
	t.Helper()
	if err := w.Wake(t.Context(), kind, key); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, db *sql.DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// logbook is a log that a test reads while it is written.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *logbook) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// void is a channel that accepts everything.
type void struct{}

func (void) Send(context.Context, outbox.Message) (outbox.Sent, error) {
	return outbox.Sent{State: outbox.Accepted}, nil
}

func (void) Lookup(context.Context, outbox.Key, time.Time) (outbox.Sent, error) {
	return outbox.Sent{State: outbox.Uncertain}, nil
}

func (void) Repeatable() bool { return true }
