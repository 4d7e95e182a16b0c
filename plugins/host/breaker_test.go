package host

import (
	"testing"
	"time"
)

func TestPausesDoubleUpToFiveMinutes(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	var b breaker
	want := []time.Duration{0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}
	for i, seconds := range want {
		b.failed(now, time.Minute)
		if got := b.wait(now); got != seconds*time.Second {
			t.Errorf("after %d failures it waits %s, want %ds", i+1, got, seconds)
		}
	}
	b.worked()
	if got := b.wait(now); got != 0 {
		t.Errorf("after a success it waits %s", got)
	}
	b.failed(now, time.Minute)
	b.failed(now, 6*time.Minute)
	if got := b.wait(now); got != 0 {
		t.Errorf("after a long life it waits %s", got)
	}
}

func TestPausesSpread(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for spread, want := range map[float64]time.Duration{0: 4 * time.Second, 0.5: 3600 * time.Millisecond, 1: 3200 * time.Millisecond} {
		b := breaker{spread: func() float64 { return spread }}
		for range 4 {
			b.failed(now, 0)
		}
		if got := b.wait(now); got != want {
			t.Errorf("spread by %v it waits %s, want %s", spread, got, want)
		}
	}
}
