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
		b.failed(now)
		if got := b.wait(now); got != seconds*time.Second {
			t.Errorf("after %d failures it waits %s, want %ds", i+1, got, seconds)
		}
	}
	b.worked()
	if got := b.wait(now); got != 0 {
		t.Errorf("after a success it waits %s", got)
	}
}
