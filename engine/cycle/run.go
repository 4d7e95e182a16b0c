package cycle

import (
	"context"
	"errors"
	"slices"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// Report is what one cycle did.
type Report struct {
	Day       ar.Day               `json:"day"`
	Companies []CompanyReport      `json:"companies"`
	Delivered map[string]Delivered `json:"delivered,omitempty"` // by channel
	Recovered Delivered            `json:"recovered"`
	Heard     map[string]Heard     `json:"heard,omitempty"`   // by channel
	Stopped   string               `json:"stopped,omitempty"` // why nothing left the house
}

// CompanyReport is what one cycle did for one company.
type CompanyReport struct {
	Company string            `json:"company"`
	Pull    engine.PullReport `json:"pull"`
	Decided Decided           `json:"decided"`
	Holds   Held              `json:"holds"`
	Behind  string            `json:"cash_behind,omitempty"` // why dunning waits
}

// NeedsPerson reports whether something of the cycle waits for a person.
func (r *Report) NeedsPerson() bool {
	uncertain := r.Recovered.Uncertain
	for _, d := range r.Delivered {
		uncertain += d.Uncertain + d.Refused
		if d.Alarm != "" || d.Paused != "" {
			return true
		}
	}
	for _, h := range r.Heard {
		uncertain += h.Unmatched
	}
	for _, co := range r.Companies {
		if co.Pull.Flaws+co.Holds.Conflicts+co.Holds.Drifted+co.Holds.Waiting > 0 || co.Behind != "" {
			return true
		}
	}
	return uncertain > 0 || r.Stopped != ""
}

// Messages returns how many messages were accepted, over all channels.
func (r *Report) Messages() int {
	n := 0
	for _, d := range r.Delivered {
		n += d.Accepted
	}
	return n
}

// Run is one whole cycle of all companies: what a crash left is settled, what
// channels tell is kept, then each company is pulled and decided, then messages leave and holds are
// written. A company whose pull fails is left alone with all its effects; the
// others go on.
func (c *Cycle) Run(ctx context.Context, at func(*Company) Moment) (Report, error) {
	r := Report{Delivered: map[string]Delivered{}}
	var failed []error
	var err error
	if r.Recovered, err = c.Recover(ctx); err != nil {
		return r, err
	}
	failed = append(failed, c.hearAll(ctx, &r, at))
	var healthy []*Company
	for _, co := range c.Companies {
		m := at(co)
		report, err := c.prepare(ctx, co, m)
		r.Day, r.Companies = m.Day, append(r.Companies, report)
		failed = append(failed, err)
		if err == nil {
			healthy = append(healthy, co)
		}
		if fault.Is(err, fault.Replaced) {
			break
		}
	}
	failed = append(failed, c.carryOut(ctx, &r, healthy, at))
	return r, errors.Join(failed...)
}

// hearAll hears every channel, before anything is decided. On a virtual day
// nothing is heard: it happened on another.
func (c *Cycle) hearAll(ctx context.Context, r *Report, at func(*Company) Moment) error {
	if len(c.Companies) == 0 || at(c.Companies[0]).Now.IsZero() {
		return nil
	}
	var failed []error
	r.Heard = map[string]Heard{}
	for _, name := range c.channelNames() {
		heard, err := c.TakeEvents(ctx, name)
		failed = append(failed, err)
		if heard.Taken+heard.Unmatched+heard.Ignored > 0 {
			r.Heard[name] = heard
		}
	}
	return errors.Join(failed...)
}

// prepare pulls and decides one company.
func (c *Cycle) prepare(ctx context.Context, co *Company, m Moment) (CompanyReport, error) {
	report := CompanyReport{Company: co.Key}
	var err error
	if report.Pull, err = c.Pull(ctx, co, false, false); err != nil {
		return report, err
	}
	if report.Behind, err = c.LookAtCash(ctx, co, m); err != nil {
		return report, err
	}
	report.Decided, err = c.Decide(ctx, co, m)
	return report, err
}

// carryOut delivers on each channel and writes the companies' holds.
func (c *Cycle) carryOut(ctx context.Context, r *Report, companies []*Company, at func(*Company) Moment) error {
	var failed []error
	var err error
	if r.Stopped, err = c.Stopped(ctx); err != nil || r.Stopped != "" || len(companies) == 0 {
		return err
	}
	for _, name := range c.channelNames() {
		r.Delivered[name], err = c.Deliver(ctx, name, at(companies[0]))
		failed = append(failed, err)
	}
	for _, co := range companies {
		m := at(co)
		m.Drift = true
		held, err := c.Holds(ctx, co, m)
		failed = append(failed, err)
		for i := range r.Companies {
			if r.Companies[i].Company == co.Key {
				r.Companies[i].Holds = held
			}
		}
	}
	return errors.Join(failed...)
}

// channelNames lists the channels in order.
func (c *Cycle) channelNames() []string {
	var names []string
	for name := range c.Channels {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Kept sums what the last looks kept back, by reason.
func (r *Report) Kept() map[sequence.Reason]int {
	sum := map[sequence.Reason]int{}
	for _, d := range r.Delivered {
		for reason, n := range d.Kept {
			sum[reason] += n
		}
	}
	return sum
}
