package work

import (
	"context"
	"errors"
	"time"

	"holdfast/engine/fault"
)

// errQuiet ends a look for which the ERP's quiet hours are no time.
var errQuiet = fault.New(fault.Transient, "the ERP's quiet hours")

// do looks for what one job is asked to look for.
func (w *Worker) do(ctx context.Context, f flag, found asks) error {
	switch f.kind {
	case Deliver:
		return w.deliver(ctx, f.key)
	case Hear:
		return w.hear(ctx, f.key)
	}
	co := w.companies[f.key]
	if co == nil {
		return nil // it is gone from the config
	}
	if f.kind != Decide && w.cfg.Quiet != nil && w.cfg.Quiet(f.key, time.Now()) {
		return errQuiet
	}
	switch f.kind {
	case Pull:
		return w.pull(ctx, co, found)
	case Held:
		return w.held(ctx, co)
	case Decide:
		return w.decide(ctx, co)
	}
	return w.hold(ctx, co, found)
}

// pull reads the ERP; what it brought is decided next.
func (w *Worker) pull(ctx context.Context, co *place, found asks) error {
	_, full := found[Full]
	if _, err := w.cfg.Cycle.Pull(ctx, co.Company.Company, full, false); err != nil {
		return err
	}
	if full {
		if err := w.Wake(ctx, Drift, co.Key); err != nil {
			return err
		}
	}
	if err := w.Wake(ctx, Decide, co.Key); err != nil {
		return err
	}
	_, err := w.cfg.Cycle.LookAtCash(ctx, co.Company.Company, w.cfg.Cycle.Today(co.Company.Company))
	return err
}

// held reads the accounts on hold, so that a receipt lifts a hold within
// seconds.
func (w *Worker) held(ctx context.Context, co *place) error {
	holds, err := w.cfg.Cycle.ReadHeld(ctx, co.Company.Company)
	if err != nil || holds == 0 {
		return err
	}
	return w.Wake(ctx, Decide, co.Key)
}

// decide decides what is due; what it asks for is carried out next. A party
// that cannot be decided does not keep the others waiting.
func (w *Worker) decide(ctx context.Context, co *place) error {
	if err := co.take(ctx); err != nil {
		return err
	}
	decided, failed := w.cfg.Cycle.Decide(ctx, co.Company.Company, w.cfg.Cycle.Today(co.Company.Company))
	co.give()
	err := w.Wake(ctx, Hold, co.Key)
	for name := range w.channels {
		if err == nil && decided.Messages > 0 {
			err = w.Wake(ctx, Deliver, name)
		}
	}
	return errors.Join(failed, err)
}

// hold carries out what the hold journal has open.
func (w *Worker) hold(ctx context.Context, co *place, found asks) error {
	if err := co.take(ctx); err != nil {
		return err
	}
	defer co.give()
	m := w.cfg.Cycle.Today(co.Company.Company)
	_, m.Drift = found[Drift]
	_, err := w.cfg.Cycle.Holds(ctx, co.Company.Company, m)
	return err
}

// deliver hands over what is due on a channel, on the day of the first company.
func (w *Worker) deliver(ctx context.Context, channel string) error {
	if !w.channels[channel] || len(w.cfg.Companies) == 0 {
		return nil // it is gone from the config
	}
	_, err := w.cfg.Cycle.Deliver(ctx, channel, w.cfg.Cycle.Today(w.cfg.Companies[0].Company))
	return err
}

// hear keeps what a channel tells; the companies of which something was told are
// decided next.
func (w *Worker) hear(ctx context.Context, channel string) error {
	if !w.channels[channel] {
		return nil // it is gone from the config
	}
	heard, err := w.cfg.Cycle.TakeEvents(ctx, channel)
	for _, key := range heard.Companies {
		if e := w.Wake(context.WithoutCancel(ctx), Decide, key); err == nil {
			err = e
		}
	}
	return err
}

// take waits for the company's turn.
func (p *place) take(ctx context.Context) error {
	select {
	case p.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// give ends the turn.
func (p *place) give() { <-p.turn }
