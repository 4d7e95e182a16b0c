package cli

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/store"
)

// holdWork is the state opened to change holds. Where no other instance has it
// the change is carried out at once, else the other one does it.
type holdWork struct {
	*App
	store  *store.Store
	cycle  *cycle.Cycle
	among  []place
	locked bool
	close  func()
}

// holdWork opens the state, with the lock where it is free.
func (a *App) holdWork(ctx context.Context, company string) (*holdWork, error) {
	w := &holdWork{App: a, locked: true}
	st, release, err := a.EffectStore(ctx)
	if fault.Is(err, fault.Busy) {
		w.locked = false
		if st, err = a.FactStore(ctx); err == nil {
			release = func() { errors.Join(st.Close()) }
		}
	}
	if err != nil {
		return nil, err
	}
	c, done, err := a.Cycle(ctx, st, CycleOptions{})
	if err != nil {
		release()
		return nil, err
	}
	c.Log = a.warnings()
	w.store, w.cycle, w.close = st, c, func() { done(); release() }
	if w.among, err = a.places(ctx, st, company); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// warnings is the log of a verb that says itself what it does: without a file
// of its own, it only warns.
func (a *App) warnings() *slog.Logger {
	if a.config.Log.File != "" {
		return a.Log()
	}
	return slog.New(warner{a.Log().Handler()})
}

// warner passes on warnings and worse.
type warner struct{ slog.Handler }

// Enabled reports whether a level is at least a warning.
func (w warner) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// company returns the cycle's company of an account.
func (w *holdWork) company(id ar.AccountID) *cycle.Company {
	for _, co := range w.cycle.Companies {
		if co.Source == id.Source && co.ID == id.Company {
			return co
		}
	}
	return nil
}

// put writes one transition of the journal on a person's word.
func (w *holdWork) put(ctx context.Context, e ar.HoldEntry, was ar.EntryState) (int64, error) {
	co := w.company(e.Account)
	return w.store.PutHold(ctx, store.HoldWrite{
		Entry: e, Was: was, Mode: co.Mode, By: byPerson(), Day: w.cycle.Today(co).Day, At: time.Now(),
	})
}

// carryOut does what the journal has open for the companies of the accounts,
// where this process may, and rewrites the files that say how to undo holds.
func (w *holdWork) carryOut(ctx context.Context, ids []ar.AccountID) error {
	if !w.locked {
		return nil
	}
	done := map[*cycle.Company]bool{}
	var failures []error
	for _, id := range ids {
		co := w.company(id)
		if done[co] {
			continue
		}
		done[co] = true
		_, err := w.cycle.Holds(ctx, co, w.cycle.Today(co))
		failures = append(failures, err)
	}
	failures = append(failures, w.writeUndo(ctx, w.store, w.cycle))
	return failed(errors.Join(failures...))
}

// entries reads the entries of the given ids again.
func (w *holdWork) entries(ctx context.Context, accounts []ar.AccountID, ids map[int64]bool) ([]ar.HoldEntry, error) {
	all, err := w.store.Holds(ctx, store.HoldFilter{Accounts: accounts})
	var found []ar.HoldEntry
	for _, e := range all {
		if ids[e.ID] {
			found = append(found, e)
		}
	}
	return found, err
}

// pending says who carries out what this process did not.
func (w *holdWork) pending(ctx context.Context) (string, error) {
	reason, err := w.cycle.Stopped(ctx)
	switch {
	case err != nil:
		return "", err
	case reason != "":
		return `it is done after "holdfast resume"; effects are stopped: ` + reason, nil
	case !w.locked:
		return "the service does it with its next cycle", nil
	}
	return "a cycle does it on the next working day on which data and receipts are up to date", nil
}
