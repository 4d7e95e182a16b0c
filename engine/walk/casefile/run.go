package casefile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
	"holdfast/engine/tomlfile"
	"holdfast/engine/walk"
)

// Result is what a case came to.
type Result struct {
	File        string       `json:"file"`
	Title       string       `json:"title"`
	Passed      bool         `json:"passed"`
	Days        int          `json:"days"`
	Got         []Effect     `json:"got"` // all that happened of the kinds that the case looks at
	Differences []Difference `json:"differences,omitempty"`
}

// Difference is one thing that did not come out as expected.
type Difference struct {
	Line     int      `json:"line,omitempty"` // of the case file; 0: nothing there speaks of it
	On       ar.Day   `json:"on"`
	Expected string   `json:"expected"`
	Got      string   `json:"got"`
	Fields   []string `json:"fields,omitempty"` // in which the two differ
}

// Run lives the days of the case and compares. An error means that it could not
// be lived, such as for a sequence that is not there.
func (c *Case) Run(ctx context.Context, parts Parts) (Result, error) {
	r := Result{File: c.File, Title: c.Title, Days: int(c.To-c.From) + 1, Got: []Effect{}}
	book, err := c.book(parts)
	if err != nil {
		return r, err
	}
	l := &living{Case: c, tasks: map[string]string{}, result: &r}
	l.walker = walk.New(book, c.history, walk.Options{NewHoldsPerDay: c.policy.MaxNewHolds, Approve: c.approved})
	for day := c.From; day <= c.To; day++ {
		if err := l.day(ctx, day); err != nil {
			return r, err
		}
	}
	r.compare(c.expect, c.lines)
	c.quiet(&r)
	r.Differences = append(r.Differences, l.reasons...)
	slices.SortStableFunc(r.Differences, func(a, b Difference) int { return int(a.On - b.On) })
	r.Passed = len(r.Differences) == 0
	return r, nil
}

// approved says yes to the steps that the case names.
func (c *Case) approved(t *walk.Touch) bool { return slices.Contains(c.approve, t.Sequence+"/"+t.Step) }

// living is a case on its way through the days.
type living struct {
	*Case
	walker  *walk.Walker
	tasks   map[string]string // the newest task of a step, by customer, sequence and step
	result  *Result
	reasons []Difference
}

func (l *living) day(ctx context.Context, day ar.Day) error {
	if err := l.answer(day); err != nil {
		return err
	}
	err := l.walker.Day(ctx, day, func(t *walk.Touch) error {
		if t.Kind == sequence.Task {
			l.tasks[taskName(t.Account.Customer, t.Sequence, t.Step)] = t.Key
		}
		e := effectOf(t, len(l.history.Customers) == 1)
		if l.kinds == nil || slices.Contains(l.kinds, e.Kind) {
			l.result.Got = append(l.result.Got, e)
		}
		return nil
	})
	for i := range l.why {
		if l.why[i].On.Day == day {
			l.reason(&l.why[i])
		}
	}
	return err
}

func taskName(customer ar.CustomerID, seq, step string) string {
	return string(customer) + "|" + seq + "|" + step
}

// answer tells the outcomes of a day for the tasks of their steps.
func (l *living) answer(day ar.Day) error {
	for i, o := range l.outcomes {
		if o.On != day {
			continue
		}
		o.Task = l.tasks[taskName(o.Account.Customer, o.sequence, o.step)]
		if o.Task == "" {
			return tomlfile.Problems{{File: l.File, Key: "fact", What: fmt.Sprintf("outcome %d closes a task of %s/%s on %s, and there was none before", i+1, o.sequence, o.step, day),
				Cure: "see by holdfast test --show when the step gives its task"}}.Err()
		}
		if err := l.walker.Tell(o.Fact); err != nil {
			return err
		}
	}
	return nil
}

// reason compares an expected verdict with those that the day left.
func (l *living) reason(w *why) {
	id := account(w.Customer)
	if at := slices.IndexFunc(l.history.Documents, func(d ar.Document) bool { return string(d.ID) == w.Document }); w.Document != "" && at >= 0 {
		id = l.history.Documents[at].Account
	} else if w.Customer == "" {
		id = l.history.Customers[0].Account
	}
	c, _ := l.walker.Case(id)
	var got []string
	for _, v := range c.State.Verdicts {
		if string(v.Subject.Document) != w.Document || v.Subject.Customer != id.Customer || w.Sequence != "" && w.Sequence != v.Sequence {
			continue
		}
		if string(v.Reason) == w.Reason {
			return
		}
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s", v.Sequence, v.Reason)))
	}
	if got == nil {
		got = []string{"no verdict"}
	}
	what := strings.TrimSpace(strings.Join([]string{w.Sequence, w.Document}, " "))
	l.reasons = append(l.reasons, Difference{
		Line: w.line, On: w.On.Day, Expected: fmt.Sprintf("%s: %s", what, w.Reason), Got: fmt.Sprintf("%s: %s", what, strings.Join(got, ", ")),
		Fields: []string{"reason"},
	})
}

// quiet looks at the days on which nothing should happen.
func (c *Case) quiet(r *Result) {
	for _, day := range c.nothing {
		for _, e := range r.Got {
			if e.On == day {
				r.Differences = append(r.Differences, Difference{On: day, Expected: "nothing", Got: e.Line()})
			}
		}
	}
}
