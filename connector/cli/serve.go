package cli

import (
	"context"
	"errors"
	"time"

	"holdfast/connector/observe"
	"holdfast/connector/service"
	"holdfast/engine/cycle"
	"holdfast/engine/store"
	"holdfast/engine/work"
)

// stopWithin is how long messages in flight may take to finish when the service
// is stopped: less than service managers wait before they kill.
const stopWithin = 75 * time.Second

// watchEvery is how often the figures are read that nobody tells of.
const watchEvery = 10 * time.Second

// serve runs the service until it is told to stop.
func (a *App) serve(ctx context.Context) error {
	return service.Run(ctx, func(ctx context.Context) error {
		st, release, err := a.EffectStore(ctx)
		if err != nil {
			return err
		}
		defer release()
		metrics := observe.NewMetrics(time.Now)
		c, done, err := a.Cycle(ctx, st, CycleOptions{Channels: true, Effects: true, Watch: meter{metrics}})
		if err != nil {
			return err
		}
		defer done()
		undone := a.keepUndo(ctx, st, c)
		defer a.postWorklists(ctx, st, c)()
		defer a.postNotices(ctx, st, c)()
		w, err := a.worker(ctx, st, c, metrics)
		if err == nil {
			err = a.work(ctx, w, c, metrics)
		}
		return failed(errors.Join(err, undone()))
	})
}

// worker makes what looks when a tick says so.
func (a *App) worker(ctx context.Context, st *store.Store, c *cycle.Cycle, m *observe.Metrics) (*work.Worker, error) {
	if err := work.Migrate(ctx, st.DB()); err != nil {
		return nil, err
	}
	var companies []work.Company
	for _, co := range c.Companies {
		e := a.config.ERPNamed(string(co.Source))
		companies = append(companies, work.Company{
			Company: co, PullEvery: e.PullEvery.Duration, HeldEvery: e.HeldEvery.Duration, FullEvery: e.FullEvery.Duration,
		})
		m.Expect(co.Key, co.Limits.MaxAge)
	}
	var channels []string
	for name := range c.Channels {
		channels = append(channels, name)
	}
	return work.New(work.Config{
		Cycle: c, DB: st.DB(), Log: a.Log(), Companies: companies, Channels: channels, Quiet: a.quiet,
		OnError: func(kind work.Kind, key string, _ error) {
			if kind == work.Pull || kind == work.Full {
				m.PullFailed(key)
			}
		},
	})
}

// quiet reports whether the ERP of a company is to be left alone.
func (a *App) quiet(company string, at time.Time) bool {
	e := a.config.ERPNamed(a.config.CompanyKeyed(company).ERP)
	return e.IsQuiet(at.Local())
}

// work works until ctx ends, then lets what is in flight finish.
func (a *App) work(ctx context.Context, w *work.Worker, c *cycle.Cycle, m *observe.Metrics) error {
	served := make(chan error, 2)
	if err := errors.Join(a.serveMetrics(ctx, m, served), a.servePortal(ctx, c, w, served)); err != nil {
		return err
	}
	if err := w.Start(ctx); err != nil {
		return err
	}
	a.Log().Info("holdfast is running", "version", a.Parts.Version, "state", a.config.State)
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	var failure error
	for ctx.Err() == nil && failure == nil {
		a.look(ctx, c.Store, m)
		select {
		case <-tick.C:
		case failure = <-served:
		case <-ctx.Done():
		}
	}
	a.Log().Info("holdfast is stopping: what is in flight finishes first")
	until, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	err := w.Stop(until)
	if err == nil {
		a.Log().Info("holdfast has stopped")
	}
	return errors.Join(failure, err)
}

// serveMetrics serves figures where the config names an address. A failure later
// on comes through served.
func (a *App) serveMetrics(ctx context.Context, m *observe.Metrics, served chan<- error) error {
	if a.config.Metrics.Listen == "" {
		return nil
	}
	l, err := observe.Listen(a.config.Metrics.Listen)
	if err != nil {
		return err
	}
	go func() {
		if err := m.Serve(ctx, l); err != nil {
			served <- err
		}
	}()
	return nil
}
