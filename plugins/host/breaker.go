package host

import "time"

// Bounds of the pause before a channel that keeps failing is started again.
const (
	firstPause = time.Second
	lastPause  = 5 * time.Minute
)

// breaker counts failures in a row. The first start after a good life is
// tried at once; from then on the pauses double. A message that was answered
// ends the row, and so does a life that was longer than the longest pause.
type breaker struct {
	failures int
	until    time.Time
	// spread returns a number from 0 to 1, by which a pause is up to a fifth
	// shorter: what failed together must not come back together. nil is 0.
	spread func() float64
}

// failed notes one more failure, at the end of a life; 0 is one that did not
// begin.
func (b *breaker) failed(now time.Time, lived time.Duration) {
	if lived > lastPause {
		b.worked()
	}
	b.failures++
	if b.failures == 1 {
		return
	}
	pause := lastPause
	if shift := b.failures - 2; shift < 9 {
		pause = min(lastPause, firstPause<<shift)
	}
	if b.spread != nil {
		pause -= time.Duration(float64(pause) / 5 * b.spread())
	}
	b.until = now.Add(pause)
}

// worked closes the circuit.
func (b *breaker) worked() { b.failures, b.until = 0, time.Time{} }

// wait returns how long the circuit stays open.
func (b *breaker) wait(now time.Time) time.Duration { return max(0, b.until.Sub(now)) }
