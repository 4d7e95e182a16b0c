package cli

import (
	"context"
	"time"
)

// regularly looks at once and then every so often, in a goroutine that stop ends.
// complaint says in the log what did not work; it is tried again.
func (a *App) regularly(ctx context.Context, every time.Duration, complaint string, look func(ctx context.Context, now time.Time) error) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			if err := look(ctx, time.Now()); err != nil && ctx.Err() == nil {
				a.Log().Warn(complaint, "because", err)
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	}()
	return func() {
		cancel()
		<-ended
	}
}
