package cli

import (
	"context"
	"errors"
	"time"

	"holdfast/engine/cycle"
)

// pullVerb is `holdfast pull`.
type pullVerb struct {
	Company string `placeholder:"KEY" help:"Only this company."`
	Full    bool   `help:"Read everything that is open, not only what changed."`
	Accept  bool   `help:"Take the data in even where suspiciously many documents vanished or came."`
}

// pulled is what one company's pull brought.
type pulled struct {
	Company string `json:"company"`
	pullReport
	Seconds float64 `json:"seconds"`
}

// Run reads what changed in the ERP. A company that fails does not keep the
// others back.
func (v *pullVerb) Run(ctx context.Context, a *App) error {
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
	companies, err := a.Selected(c, v.Company)
	if err != nil {
		return err
	}
	list := []pulled{}
	var failures []error
	for _, co := range a.awake(companies) {
		p, err := v.pull(ctx, a, c, co)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		if list = append(list, p); p.Flaws > 0 {
			a.Waits()
		}
	}
	return errors.Join(v.show(a, list), failed(errors.Join(failures...)))
}

func (v *pullVerb) pull(ctx context.Context, a *App, c *cycle.Cycle, co *cycle.Company) (pulled, error) {
	line := a.progress("reading company " + co.Key)
	defer line.end()
	began := time.Now()
	report, err := c.Pull(ctx, co, v.Full, v.Accept)
	return pulled{co.Key, report, time.Since(began).Round(time.Millisecond).Seconds()}, err
}

func (v *pullVerb) show(a *App, list []pulled) error {
	if a.JSON {
		return a.WriteJSON(list)
	}
	if len(list) == 0 {
		return nil
	}
	var rows [][]string
	for _, p := range list {
		rows = append(rows, []string{
			p.Company, number(p.Customers), number(p.Documents), number(p.Changed), number(p.Closed), number(p.Vanished), number(p.Missed), number(p.Flaws),
			number(p.Parties), seconds(p.Seconds),
		})
	}
	return a.Table([]Column{
		{Title: "COMPANY"}, {Title: "CUSTOMERS", Right: true}, {Title: "DOCUMENTS READ", Right: true}, {Title: "CHANGED", Right: true},
		{Title: "CLOSED", Right: true}, {Title: "VANISHED", Right: true}, {Title: "MISSED BEFORE", Right: true}, {Title: "FLAWED", Right: true},
		{Title: "TO DECIDE", Right: true}, {Title: "SECONDS", Right: true},
	}, rows)
}

// awake leaves out companies whose ERP is to be left alone at this hour, and
// says so.
func (a *App) awake(companies []*cycle.Company) []*cycle.Company {
	var all []*cycle.Company
	for _, co := range companies {
		if e := a.config.ERPNamed(string(co.Source)); e != nil && e.IsQuiet(time.Now()) {
			a.Log().Warn("left alone: these are quiet hours of its ERP", "company", co.Key, "erp", e.Name)
			continue
		}
		all = append(all, co)
	}
	return all
}
