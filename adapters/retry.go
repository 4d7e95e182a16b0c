package adapters

import (
	"context"
	"math/rand/v2"
	"time"

	"holdfast/engine/fault"
)

const (
	attempts   = 5
	firstPause = 100 * time.Millisecond
	// slowAttempt is when a failure is left to the next cycle: a statement that
	// ran into its timeout is not asked four times more.
	slowAttempt = 15 * time.Second
)

// retry runs f, and again after a transient error with a growing pause, at most
// five times in all and only as long as again says yes; a nil again always
// does.
func retry(ctx context.Context, again func() bool, f func() error) error {
	pause := firstPause
	for n := 1; ; n++ {
		began := time.Now()
		err := f()
		if !fault.Is(err, fault.Transient) || n == attempts || time.Since(began) > slowAttempt || again != nil && !again() {
			return err
		}
		timer := time.NewTimer(pause/2 + rand.N(pause))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return err
		}
		pause *= 2
	}
}
