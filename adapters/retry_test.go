package adapters

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"holdfast/engine/fault"
)

// Only what is transient, quick and safe to repeat is tried again, five times
// at most.
func TestRetry(t *testing.T) {
	busy := fault.New(fault.Transient, "busy")
	for says, c := range map[string]struct {
		err   error
		again func() bool
		takes time.Duration
		want  int
	}{
		"transient":               {busy, nil, 0, 5},
		"denied":                  {fault.New(fault.Denied, "no"), nil, 0, 1},
		"uncertain":               {fault.New(fault.Uncertain, "perhaps"), nil, 0, 1},
		"no kind":                 {errors.New("what"), nil, 0, 1},
		"something was passed on": {busy, func() bool { return false }, 0, 1},
		"ran into its timeout":    {busy, nil, time.Minute, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			n, began := 0, time.Now()
			err := retry(context.Background(), c.again, func() error {
				n++
				time.Sleep(c.takes)
				return c.err
			})
			if n != c.want || !errors.Is(err, c.err) {
				t.Errorf("%s: tried %d times, want %d; %v", says, n, c.want, err)
			}
			if waited := time.Since(began) - c.takes; waited > 3*time.Second {
				t.Errorf("%s: waited %s", says, waited)
			}
		})
	}
}

// A cancelled caller is not kept waiting for the next attempt.
func TestRetryEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	err := retry(ctx, nil, func() error {
		n++
		cancel()
		return fault.New(fault.Transient, "busy")
	})
	if n != 1 || !fault.Is(err, fault.Transient) {
		t.Errorf("tried %d times, %v", n, err)
	}
}
