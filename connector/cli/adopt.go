package cli

import (
	"context"
	"fmt"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
)

// adoptVerb is `holdfast adopt`.
type adoptVerb struct {
	Company string `placeholder:"KEY" help:"Only this company."`
	Quota   int    `placeholder:"N" help:"How many parties may enter a business day (default: the greater of 50 and a tenth of them)."`
	AsOf    ar.Day `name:"as-of" placeholder:"DAY" help:"Day from which it enters (default: today)."`
	Yes     bool   `help:"Write it; without, only the preview is shown."`
}

// Run shows where old debt would enter its sequences, and writes it with --yes.
func (v *adoptVerb) Run(ctx context.Context, a *App) error {
	if v.Quota < 0 {
		return usage("--quota %d: it is a number of parties a day", v.Quota)
	}
	c, done, err := a.cycleFor(ctx, v.Yes)
	if err != nil {
		return err
	}
	defer done()
	companies, err := a.Selected(c, v.Company)
	if err != nil {
		return err
	}
	rows := []cycle.AdoptRow{}
	for _, co := range companies {
		some, err := c.Adopt(ctx, co, cycle.Moment{Day: firstDay(v.AsOf, co)}, v.Quota, byPerson(), v.Yes)
		if err != nil {
			return failed(err)
		}
		rows = append(rows, some...)
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	return v.text(a, rows)
}

// text writes where each document enters, and what that comes to.
func (v *adoptVerb) text(a *App, rows []cycle.AdoptRow) error {
	if len(rows) == 0 {
		a.Say("There is no old debt that is not under way already.")
		return nil
	}
	var lines [][]string
	total := ar.Balance{}
	customers := map[string]bool{}
	last := rows[0].From
	for _, r := range rows {
		lines = append(lines, []string{
			r.Company, shorten(r.Number+" "+r.Customer, 36), r.Document, r.DueOn.String(), number(r.Age), comma(r.Open), string(r.Currency),
			r.Sequence + " " + r.Step, r.From.String(),
		})
		customers[r.Company+"/"+r.Number] = true
		last = max(last, r.From)
		if minor, err := ar.ParseAmount(r.Open, r.Currency); err == nil {
			total = total.Add(minor, r.Currency)
		}
	}
	if err := a.Table([]Column{
		{Title: "COMPANY"}, {Title: "CUSTOMER"}, {Title: "DOCUMENT"}, {Title: "DUE"}, {Title: "DAYS LATE", Right: true},
		{Title: "OPEN", Right: true}, {Title: "CUR"}, {Title: "ENTERS AT"}, {Title: "FROM"},
	}, lines); err != nil {
		return err
	}
	a.Say("")
	what := fmt.Sprintf("%s of %s, %s, enter from %s to %s.", count(len(rows), "document"), count(len(customers), "customer"), total,
		rows[0].From, last)
	if v.Yes {
		a.Say("Written: %s", what)
		return nil
	}
	a.Say("Preview: %s", what)
	a.Say("Nothing was written. To write it: holdfast adopt --yes")
	return nil
}
