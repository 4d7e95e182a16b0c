package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
)

// migrateVerb is `holdfast migrate`.
type migrateVerb struct {
	Sequence string `arg:"" help:"The sequence whose file was changed."`
	Company  string `placeholder:"KEY" help:"Only this company."`
	AsOf     ar.Day `name:"as-of" placeholder:"DAY" help:"Day to look from (default: today)."`
	Yes      bool   `help:"Write it; without, only the preview is shown."`
}

// Run shows what moving running subjects to the current version of their
// sequence changes, and writes it with --yes.
func (v *migrateVerb) Run(ctx context.Context, a *App) error {
	c, done, err := a.cycleFor(ctx, v.Yes)
	if err != nil {
		return err
	}
	defer done()
	companies, err := a.Selected(c, v.Company)
	if err != nil {
		return err
	}
	if strings.Contains(v.Sequence, "@") {
		return usage("%s: subjects move to the current version, and to no other", v.Sequence).WithCure("write the name alone")
	}
	if _, err := versionOf(companies[0].Book, v.Sequence); err != nil {
		return err
	}
	rows := []cycle.MigrateRow{}
	for _, co := range companies {
		some, err := c.Migrate(ctx, co, cycle.Moment{Day: firstDay(v.AsOf, co)}, v.Sequence, byPerson(), v.Yes)
		rows = append(rows, some...)
		if err != nil {
			return failed(err)
		}
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	return v.text(a, rows, len(companies) > 1)
}

// text writes what changes for each subject, and what that comes to.
func (v *migrateVerb) text(a *App, rows []cycle.MigrateRow, several bool) error {
	if len(rows) == 0 {
		a.Say("Nothing of %s runs under an earlier version.", v.Sequence)
		return nil
	}
	var lines [][]string
	for i := range rows {
		r := &rows[i]
		customer := r.Number + " " + r.Customer
		if several {
			customer = r.Company + ": " + customer
		}
		lines = append(lines, []string{
			shorten(customer, 30), first(r.Document, r.Subject), shorten(stepsText(r.Done), 30), nextText(r.Before), nextText(r.After), changesText(r),
		})
	}
	if err := a.Table([]Column{
		{Title: "CUSTOMER"}, {Title: "DOCUMENT"}, {Title: "DONE"}, {Title: "NEXT BEFORE"}, {Title: "NEXT AFTER"}, {Title: ""},
	}, lines); err != nil {
		return err
	}
	a.Say("")
	what := migrateTotal(rows)
	if v.Yes {
		a.Say("Written: %s", what)
		return nil
	}
	a.Say("Preview: %s", what)
	a.Say("Nothing was written. To write it: holdfast migrate %s --yes", v.Sequence)
	return nil
}

// stepsText names steps: the last of many matter most.
func stepsText(steps []string) string {
	switch n := len(steps); {
	case n == 0:
		return "-"
	case n > 2:
		return fmt.Sprintf("+%d, %s, %s", n-2, steps[n-2], steps[n-1])
	}
	return strings.Join(steps, ", ")
}

// nextText says what comes next and when.
func nextText(n cycle.MigrateNext) string {
	switch {
	case n.Step == "":
		return reasonText(n.Reason)
	case n.On.IsZero():
		return n.Step + ", " + reasonText(n.Reason)
	}
	return n.Step + " " + n.On.String()
}

// changesText says what of the two versions does not meet.
func changesText(r *cycle.MigrateRow) string {
	var parts []string
	for _, p := range []struct {
		what  string
		steps []string
	}{{"counts as passed", r.Passed}, {"falls away", r.Dropped}, {"done, gone", r.Gone}} {
		if len(p.steps) > 0 {
			parts = append(parts, p.what+": "+strings.Join(p.steps, ", "))
		}
	}
	if r.Waiting > 0 {
		parts = append(parts, "its message is planned anew")
	}
	return strings.Join(parts, "; ")
}

// migrateTotal counts what moves.
func migrateTotal(rows []cycle.MigrateRow) string {
	customers, from, to := map[string]bool{}, []string{}, []string{}
	sooner, later, passed, dropped := 0, 0, 0, 0
	for i := range rows {
		r := &rows[i]
		customers[r.Company+"/"+string(r.CustomerID)] = true
		if from = append(from, r.From); !slices.Contains(to, r.To) {
			to = append(to, r.To)
		}
		switch before, after := r.Before.On, r.After.On; {
		case before.IsZero() || after.IsZero():
		case after < before:
			sooner++
		case after > before:
			later++
		}
		passed, dropped = passed+len(r.Passed), dropped+len(r.Dropped)
	}
	slices.Sort(from)
	text := fmt.Sprintf("%s of %s from version %s to %s.", count(len(rows), "subject"), count(len(customers), "customer"), join(slices.Compact(from)), join(to))
	return fmt.Sprintf("%s The next step of %s comes sooner, of %s later; %s passed over, %s away.", text, number(sooner), number(later),
		count(passed, "step")+" "+verbFor(passed, "is", "are"), count(dropped, "step")+" "+verbFor(dropped, "falls", "fall"))
}
