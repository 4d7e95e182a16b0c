package adapters

import (
	"testing"
	"time"
)

func TestPaceLetsABurstThroughAndSpacesTheRest(t *testing.T) {
	p := pace{every: 100 * time.Millisecond, burst: 20}
	now := time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
	for n := 1; n <= 20; n++ {
		if d := p.take(now); d != 0 {
			t.Fatalf("call %d of a burst waits %s", n, d)
		}
	}
	for n := 1; n <= 3; n++ {
		if d := p.take(now); d != time.Duration(n)*100*time.Millisecond {
			t.Errorf("call %d after the burst waits %s", n, d)
		}
	}
	if d := p.take(now.Add(time.Hour)); d != 0 {
		t.Errorf("after an hour of rest a call waits %s", d)
	}
}
