package cli

import (
	"context"
	"errors"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
)

// runVerb is `holdfast run`.
type runVerb struct {
	Once      bool   `help:"Run one whole cycle and end."`
	AsOf      ar.Day `name:"as-of" placeholder:"DAY" help:"Play this day instead of today; only where nothing can leave this machine."`
	Rehearsal bool   `help:"Play any day with live holds and mail: only where the ERP and all that takes messages are on this machine."`

	played bool // the day named is run at its latest permitted instant, today too
}

// Run runs the service, or one cycle.
func (v *runVerb) Run(ctx context.Context, a *App) error {
	if v.Once {
		return v.once(ctx, a)
	}
	if v.Rehearsal || !v.AsOf.IsZero() {
		return usage("--as-of and --rehearsal are for a single cycle").WithCure("add --once")
	}
	return a.serve(ctx)
}

// once runs one whole cycle: pull, decide, deliver, hold.
func (v *runVerb) once(ctx context.Context, a *App) error {
	st, release, err := a.EffectStore(ctx)
	if err != nil {
		return err
	}
	defer release()
	c, done, err := a.Cycle(ctx, st, CycleOptions{Effects: true})
	if err != nil {
		return err
	}
	defer done()
	if err := v.permitted(ctx, a, c); err != nil {
		return err
	}
	c.Companies = a.awake(c.Companies)
	lanes, quit, err := a.Lanes(ctx)
	if err != nil {
		return err
	}
	defer quit()
	c.Channels = lanes
	a.sayRehearsal(v.Rehearsal)
	s := &summary{App: a, cycle: c}
	undone := a.keepUndo(ctx, st, c)
	line := a.progress("running the cycle")
	report, err := c.Run(ctx, func(co *cycle.Company) cycle.Moment { return v.moment(c, co) })
	line.end()
	err = errors.Join(err, undone())
	if report.Stopped == "" {
		v.postWorklists(ctx, a, c)
	}
	return errors.Join(s.show(ctx, report), a.conclude(report, err))
}

// postWorklists sends the day's worklists. One that does not go is logged, and
// waits for a person.
func (v *runVerb) postWorklists(ctx context.Context, a *App, c *cycle.Cycle) {
	among, err := a.places(ctx, c.Store, "")
	for _, p := range among {
		day := p.today()
		if v.played {
			day = v.AsOf
		}
		err = errors.Join(err, a.sendWorklists(ctx, c.Store, c.Channels, p, day))
	}
	if err != nil {
		a.Log().Warn("a worklist did not go", "because", err)
		a.Waits()
	}
}

// conclude turns a report into how the verb ends.
func (a *App) conclude(r cycle.Report, err error) error {
	if r.NeedsPerson() {
		a.Waits()
	}
	return failed(err)
}

// moment is when a company's cycle is run for: now, or the latest permitted
// instant of the day that is played.
func (v *runVerb) moment(c *cycle.Cycle, co *cycle.Company) cycle.Moment {
	m := c.Today(co)
	if v.played {
		m = cycle.Moment{Day: v.AsOf}
	}
	m.Rehearsal = v.Rehearsal
	return m
}

// sayRehearsal says on every screen that this is none of the real days.
func (a *App) sayRehearsal(is bool) {
	if is && !a.JSON {
		a.Say("REHEARSAL: mail and holds are real, and stay on this machine.")
	}
}
