package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
)

// planVerb is `holdfast plan`.
type planVerb struct {
	Days    int    `default:"1" placeholder:"N" help:"How many days, today included (default: 1)."`
	AsOf    ar.Day `name:"as-of" placeholder:"DAY" help:"First day (default: today)."`
	Company string `placeholder:"KEY" help:"Only this company."`
	expecting
}

// expecting is the flag of verbs that look ahead.
type expecting struct {
	Expect string `enum:"none,promises,habit" default:"none" placeholder:"WHAT" help:"What is taken to be paid: none, promises, or habit: promises, and the rest as late as each customer usually pays (default: none)."`
}

func (e expecting) outlook() cycle.Outlook { return cycle.Outlook{Expect: cycle.Expectation(e.Expect)} }

// Run walks the coming days by the same decisions as run, in memory.
func (v *planVerb) Run(ctx context.Context, a *App) error {
	if v.Days < 1 || v.Days > 366 {
		return usage("--days %d: a plan covers 1 to 366 days", v.Days)
	}
	c, done, err := a.ReadCycle(ctx)
	if err != nil {
		return err
	}
	defer done()
	companies, err := a.Selected(c, v.Company)
	if err != nil {
		return err
	}
	rows := []cycle.PlanRow{}
	line := a.progress("planning")
	at := func(co *cycle.Company) cycle.Moment { return cycle.Moment{Day: firstDay(v.AsOf, co)} }
	keep := func(r cycle.PlanRow) error { rows = append(rows, r); return nil }
	err = c.Foresee(ctx, companies, at, v.Days, v.outlook(), func(f *cycle.Foreseen) error { return f.Rows(keep) })
	line.end()
	if err != nil {
		return err
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	return v.text(a, rows, len(companies) > 1)
}

// firstDay is the day asked for, or the company's own today.
func firstDay(asked ar.Day, co *cycle.Company) ar.Day {
	if !asked.IsZero() {
		return asked
	}
	return ar.DayOf(time.Now().In(co.Zone))
}

// text writes the plan a day at a time.
func (v *planVerb) text(a *App, rows []cycle.PlanRow, several bool) error {
	if len(rows) == 0 {
		a.Say("Nothing happens within %s.", count(v.Days, "day"))
	}
	total := newTally()
	for len(rows) > 0 {
		n := slices.IndexFunc(rows, func(r cycle.PlanRow) bool { return r.Day != rows[0].Day })
		if n < 0 {
			n = len(rows)
		}
		day := newTally()
		for _, r := range rows[:n] {
			day.add(r)
			total.add(r)
		}
		a.Say("%s: %s", dayText(rows[0].Day), day)
		if err := v.table(a, rows[:n], several); err != nil {
			return err
		}
		a.Say("")
		rows = rows[n:]
	}
	a.Say("In all: %s.", total)
	a.granted(v.outlook().Assumptions())
	return nil
}

// granted says what a look ahead or back takes for granted.
func (a *App) granted(assumptions []string) {
	a.Say("Taken for granted:")
	for _, line := range assumptions {
		a.Say("  - %s", line)
	}
}

// table writes the rows of one day.
func (v *planVerb) table(a *App, rows []cycle.PlanRow, several bool) error {
	columns := []Column{{Title: "  WHAT"}, {Title: "CUSTOMER"}, {Title: "STEP"}, {Title: "AMOUNT", Right: true}, {Title: "CUR"}, {Title: "DOCUMENTS"}, {Title: ""}}
	var lines [][]string
	for _, r := range rows {
		customer := r.Number + " " + r.Customer
		if several {
			customer = r.Company + ": " + customer
		}
		lines = append(lines, []string{
			"  " + r.Kind, shorten(customer, 38), shorten(r.Sequence+" "+r.Step, 26), comma(r.Amount), string(r.Currency), documents(r.Documents), remark(r),
		})
	}
	return a.Table(columns, lines)
}

// remark says why a row is no plain step whose day has come.
func remark(r cycle.PlanRow) string {
	switch {
	case r.Approval:
		return "waits for a yes"
	case r.Reason != "due" && r.Reason != "":
		return reasonText(r.Reason)
	}
	return ""
}

// documents names the first documents and counts the rest.
func documents(numbers []string) string {
	if len(numbers) <= 2 {
		return strings.Join(numbers, " ")
	}
	return fmt.Sprintf("%s %s +%d", numbers[0], numbers[1], len(numbers)-2)
}

// comma writes a decimal text with commas: "1,234.50".
func comma(amount string) string {
	whole, frac, has := strings.Cut(amount, ".")
	sign := strings.TrimRight(whole, "0123456789")
	whole = whole[len(sign):]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if has {
		whole += "." + frac
	}
	return sign + whole
}

// shorten cuts a text that is too long for its column.
func shorten(text string, n int) string {
	r := []rune(strings.TrimSpace(text))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}

// tally counts effects by kind and what messages ask for.
type tally struct {
	kinds map[string]int
	seen  map[string]bool // effects, which have a row per currency
	asked ar.Balance
}

func newTally() *tally { return &tally{kinds: map[string]int{}, seen: map[string]bool{}} }

func (t *tally) add(r cycle.PlanRow) {
	if !t.seen[r.Effect] {
		t.seen[r.Effect] = true
		t.kinds[r.Kind]++
	}
	if minor, err := ar.ParseAmount(r.Amount, r.Currency); err == nil && r.Kind == "message" {
		t.asked = t.asked.Add(minor, r.Currency)
	}
}

// String writes "3 messages asking for 1,200.00 USD, 1 task".
func (t *tally) String() string {
	var parts []string
	for _, kind := range []string{"message", "task", "hold", "release"} {
		n := t.kinds[kind]
		if n == 0 {
			continue
		}
		part := count(n, kind)
		if kind == "message" && len(t.asked) > 0 {
			part += " asking for " + t.asked.String()
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}
