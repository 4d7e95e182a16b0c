package adaptertest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// raceCount is how often a hold is written while a person edits it; fewer times
// on a stand-in, whose locks are not the engine's.
func raceCount(b Bench) int {
	if b.StandIn != "" {
		return 200
	}
	return 1000
}

// races lets a person and us change the same row from the same state. Whoever
// wins, the row shows it, and the other is told.
func races(t *testing.T, b Bench) {
	erp, db := b.open(t, nil), b.person(t)
	db.SetMaxOpenConns(1)
	ours, theirs := 0, 0
	// The person waits as long as makes neither side always the first.
	wait, headStart := time.Millisecond, 200*time.Microsecond
	total := raceCount(b)
	for i := range total {
		r := raceRow(i)
		if _, err := db.Exec(r.reset); err != nil {
			t.Fatal(err)
		}
		seen := ar.HoldState{Held: ar.Valued, Value: "N", Version: r.version}
		edited := make(chan int64, 1)
		go func() {
			time.Sleep(wait)
			result, err := db.Exec(r.edit)
			if err != nil {
				edited <- -1
				return
			}
			n, _ := result.RowsAffected()
			edited <- n
		}()
		time.Sleep(headStart)
		placed, err := erp.SetHold(context.Background(), account("A"), ar.Hold{Placed: true}, seen)
		rows := <-edited
		now, herr := erp.Hold(context.Background(), account("A"))
		switch {
		case herr != nil || rows < 0:
			t.Fatalf("race %d: the edit gave %d, the read %v", i, rows, herr)
		case err == nil && rows == 0 && placed.Value == "Y" && now.Value == "Y":
			ours, wait = ours+1, wait-wait/4
		case fault.Is(err, fault.Conflict) && rows == 1 && now.Value == "P":
			theirs, wait = theirs+1, wait+wait/4+100*time.Microsecond
		default:
			t.Fatalf("race %d: ours ended with %+v, %v; the person changed %d rows; the row is %+v", i, placed, err, rows, now)
		}
	}
	t.Logf("%d races: %d ours, %d the person's", total, ours, theirs)
	if ours == 0 || theirs == 0 {
		t.Error("one side won them all: nothing was raced")
	}
}

// raceRow words one race.
func raceRow(i int) (r struct{ version, reset, edit string }) {
	r.version = fmt.Sprint(10 * (i + 1))
	r.reset = "UPDATE c_hold SET flag = 'N', version = " + r.version + " WHERE customer = 'A'"
	r.edit = "UPDATE c_hold SET flag = 'P', version = version + 1 WHERE customer = 'A' AND flag = 'N' AND version = " + r.version
	return r
}

func lockWait(t *testing.T, b Bench) {
	if b.aFile() {
		b.lacks(t, "locks of a row: a file has one lock, and a writer waits for it")
	}
	ctx, erp := context.Background(), b.open(t, nil)
	seen, err := erp.Hold(ctx, account("A"))
	if err != nil {
		t.Fatal(err)
	}
	tx, err := b.person(t).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("UPDATE c_hold SET flag = 'P' WHERE customer = 'A'"); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_, err = erp.SetHold(ctx, account("A"), ar.Hold{Placed: true}, seen)
	took := time.Since(began)
	if !fault.Is(err, fault.Transient) || took > time.Minute {
		t.Errorf("after %s: %s, %v", took, fault.KindOf(err), err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if now, err := erp.Hold(ctx, account("A")); err != nil || !now.Same(seen) || now.Version != seen.Version {
		t.Errorf("the hold is %+v, %v", now, err)
	}
}

// deadlocks makes our write wait for a person who then waits for us. The database
// chooses one of the two, most often the one whose wait began first, which is us.
// Only then something is said of us, so it is tried until that is so.
func deadlocks(t *testing.T, b Bench) {
	if b.Trigger == nil {
		b.lacks(t, "triggers, which a deadlock over one statement needs")
	}
	b.Trigger(t, "c_hold", "UPDATE c_trail SET n = n + 1")
	erp := b.open(t, nil)
	for range 8 {
		if deadlock(t, b, erp) {
			return
		}
		b.change(t, "UPDATE c_hold SET flag = 'N', version = 1 WHERE customer = 'A'")
	}
	t.Error("the person was chosen eight times: nothing was seen of a hold that is")
}

// deadlock makes one deadlock and reports whether our hold was its victim.
func deadlock(t *testing.T, b Bench, erp *adapters.ERP) bool {
	t.Helper()
	ctx := context.Background()
	seen, err := erp.Hold(ctx, account("A"))
	if err != nil {
		t.Fatal(err)
	}
	tx, err := b.person(t).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("UPDATE c_trail SET n = n + 1"); err != nil {
		t.Fatal(err)
	}
	type outcome struct {
		state ar.HoldState
		err   error
	}
	ended := make(chan outcome, 1)
	go func() {
		state, err := erp.SetHold(ctx, account("A"), ar.Hold{Placed: true}, seen)
		ended <- outcome{state, err}
	}()
	time.Sleep(300 * time.Millisecond) // ours has the row now and waits for the trail
	_, chosen := tx.Exec("UPDATE c_hold SET version = version WHERE customer = 'A'")
	if chosen == nil {
		chosen = tx.Commit()
	} else if err := tx.Rollback(); err != nil {
		t.Logf("the person's rollback: %v", err)
	}
	if o := <-ended; o.err != nil || o.state.Value != "Y" {
		t.Errorf("ours ended with %+v, %v", o.state, o.err)
	}
	return chosen == nil
}
