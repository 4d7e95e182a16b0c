package cli

import (
	"context"

	"holdfast/engine/ar"
)

type taskShowVerb struct {
	ID int64 `arg:"" help:"Number of the task, as the list shows it."`
}

// Run shows one task.
func (v *taskShowVerb) Run(ctx context.Context, a *App) error {
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	t, err := st.Task(ctx, v.ID)
	if err != nil {
		return err
	}
	p, err := a.placeOf(ctx, st, t.Account)
	if err != nil {
		return err
	}
	known, err := customers(ctx, st, []ar.AccountID{t.Account})
	if err != nil {
		return err
	}
	r := newTaskRow(t, p.Key, known[t.Account])
	if a.JSON {
		return a.WriteJSON(r)
	}
	a.Say("Task %d, %s: %s", r.ID, r.State, first(r.Task, reasonText(r.Reason)))
	lines := [][]string{
		{"Customer", first(r.CustomerNumber, string(r.CustomerID)) + " " + r.Customer + ", company " + r.Company},
		{"For", r.To}, {"By", dayText(r.DueOn)}, {"Why", reasonText(r.Reason) + detailText(r.Detail)},
	}
	if r.Sequence != "" {
		lines = append(lines, []string{"Step", r.Sequence + " " + r.Step})
	}
	if r.Text != "" {
		lines = append(lines, []string{"To do", r.Text})
	}
	if len(r.Documents) > 0 {
		var ids []string
		for _, id := range r.Documents {
			ids = append(ids, string(id))
		}
		lines = append(lines, []string{"Documents", join(ids)})
	}
	if r.State == "open" {
		lines = append(lines, []string{"It can end as", join(r.Outcomes)})
	} else {
		lines = append(lines, []string{"Outcome", r.Outcome + ", by " + teller(r.ClosedBy)})
	}
	return a.Table(make([]Column, 2), lines)
}
