package work

import (
	"context"
	"database/sql"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"holdfast/engine/fault"
)

// poll is how often River looks for jobs: its SQLite driver is not woken by an
// insert.
const poll = 100 * time.Millisecond

// Migrate makes River's tables, or brings them up to date. The store's own
// migrations make work_wake.
func Migrate(ctx context.Context, db *sql.DB) error {
	m, err := rivermigrate.New(riversqlite.New(db), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err == nil {
		_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	}
	return fault.Wrap("migrate River's tables", err)
}

// newClient makes River's client over the store's writer.
func newClient(w *Worker) (*river.Client[*sql.Tx], error) {
	workers := river.NewWorkers()
	for kind := range jobs {
		river.AddWorkerArgs(workers, args{kind: kind}, runner{Worker: w})
	}
	most := len(jobs) * (len(w.companies) + len(w.channels))
	return river.NewClient(riversqlite.New(w.cfg.DB), &river.Config{
		Logger:                      slog.New(warnings{w.cfg.Log.Handler()}),
		Workers:                     workers,
		Queues:                      map[string]river.QueueConfig{queue: {MaxWorkers: max(1, most)}},
		PeriodicJobs:                w.ticks(),
		FetchCooldown:               poll,
		FetchPollInterval:           poll,
		RescueStuckJobsAfter:        w.cfg.PullWithin + 10*time.Minute,
		CompletedJobRetentionPeriod: time.Hour,
	})
}

// Start takes over from whoever had the state before, then works until Stop. It
// settles what was on its way, and frees the jobs and the leadership of a dead
// process. The caller holds the state's lock; ctx bounds Start alone.
func (w *Worker) Start(ctx context.Context) error {
	sum, err := w.cfg.Cycle.Recover(ctx)
	if err != nil {
		return err
	}
	if n := sum.Accepted + sum.Refused + sum.Retry + sum.Uncertain; n > 0 {
		w.cfg.Log.Warn("messages were on their way when the program ended", "messages", n, "now", sum.String())
	}
	if err := w.write(ctx, func(tx *sql.Tx) error { return takeOver(ctx, tx) }); err != nil {
		return fault.Wrap("take over the jobs", err)
	}
	return fault.Wrap("start the workers", w.client.Start(context.WithoutCancel(ctx)))
}

// takeOver frees what a dead process held: its running jobs, which River would
// rescue by their age only, and its leadership, without which no tick comes
// until it has run out.
func takeOver(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE river_job SET state = 'available' WHERE state = 'running' AND queue = ?`, queue)
	if err == nil {
		_, err = tx.ExecContext(ctx, `DELETE FROM river_leader`)
	}
	return err
}

// Stop ends the workers: no new look begins, those under way are cut short and
// finish what is in flight. It returns fault.Transient where that is not over
// when ctx ends, and may be called twice.
func (w *Worker) Stop(ctx context.Context) error {
	if err := w.client.StopAndCancel(ctx); err != nil {
		return fault.New(fault.Transient, "stop the workers: some work is still under way: %w", err).
			WithCure("what it leaves half done is settled at the next start")
	}
	return nil
}
