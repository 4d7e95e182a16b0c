package cli

import (
	"context"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/store"
)

// undoWatch tells that a hold changed, or is about to.
type undoWatch struct {
	cycle.Watch
	changed chan struct{} // holds one: changes that come together are written together
}

// Held passes the change on and returns at once.
func (w undoWatch) Held(company string, state ar.EntryState, took time.Duration) {
	w.Watch.Held(company, state, took)
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

// keepUndo rewrites the files that say how to undo holds by hand: at once, since
// a crash may have left them behind, and soon after each change. It wraps c's
// Watch, so it is called before c is used; stop writes them once more, returns
// why that could not be done, and ends.
func (a *App) keepUndo(ctx context.Context, st *store.Store, c *cycle.Cycle) (stop func() error) {
	w := undoWatch{Watch: c.Watch, changed: make(chan struct{}, 1)}
	c.Watch = w
	ctx = context.WithoutCancel(ctx)
	write := func() {
		if err := a.writeUndo(ctx, st, c); err != nil {
			a.Log().Warn("holds stay undoable by the program only", "because", err)
		}
	}
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		write()
		for {
			select {
			case <-w.changed:
				write()
			case <-end:
				return
			}
		}
	}()
	return func() error {
		close(end)
		<-ended
		return a.writeUndo(ctx, st, c)
	}
}
