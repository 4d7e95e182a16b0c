package cli

import (
	"context"
	"slices"

	"holdfast/connector/config"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
)

// permitted refuses to play a day other than today where something could leave
// the machine: messages may go to files only and holds may only be journalled,
// unless it is a rehearsal, and the ERP and whatever takes messages are on this
// machine.
func (v *runVerb) permitted(ctx context.Context, a *App, c *cycle.Cycle) error {
	v.played = !v.AsOf.IsZero()
	if v.Rehearsal {
		return a.onThisMachine(c)
	}
	if v.AsOf.IsZero() {
		return nil
	}
	for _, co := range c.Companies {
		err := a.harmless(ctx, c, co)
		if err != nil && c.Today(co).Day != v.AsOf {
			return err
		}
		v.played = v.played && err == nil
	}
	return nil
}

// harmless refuses where another day's cycle of a company would have effects
// outside this machine's files.
func (a *App) harmless(ctx context.Context, c *cycle.Cycle, co *cycle.Company) error {
	const cure = "run it for today, or add --rehearsal where ERP and mail server are on this machine"
	for i := range a.config.Channel {
		ch := &a.config.Channel[i]
		if uses(a.config.CompanyKeyed(co.Key), ch.Name) && ch.Type != fileChannel {
			return usage("another day than today can be played only where every channel writes files, and channel %s is of type %s", ch.Name, ch.Type).
				WithCure(cure)
		}
	}
	shadow, err := c.Shadow(ctx, co)
	if err != nil || shadow {
		return err
	}
	return usage("another day than today can be played only while holds are not written, and those of company %s are enabled", co.Key).
		WithCure(cure)
}

// onThisMachine refuses a rehearsal that could reach another machine.
func (a *App) onThisMachine(c *cycle.Cycle) error {
	for _, co := range c.Companies {
		if local, ok := co.Adapter.(interface{ Local() bool }); !ok || !local.Local() {
			return notLocal("the ERP of company %s is not on it", co.Key)
		}
	}
	for i := range a.config.Channel {
		ch := &a.config.Channel[i]
		if !used(a.config, ch.Name) {
			continue
		}
		if why := leaves(ch); why != "" {
			return notLocal("channel %s is not on it: %s", ch.Name, why)
		}
	}
	return nil
}

func notLocal(format string, args ...any) *fault.Error {
	return usage("a rehearsal stays on this machine, and "+format, args...).
		WithCure("point it at a copy on 127.0.0.1, or play the day without --rehearsal by the file channel")
}

// uses reports whether a company sends by a channel.
func uses(c *config.Company, channel string) bool {
	for _, name := range c.Channels {
		if name == channel {
			return true
		}
	}
	return false
}

// used reports whether any company sends by a channel, or shows notices by it.
func used(cfg *config.Config, channel string) bool {
	for i := range cfg.Company {
		c := &cfg.Company[i]
		if uses(c, channel) || slices.ContainsFunc(c.Notice, func(n config.Notice) bool { return n.Channel == channel }) {
			return true
		}
	}
	return false
}
