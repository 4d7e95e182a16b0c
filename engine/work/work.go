// Package work wakes the cycle. River's jobs and ticks, kept in the state's own
// database, say when to look; what is due stands in the engine's tables alone.
// README.md names River's traps and how each is kept away from.
package work

import (
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"holdfast/engine"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
)

// Cycle is what the workers call; *cycle.Cycle is one. Each method looks for
// what is due and ends with ctx, keeping what it has finished by then.
type Cycle interface {
	Recover(ctx context.Context) (cycle.Delivered, error)
	Today(co *cycle.Company) cycle.Moment
	Pull(ctx context.Context, co *cycle.Company, full, accept bool) (engine.PullReport, error)
	LookAtCash(ctx context.Context, co *cycle.Company, m cycle.Moment) (behind string, err error)
	ReadHeld(ctx context.Context, co *cycle.Company) (holds int, err error)
	Decide(ctx context.Context, co *cycle.Company, m cycle.Moment) (cycle.Decided, error)
	Holds(ctx context.Context, co *cycle.Company, m cycle.Moment) (cycle.Held, error)
	Deliver(ctx context.Context, channel string, m cycle.Moment) (cycle.Delivered, error)
	TakeEvents(ctx context.Context, channel string) (cycle.Heard, error)
}

var _ Cycle = (*cycle.Cycle)(nil)

// Config is what a Worker is made of.
type Config struct {
	Cycle        Cycle
	DB           *sql.DB // the store's writer: Store.DB()
	Log          *slog.Logger
	Companies    []Company
	Channels     []string
	DeliverEvery time.Duration // how often each channel's outbox is looked at; 0: 5 s
	HearEvery    time.Duration // how often each channel is asked what happened; 0: 10 s
	PullWithin   time.Duration // how long one read of an ERP may take; 0: 2 h

	// Quiet reports whether a company's ERP is to be left alone: it is not
	// read then, and no hold is written. nil: never.
	Quiet func(company string, at time.Time) bool

	// OnError is told of every job that failed, once it is logged. nil: nobody.
	OnError func(kind Kind, key string, err error)
}

// Company is a company with the intervals of its ticks.
type Company struct {
	*cycle.Company
	PullEvery time.Duration // changes are read; 0: 1 min
	HeldEvery time.Duration // accounts on hold are read; 0: 5 s
	FullEvery time.Duration // everything open is read; 0: 24 h
}

// chunk bounds one job that may be cut off and go on in the next.
const chunk = 8 * time.Minute

// Worker looks when a tick or a call of Wake says so. Its methods may be called
// from several goroutines.
type Worker struct {
	cfg       Config
	companies map[string]*place
	channels  map[string]bool
	client    *river.Client[*sql.Tx]
	trouble   trouble
	chunk     time.Duration
}

// place is a company with the turn that decisions and hold writes take: a hold
// that is being written must not be decided about.
type place struct {
	Company
	turn chan struct{}
}

// New makes a Worker. It starts nothing, and reads no database.
func New(cfg Config) (*Worker, error) {
	if cfg.Cycle == nil || cfg.DB == nil || cfg.Log == nil {
		return nil, fault.New(fault.Invalid, "a worker needs a cycle, the store's writer and a log")
	}
	setDefault(&cfg.DeliverEvery, 5*time.Second)
	setDefault(&cfg.HearEvery, 10*time.Second)
	setDefault(&cfg.PullWithin, 2*time.Hour)
	w := &Worker{
		cfg: cfg, companies: map[string]*place{}, channels: map[string]bool{}, chunk: chunk,
		trouble: trouble{last: map[flag]string{}},
	}
	for _, co := range cfg.Companies {
		setDefault(&co.PullEvery, time.Minute)
		setDefault(&co.HeldEvery, 5*time.Second)
		setDefault(&co.FullEvery, 24*time.Hour)
		w.companies[co.Key] = &place{Company: co, turn: make(chan struct{}, 1)}
	}
	for _, name := range cfg.Channels {
		w.channels[name] = true
	}
	var err error
	w.client, err = newClient(w)
	return w, fault.Wrap("make the workers", err)
}

func setDefault(d *time.Duration, to time.Duration) {
	if *d <= 0 {
		*d = to
	}
}

// trouble remembers how each job last failed, so that an ERP that is down for a
// night fills no log.
type trouble struct {
	mu   sync.Mutex
	last map[flag]string
}

// isNew keeps how a job ended, "" for well, and reports whether that differs
// from the time before.
func (t *trouble) isNew(f flag, text string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	was := t.last[f]
	t.last[f] = text
	return was != text
}

// report logs a job's failure where it is another than the last time, and tells
// OnError of each.
func (w *Worker) report(f flag, err error) {
	if w.trouble.isNew(f, err.Error()) {
		w.cfg.Log.Error("job failed; it is tried again at its next tick", "job", string(f.kind), "of", f.key, "error", err)
	}
	if w.cfg.OnError != nil {
		w.cfg.OnError(f.kind, f.key, err)
	}
}

// well notes that a job went through.
func (w *Worker) well(f flag) {
	if w.trouble.isNew(f, "") {
		w.cfg.Log.Info("job works again", "job", string(f.kind), "of", f.key)
	}
}
