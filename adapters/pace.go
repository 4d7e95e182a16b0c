package adapters

import (
	"context"
	"sync"
	"time"
)

// Fresh reads come before each message: the ERP answers at most freshBurst of
// them at once, and then one in every freshEvery.
const (
	freshBurst = 20
	freshEvery = 100 * time.Millisecond
)

// pace spaces calls out: burst of them may come at once, more wait their turn.
type pace struct {
	mu    sync.Mutex
	every time.Duration
	burst int
	free  time.Time // when all calls so far would have been had they come one by one
}

// wait waits for the next turn. It returns ctx's error where that ends first.
func (p *pace) wait(ctx context.Context) error {
	timer := time.NewTimer(p.take(time.Now()))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// take books a turn and says how far away it is.
func (p *pace) take(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free.Before(now) {
		p.free = now
	}
	p.free = p.free.Add(p.every)
	return max(0, p.free.Sub(now)-time.Duration(p.burst)*p.every)
}
