package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"holdfast/engine/cycle"
	"holdfast/engine/store"
)

// crashRow kills a process with SIGKILL while it decides the whole ledger, and
// measures how long it takes until the next one could work.
func crashRow(ctx context.Context, s setting) ([]Row, error) {
	l, err := newLedger(ctx, s, s.documents, s.documents/docsPerCustomer)
	if err != nil {
		return nil, err
	}
	if _, err := l.firstPull(ctx); err != nil {
		return nil, err
	}
	if err := l.close(); err != nil {
		return nil, err
	}
	if err := killWhileDeciding(ctx, l.setting); err != nil {
		return nil, err
	}
	took, err := timed(func() error { return l.takeOver(ctx) })
	if err != nil {
		return nil, err
	}
	defer l.close()
	return []Row{{
		Work: fmt.Sprintf("ready after kill -9, %d documents", s.documents), Took: seconds(took),
		Floor: "–", Ratio: took.Seconds(), Unit: "s", Goal: 10,
	}}, nil
}

// killWhileDeciding starts a process that decides, and kills it in the middle.
func killWhileDeciding(ctx context.Context, s setting) error {
	cmd := exec.CommandContext(ctx, os.Args[0], "decide", "-dir", s.dir, "-dsn", s.dsn, "-documents", fmt.Sprint(s.documents))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	log := filepath.Join(s.dir, "state", "holdfast.db-wal")
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if info, err := os.Stat(log); err == nil && info.Size() > 1<<20 {
			break // commits are under way
		}
		if time.Since(began) > time.Minute {
			return fmt.Errorf("the process that was to be killed did nothing for a minute")
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		return err
	}
	_ = cmd.Wait() // it was killed: that is its error
	return nil
}

// decide is the life of the process that is killed.
func decide(ctx context.Context, s setting) error {
	l, err := reopen(ctx, s)
	if err != nil {
		return err
	}
	_, err = l.cycle.Decide(ctx, l.co, moment())
	return err
}

// takeOver is what a start does before its first cycle: it takes the lock,
// opens the state, settles what was left behind and reads one case.
func (l *books) takeOver(ctx context.Context) error {
	release, err := store.Lock(filepath.Join(l.dir, "state"))
	if err != nil {
		return err
	}
	defer release()
	if err := l.open(ctx); err != nil {
		return err
	}
	if _, err := l.cycle.Recover(ctx); err != nil {
		return err
	}
	err = l.cycle.Plan(ctx, []*cycle.Company{l.co}, func(*cycle.Company) cycle.Moment { return moment() }, 1, func(cycle.PlanRow) error { return errEnough })
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// errEnough ends a plan of which only the beginning is wanted.
var errEnough = errors.New("enough seen")
