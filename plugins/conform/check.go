package conform

import (
	"context"
	"fmt"
	"runtime"
	"slices"
)

// Check is one promise that a channel keeps or not.
type Check struct {
	Group   string
	Name    string
	Promise string
	Cure    string

	base  bool // others build on it
	needs needs
	run   func(ctx context.Context, b *bench) verdict
}

// needs says when a check cannot be run.
type needs int

const (
	settings needs = 1 << iota // settings that the channel takes
	sending                    // that messages may leave, and that an ordinary one is accepted
	lookup                     // the capability
	events                     // the capability
	linux                      // /proc
	started                    // a process that can be spoken to; all groups but start need it anyway
	full                       // time or memory
)

// verdict is how a check ended, and what was seen.
type verdict struct {
	state State
	seen  string
}

func pass(format string, args ...any) verdict { return verdict{Passed, fmt.Sprintf(format, args...)} }
func fail(format string, args ...any) verdict { return verdict{Failed, fmt.Sprintf(format, args...)} }
func skip(format string, args ...any) verdict { return verdict{Skipped, fmt.Sprintf(format, args...)} }

// All returns the checks in the order in which they are run: a later one may
// use what an earlier one has seen.
func All() []Check {
	groups := []struct {
		name   string
		checks []Check
	}{
		{"start", startChecks()},
		{"describe", describeChecks()},
		{"settings", settingsChecks()},
		{"send", sendChecks()},
		{"refuse", refuseChecks()},
		{"repeat", repeatChecks()},
		{"lookup", lookupChecks()},
		{"events", eventChecks()},
		{"health", healthChecks()},
		{"limits", limitChecks()},
		{"end", endChecks()},
	}
	var all []Check
	for _, g := range groups {
		for _, c := range g.checks {
			c.Group = g.name
			all = append(all, c)
		}
	}
	return all
}

// Groups returns the names of the groups of checks, in their order.
func Groups() []string {
	var list []string
	for _, c := range All() {
		list = append(list, c.Group)
	}
	return slices.Compact(list)
}

// chosen returns the checks of some groups with those that they build on; nil
// stands for all groups.
func chosen(groups []string) ([]Check, error) {
	all := All()
	if len(groups) == 0 {
		return all, nil
	}
	for _, g := range groups {
		if !slices.Contains(Groups(), g) {
			return nil, fmt.Errorf("there is no group of checks %q", g)
		}
	}
	return slices.DeleteFunc(all, func(c Check) bool { return !c.base && !slices.Contains(groups, c.Group) }), nil
}

// run runs one check. A channel whose process ends during a check fails it, and
// one that hangs is killed before the next.
func (b *bench) run(ctx context.Context, c Check) Result {
	r := Result{Group: c.Group, Name: c.Name, Promise: c.Promise, State: Skipped}
	if r.Seen = b.lacking(ctx, c); r.Seen != "" {
		return r
	}
	v := c.run(ctx, b)
	if died := b.settle(); died != "" && v.state == Passed {
		v = fail("%s", died)
	}
	r.State, r.Seen = v.state, oneLine(b.hidden(v.seen))
	if v.state == Failed {
		r.Cure = c.Cure
	}
	return r
}

// lacking says why a check cannot be run; empty: it can.
func (b *bench) lacking(ctx context.Context, c Check) string {
	need := func(n needs) bool { return c.needs&n != 0 }
	switch {
	case b.broken != "" && (c.Group != "start" || need(started)):
		return b.broken
	case need(linux) && runtime.GOOS != "linux":
		return "can be seen on Linux only"
	case need(full) && !b.opts.Full:
		return "takes long or much memory: asked for with --full"
	case need(sending) && !b.opts.Send:
		return "hands messages over, which was not allowed: see --to and --yes-send"
	case need(lookup) && !b.about.GetCapabilities().GetLookup():
		return "the channel does not claim to look up"
	case need(events) && !b.about.GetCapabilities().GetEvents():
		return "the channel does not claim to pass events"
	case need(settings|sending) && b.unsettled(ctx) != "":
		return b.unsettled(ctx)
	case need(sending) && c.Name != firstSend && b.first == nil:
		return "an ordinary message was not accepted: see " + firstSend
	}
	return ""
}

// media reports whether the channel is of one of some media.
func (b *bench) media(list ...string) bool { return slices.Contains(list, b.about.GetMedium()) }
