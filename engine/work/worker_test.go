package work_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"holdfast/engine/fault"
	"holdfast/engine/work"
)

// What fails is logged once until it fails otherwise or goes through; its next
// tick tries it again.
func TestAFailureIsLoggedOnceAndTriedAgain(t *testing.T) {
	t.Parallel()
	s, db, book := newScripted(), openState(t, t.TempDir()), &logbook{}
	var tries, told atomic.Int32
	s.script["deliver box"] = func(context.Context) error {
		switch n := tries.Add(1); {
		case n <= 2:
			return errors.New("the provider is down")
		case n <= 3:
			panic("a nil letter")
		}
		return nil
	}
	cfg := rarely(db, s)
	cfg.DeliverEvery, cfg.Log = 300*time.Millisecond, book.logger()
	cfg.OnError = func(kind work.Kind, key string, err error) {
		if kind == work.Deliver && key == "box" && err != nil {
			told.Add(1)
		}
	}
	w := start(t, cfg)
	for range 5 {
		await(t, s.ended, "deliver box")
	}
	stop(t, w)
	for text, want := range map[string]int{"the provider is down": 1, "panic: a nil letter": 1, "job failed": 2, "works again": 1} {
		if got := strings.Count(book.String(), text); got != want {
			t.Errorf("%q stands %d times in the log, want %d:\n%s", text, got, want, book)
		}
	}
	if told.Load() != 3 {
		t.Errorf("OnError was told of %d failures, want 3", told.Load())
	}
}

// In the ERP's quiet hours nothing is read and no hold is written; what was to
// be done then is done after.
func TestQuietHoursAreKept(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	var quiet atomic.Bool
	quiet.Store(true)
	cfg := rarely(db, s)
	cfg.Quiet = func(company string, _ time.Time) bool { return company == "1" && quiet.Load() }
	w := start(t, cfg)
	await(t, s.ended, "deliver box")
	wake(t, w, work.Hold, "1")
	wake(t, w, work.Decide, "1")
	await(t, s.ended, "decide")
	idle(t, db)
	if n := count(t, db, `SELECT COUNT(*) FROM river_job WHERE kind IN ('pull', 'held', 'hold') AND state = 'completed'`); n < 3 {
		t.Fatalf("%d jobs found the quiet hours, want a pull, a look at the held and a hold", n)
	}
	for len(s.begun) > 0 {
		switch got := <-s.begun; got {
		case "pull", "full", "held", "hold", "drift":
			t.Errorf("%s in the quiet hours", got)
		}
	}
	quiet.Store(false)
	wake(t, w, work.Pull, "1")
	await(t, s.begun, "full") // the tick that fell into the quiet hours
}

// A stop cuts looks short, waits for what they have in flight, and leaves the
// rest for the next start.
func TestStopFinishesWhatIsInFlight(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	w := start(t, rarely(db, s))
	settled(t, s, w)
	var finished atomic.Bool
	s.script["decide"] = func(ctx context.Context) error {
		<-ctx.Done()
		time.Sleep(300 * time.Millisecond) // a message on its way
		finished.Store(true)
		return ctx.Err()
	}
	wake(t, w, work.Decide, "1")
	await(t, s.begun, "decide")
	stop(t, w)
	if !finished.Load() {
		t.Error("the stop did not wait for what was in flight")
	}
	stop(t, w)
	if n := count(t, db, `SELECT COUNT(*) FROM river_job WHERE state = 'running'`); n != 0 {
		t.Errorf("%d jobs are still said to run", n)
	}
	delete(s.script, "decide")
	next, err := work.New(rarely(db, s))
	if err != nil {
		t.Fatal(err)
	}
	run(t, next)
	await(t, s.ended, "decide")
}

// What hangs does not hang the stop.
func TestStopIsBounded(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	w := start(t, rarely(db, s))
	settled(t, s, w)
	goOn := make(chan struct{})
	s.script["decide"] = func(context.Context) error { <-goOn; return nil }
	wake(t, w, work.Decide, "1")
	await(t, s.begun, "decide")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := w.Stop(ctx); !fault.Is(err, fault.Transient) {
		t.Errorf("Stop returned %v, want that work is still under way", err)
	}
	close(goOn)
}

// A hold that is being written is not decided about.
func TestDecisionsAndHoldWritesTakeTurns(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	w := start(t, rarely(db, s))
	settled(t, s, w)
	var within, overlaps atomic.Int32
	alone := func(context.Context) error {
		if within.Add(1) > 1 {
			overlaps.Add(1)
		}
		time.Sleep(50 * time.Millisecond)
		within.Add(-1)
		return nil
	}
	s.script["decide"], s.script["hold"] = alone, alone
	for range 6 {
		wake(t, w, work.Decide, "1")
		wake(t, w, work.Hold, "1")
		await(t, s.ended, "decide")
	}
	idle(t, db)
	if overlaps.Load() > 0 {
		t.Errorf("%d times a decision and a hold write of one company ran at once", overlaps.Load())
	}
}

// A day begins in the company's zone, whatever the clocks do there.
func TestNewDayTicksInTheCompanysZone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, now, want string }{
		{"UTC", "2026-03-02T15:00:00Z", "2026-03-03T00:00:01Z"},
		{"America/New_York", "2026-03-08T04:30:00Z", "2026-03-08T05:00:01Z"},
		{"America/New_York", "2026-03-08T05:00:01Z", "2026-03-09T04:00:01Z"}, // 23 hours
		{"Pacific/Auckland", "2026-04-04T11:30:00Z", "2026-04-05T12:00:01Z"}, // 25 hours
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		now, _ := time.Parse(time.RFC3339, c.now)
		if got := work.NextDay(zone, now).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("in %s the day after %s begins at %s, want %s", c.zone, c.now, got, c.want)
		}
	}
}

// A worker that lacks a part is not made, and a kind that nobody knows wakes
// nobody.
func TestWhatIsWrongIsSaid(t *testing.T) {
	t.Parallel()
	if _, err := work.New(work.Config{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("New of nothing returned %v", err)
	}
	w, err := work.New(rarely(openState(t, t.TempDir()), newScripted()))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Wake(t.Context(), "sleep", "1"); !fault.Is(err, fault.Invalid) {
		t.Errorf("Wake of an unknown kind returned %v", err)
	}
}

// What a channel told is kept at its tick, and whoever it is about is decided
// then; one that fails is asked again at the next.
func TestWhatAChannelTellsIsDecided(t *testing.T) {
	t.Parallel()
	s, db := newScripted(), openState(t, t.TempDir())
	var tries atomic.Int32
	cfg := rarely(db, s)
	cfg.HearEvery = 300 * time.Millisecond
	s.script["hear box"] = func(context.Context) error {
		if tries.Add(1) == 1 {
			return errors.New("the channel is down")
		}
		return nil
	}
	s.heard.Companies = []string{"1"}
	w := start(t, cfg)
	awaitAll(t, s.ended, "hear box", "full", "drift")
	for tries.Load() < 2 {
		await(t, s.ended, "hear box")
	}
	idle(t, w.DB())
	for range 3 {
		await(t, s.ended, "hear box")
		await(t, s.ended, "decide")
	}
}
