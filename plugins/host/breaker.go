package host

import "time"

// Bounds of the pause before a channel that keeps failing is started again.
const (
	firstPause = time.Second
	lastPause  = 5 * time.Minute
)

// breaker counts failures in a row. The first start after a good life is
// tried at once; from then on the pauses double.
type breaker struct {
	failures int
	until    time.Time
}

// failed notes one more failure.
func (b *breaker) failed(now time.Time) {
	b.failures++
	if b.failures == 1 {
		return
	}
	pause := lastPause
	if shift := b.failures - 2; shift < 9 {
		pause = min(lastPause, firstPause<<shift)
	}
	b.until = now.Add(pause)
}

// worked closes the circuit.
func (b *breaker) worked() { *b = breaker{} }

// wait returns how long the circuit stays open.
func (b *breaker) wait(now time.Time) time.Duration { return max(0, b.until.Sub(now)) }
