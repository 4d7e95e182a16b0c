package work_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

	"holdfast/engine/work"
)

// Trap 1: River takes a wake-up for a job that runs as a double and drops it.
func TestWakeWhileTheJobRunsIsKept(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	w := start(t, rarely(db, s))
	settled(t, s, w)

	goOn := make(chan struct{})
	s.script["decide"] = func(context.Context) error { <-goOn; return nil }
	wake(t, w, work.Decide, "1")
	await(t, s.begun, "decide")
	wake(t, w, work.Decide, "1")
	if n := count(t, db, `SELECT COUNT(*) FROM river_job WHERE kind = 'decide' AND state IN ('available', 'running')`); n != 1 {
		t.Fatalf("%d jobs: River was expected to drop the second wake-up, which is the trap", n)
	}
	close(goOn)
	await(t, s.begun, "decide")
}

// Trap 1, at its narrowest: a wake-up between the last look and the end of the
// job is kept as well.
func TestNoWakeIsLostAroundTheEndOfAJob(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	w := start(t, rarely(db, s))
	settled(t, s, w)
	for i := range 30 {
		wake(t, w, work.Deliver, "box")
		await(t, s.begun, "deliver box")
		time.Sleep(time.Duration(i%12) * 500 * time.Microsecond)
	}
	idle(t, db)
	if n := count(t, db, `SELECT COUNT(*) FROM work_wake WHERE asked > done`); n != 0 {
		t.Errorf("%d flags are dirty and no job sees to them", n)
	}
}

// Trap 3: River rescues by age, so a look that takes long goes on in a new job.
func TestLongLookGoesOnInTheNextJob(t *testing.T) {
	t.Parallel()
	s, db, book := newScripted(), openState(t, t.TempDir()), &logbook{}
	s.script["deliver box"] = func(ctx context.Context) error {
		<-ctx.Done()
		return fmt.Errorf("deliver: %w", ctx.Err())
	}
	cfg := rarely(db, s)
	cfg.Log = book.logger()
	w, err := work.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	w.SetChunk(200 * time.Millisecond)
	run(t, w)
	for range 3 {
		await(t, s.begun, "deliver box")
	}
	if n := count(t, db, `SELECT COUNT(*) FROM river_job WHERE kind = 'deliver'`); n < 3 {
		t.Errorf("%d jobs for 3 looks: each must be a job of its own, with its own age", n)
	}
	if book.String() != "" {
		t.Errorf("a look that goes on is no failure, and yet the log says:\n%s", book)
	}
}

// Trap 4: River ends a job after a minute unless its worker says otherwise.
func TestDeadlinesAreOurs(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	left := make(chan time.Duration, 10)
	tell := func(ctx context.Context) error {
		end, ok := ctx.Deadline()
		if !ok {
			return errors.New("no deadline")
		}
		left <- time.Until(end)
		return nil
	}
	looks := map[string][2]time.Duration{
		"full": {time.Hour, 2 * time.Hour}, "decide": {5 * time.Minute, 10 * time.Minute}, "deliver box": {5 * time.Minute, 10 * time.Minute},
		"hear box": {5 * time.Minute, 10 * time.Minute},
		"drift":    {5 * time.Minute, 10 * time.Minute}, "held": {5 * time.Minute, 10 * time.Minute},
	}
	for name, bounds := range looks {
		s.script[name] = func(ctx context.Context) error {
			err := tell(ctx)
			if d := <-left; d < bounds[0] || d > bounds[1] {
				t.Errorf("%s may take %s, want between %s and %s", name, d, bounds[0], bounds[1])
			}
			return err
		}
	}
	w := start(t, rarely(db, s))
	settled(t, s, w)
}

// Trap 5: a snoozed or retried job's time is local text in SQLite. No job of
// ours ever waits for a time: what failed is seen to by the next tick.
func TestNoJobWaitsForATime(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	s.script["deliver box"] = func(context.Context) error { return errors.New("the channel is down") }
	cfg := rarely(db, s)
	cfg.DeliverEvery = 300 * time.Millisecond
	start(t, cfg)
	for range 4 {
		await(t, s.begun, "deliver box")
		if n := count(t, db, `SELECT COUNT(*) FROM river_job WHERE state NOT IN ('available', 'running', 'completed')`); n != 0 {
			t.Fatalf("%d jobs wait for a time of River's, or were given up", n)
		}
	}
}

// Trap 6: an insert wakes no polling driver. At River's own pace of a second
// these looks would take some 16 s.
func TestWakeIsSeenSoon(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	w := start(t, rarely(db, s))
	settled(t, s, w)
	began := time.Now()
	for range 16 {
		wake(t, w, work.Deliver, "box")
		await(t, s.ended, "deliver box")
		idle(t, db)
	}
	if took := time.Since(began); took > 12*time.Second {
		t.Errorf("16 wake-ups took %s", took)
	}
}

// Trap 7: ticks live in memory, and a day between two of them may be a day of
// nothing after a restart.
func TestEachStartTicks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for range 2 {
		s, db := newScripted(), openState(t, dir)
		s.holds = 1
		w := start(t, rarely(db, s))
		want := map[string]bool{"recover": true, "full": true, "held": true, "decide": true, "deliver box": true, "hear box": true}
		for late := time.After(patience); len(want) > 0; {
			select {
			case got := <-s.ended:
				delete(want, got)
			case <-late:
				t.Fatalf("no %v after a start", want)
			}
		}
		idle(t, db)
		stop(t, w)
	}
}

// Trap 8: River waits for its turn on the store's one connection. Neither one
// long transaction nor many short ones back to back make it fail or give up.
func TestWorkGoesOnBesideABusyWriter(t *testing.T) {
	t.Parallel()
	s, db, book := newScripted(), openState(t, t.TempDir()), &logbook{}
	cfg := rarely(db, s)
	cfg.Log = book.logger()
	w := start(t, cfg)
	settled(t, s, w)

	ctx, cancel := context.WithCancel(t.Context())
	busy := make(chan error, 2)
	for range 2 {
		go func() { busy <- keepWriting(ctx, db, 20*time.Millisecond) }()
	}
	for range 5 {
		wake(t, w, work.Decide, "1")
		await(t, s.ended, "hold") // decide's own wake-up
	}
	cancel()
	for range 2 {
		if err := <-busy; err != nil {
			t.Error(err)
		}
	}

	idle(t, db)
	drain(s.begun)
	drain(s.ended)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	go func() { busy <- w.Wake(t.Context(), work.Decide, "1") }()
	time.Sleep(2 * time.Second)
	none(t, s.begun, "decide")
	tx.Rollback()
	if err := <-busy; err != nil {
		t.Error(err)
	}
	await(t, s.ended, "hold")
	if book.String() != "" {
		t.Errorf("waiting for the writer is no failure, and yet the log says:\n%s", book)
	}
}

// keepWriting holds the writer again and again, each time for a while.
func keepWriting(ctx context.Context, db *sql.DB, each time.Duration) error {
	for ctx.Err() == nil {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO work_wake (kind, key, asked, done) VALUES ('busy', '', 0, 0)
			ON CONFLICT (kind, key) DO UPDATE SET done = done`); err != nil {
			tx.Rollback()
			return err
		}
		time.Sleep(each)
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}
