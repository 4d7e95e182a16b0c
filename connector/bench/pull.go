package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"holdfast/adapters/demoerp"
	"holdfast/engine/cycle"
)

// changes is how many documents change before a quiet cycle: 1,000 of a million,
// and in proportion in a smaller ledger, so that they are not all its parties.
func (s setting) changes() int { return max(s.documents/1000, 1) }

// pullRows measures the first pull against COPY and bare inserts of the same
// rows, and a quiet cycle against the first pull.
func pullRows(ctx context.Context, s setting) ([]Row, error) {
	l, err := newLedger(ctx, s, s.documents, s.documents/docsPerCustomer)
	if err != nil {
		return nil, err
	}
	defer l.close()
	copied, bare, err := l.floor(ctx)
	if err != nil {
		return nil, err
	}
	first, err := l.firstPull(ctx)
	if err != nil {
		return nil, err
	}
	again, bareAgain, err := l.floor(ctx)
	if err != nil {
		return nil, err
	}
	copied, bare = min(copied, again), min(bare, bareAgain)
	quiet, err := l.quietCycle(ctx)
	if err != nil {
		return nil, err
	}
	return []Row{{
		Work: fmt.Sprintf("first pull of %d documents", s.documents), Took: seconds(first),
		Floor: fmt.Sprintf("COPY %s + bare inserts %s", seconds(copied), seconds(bare)),
		Ratio: first.Seconds() / (copied + bare).Seconds(), Unit: "×", Goal: 1.5,
	}, {
		Work: fmt.Sprintf("quiet cycle, %d documents changed", s.changes()), Took: seconds(quiet), Floor: "first pull " + seconds(first),
		Ratio: 100 * quiet.Seconds() / first.Seconds(), Unit: "%", Goal: 2,
	}}, nil
}

// firstPull takes the ledger in and returns how long it took.
func (l *books) firstPull(ctx context.Context) (time.Duration, error) {
	return timed(func() error {
		_, err := l.cycle.Pull(ctx, l.co, false, false)
		return err
	})
}

// quietCycle decides everything once, lets documents change and returns how
// long the whole cycle after it takes.
func (l *books) quietCycle(ctx context.Context) (time.Duration, error) {
	run := func() error {
		_, err := l.cycle.Run(ctx, func(*cycle.Company) cycle.Moment { return moment() })
		return err
	}
	if err := run(); err != nil {
		return 0, err
	}
	if err := demoerp.Touch(ctx, l.erp, l.changes()); err != nil {
		return 0, err
	}
	return timed(run)
}

// growthRow measures a cycle with equally many changes on a ledger and on one
// ten times its size.
func growthRow(ctx context.Context, s setting) ([]Row, error) {
	var took [2]time.Duration
	for i, documents := range []int{s.documents / 10, s.documents} {
		l, err := newLedger(ctx, s, documents, documents/docsPerCustomer)
		if err != nil {
			return nil, err
		}
		if _, err := l.firstPull(ctx); err != nil {
			return nil, err
		}
		if took[i], err = l.quietCycle(ctx); err != nil {
			return nil, err
		}
		if err := l.close(); err != nil {
			return nil, err
		}
		if err := os.RemoveAll(filepath.Join(s.dir, "state")); err != nil {
			return nil, err
		}
	}
	return []Row{{
		Work: fmt.Sprintf("one cycle, %d changes in %d documents", s.changes(), s.documents), Took: seconds(took[1]),
		Floor: fmt.Sprintf("in %d documents %s", s.documents/10, seconds(took[0])),
		Ratio: took[1].Seconds() / took[0].Seconds(), Unit: "×", Goal: 1.5,
	}}, nil
}
