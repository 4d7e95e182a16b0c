package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/store"
)

// The pace of the service's worklists: how often it looks whether a working day
// has begun, and how long it waits after a list that did not go.
const (
	worklistEvery = time.Minute
	worklistRetry = 15 * time.Minute
)

// postWorklists sends each company's worklists when its working day begins, in
// a goroutine that stop ends.
func (a *App) postWorklists(ctx context.Context, st *store.Store, c *cycle.Cycle) (stop func()) {
	m := morning{App: a, store: st, cycle: c, done: map[string]ar.Day{}, after: map[string]time.Time{}}
	return a.regularly(ctx, worklistEvery, "a worklist did not go", m.look)
}

// morning knows for which day each company's lists have gone, by key.
type morning struct {
	*App
	store *store.Store
	cycle *cycle.Cycle
	done  map[string]ar.Day
	after map[string]time.Time // not before, where something did not go
}

// look sends the lists of every company whose working day has begun; nothing
// while everything is stopped.
func (m *morning) look(ctx context.Context, now time.Time) error {
	if _, _, stopped, err := m.store.Stopped(ctx); err != nil || stopped {
		return err
	}
	among, err := m.places(ctx, m.store, "")
	if err != nil {
		return err
	}
	var failures []error
	for _, p := range among {
		day, begun := m.working(p, now)
		if !begun || m.done[p.Key] == day || now.Before(m.after[p.Key]) {
			continue
		}
		if err := m.sendWorklists(ctx, m.store, m.cycle.Channels, p, day); err != nil {
			m.after[p.Key] = now.Add(worklistRetry)
			failures = append(failures, err)
			continue
		}
		m.done[p.Key] = day
	}
	return errors.Join(failures...)
}

// working returns a company's day, and whether its people are at work.
func (m *morning) working(p place, now time.Time) (ar.Day, bool) {
	i := slices.IndexFunc(m.cycle.Companies, func(co *cycle.Company) bool { return co.Key == p.Key })
	if i < 0 {
		return 0, false
	}
	co := m.cycle.Companies[i]
	day := ar.DayOf(now.In(co.Zone))
	from, to := co.Book.Policy.Hours.On(day, co.Zone)
	return day, co.Book.Policy.Business.IsBusinessDay(day) && !now.Before(from) && now.Before(to)
}

// sendWorklists sends a company's lists of a day to whoever has an address; a
// collector without one is passed over. What did not go is in the error.
func (a *App) sendWorklists(ctx context.Context, st *store.Store, lanes map[string]cycle.Lane, p place, day ar.Day) error {
	if len(p.Collector) == 0 {
		return nil
	}
	lists, err := a.worklists(ctx, st, p, day)
	if err != nil {
		return fmt.Errorf("worklists of company %s: %w", p.Key, err)
	}
	post := &post{App: a, store: st, lanes: lanes, place: p}
	var failures []error
	for _, l := range lists {
		if post.collector(l.Collector) == nil {
			continue
		}
		_, not, err := post.send(ctx, l)
		if err == nil && not != "" {
			err = errors.New(not)
		}
		if err != nil {
			failures = append(failures, fmt.Errorf("worklist of %s, company %s: %w", l.Collector, l.Company, err))
		}
	}
	return errors.Join(failures...)
}
