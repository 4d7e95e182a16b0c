package cli

import (
	"context"
	"errors"
	"time"

	"holdfast/engine/cycle"
	"holdfast/engine/store"
)

// The pace of the service's notices: how often it looks for something new, and
// how long it leaves a channel alone that did not take a card.
const (
	noticeEvery = 5 * time.Second
	noticeRetry = 5 * time.Minute
)

// postNotices shows each company's own people what is new, in a goroutine that
// stop ends. A stop of all effects does not end it: it is one of the things to be
// shown.
func (a *App) postNotices(ctx context.Context, st *store.Store, c *cycle.Cycle) (stop func()) {
	l := lookout{App: a, store: st, lanes: c.Channels, passed: map[string]int64{}, after: map[string]time.Time{}}
	return a.regularly(ctx, noticeEvery, "a notice was not shown, which is tried again", l.look)
}

// lookout knows how far each board has got, by its progress key.
type lookout struct {
	*App
	store  *store.Store
	lanes  map[string]cycle.Lane
	passed map[string]int64
	after  map[string]time.Time // not before, where a card was not taken
}

// look lets every board show what is new.
func (l *lookout) look(ctx context.Context, now time.Time) error {
	among, err := l.places(ctx, l.store, "")
	if err != nil {
		return err
	}
	var failures []error
	for _, p := range among {
		for i := range p.Notice {
			b := &board{App: l.App, store: l.store, lanes: l.lanes, place: p, notice: &p.Notice[i]}
			key := b.progressKey()
			if now.Before(l.after[key]) {
				continue
			}
			passed, err := b.look(ctx, l.passed[key], now)
			if l.passed[key] = passed; err != nil {
				l.after[key] = now.Add(noticeRetry)
				failures = append(failures, err)
			}
		}
	}
	return errors.Join(failures...)
}
