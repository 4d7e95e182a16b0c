package cli

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// taskVerb is the work that only people can do.
type taskVerb struct {
	List taskListVerb `cmd:"" help:"List what waits for a person, the earliest due first."`
	Show taskShowVerb `cmd:"" help:"Show one task with how it can end."`
	Done taskDoneVerb `cmd:"" help:"Close a task and say how it ended."`

	Dossier taskDossierVerb `cmd:"" help:"Write all that is known of a task's customer into a folder, to be handed on."`
}

type taskListVerb struct {
	All     bool   `help:"The closed ones too."`
	Company string `placeholder:"KEY" help:"Only this company."`
}

// taskRow is a task as programs read it.
type taskRow struct {
	ID             int64           `json:"id"`
	Company        string          `json:"company"`
	CustomerID     ar.CustomerID   `json:"customer_id"`
	CustomerNumber string          `json:"customer_number"`
	Customer       string          `json:"customer"`
	Task           string          `json:"task"`
	To             string          `json:"to"`
	DueOn          ar.Day          `json:"due_on"`
	OpenedOn       ar.Day          `json:"opened_on"`
	Sequence       string          `json:"sequence"`
	Step           string          `json:"step"`
	Reason         sequence.Reason `json:"reason"`
	Detail         string          `json:"detail"`
	Text           string          `json:"text"` // what to do, where the step says so
	Documents      []ar.DocumentID `json:"documents"`
	Outcomes       []string        `json:"outcomes"` // how it can end
	State          string          `json:"state"`    // open or closed
	Outcome        string          `json:"outcome"`
	ClosedBy       string          `json:"closed_by"`
}

// Run lists tasks.
func (v *taskListVerb) Run(ctx context.Context, a *App) error {
	all, err := gather(ctx, a, v.Company, func(t store.Task) ar.AccountID { return t.Account },
		func(st *store.Store, p place) ([]store.Task, error) {
			return st.Tasks(ctx, store.TaskFilter{Source: p.ERP.Source, Company: p.ERP.ID, Open: !v.All})
		})
	if err != nil {
		return err
	}
	rows := []taskRow{}
	for _, t := range all.list {
		rows = append(rows, newTaskRow(t, all.key(t.Account), all.known[t.Account]))
	}
	return a.showTasks(rows)
}

func newTaskRow(t store.Task, company string, c ar.Customer) taskRow {
	r := taskRow{
		ID: t.ID, Company: company, CustomerID: t.Account.Customer, CustomerNumber: c.Number, Customer: c.Name,
		Task: t.Script, To: t.Role, DueOn: t.DueOn, OpenedOn: t.OpenedOn, Sequence: t.Sequence, Step: t.Step, Reason: t.Reason,
		Detail: t.Detail, Text: t.Text, Documents: t.Documents, Outcomes: outcomesOf(&t), State: "open", Outcome: t.Outcome, ClosedBy: t.ClosedBy,
	}
	if r.Documents == nil {
		r.Documents = []ar.DocumentID{}
	}
	if !t.ClosedAt.IsZero() {
		r.State = "closed"
	}
	return r
}

func (a *App) showTasks(rows []taskRow) error {
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("No task waits for a person.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		task, about := first(r.Task, reasonText(r.Reason)), r.Detail
		if r.Task != "" {
			about = why(r.Reason, r.Detail)
		}
		if r.State == "closed" {
			about = "closed: " + r.Outcome
		}
		lines = append(lines, []string{itoa(r.ID), r.DueOn.String(), r.Company, first(r.Customer, string(r.CustomerID)), task, r.To, about})
	}
	return a.Table([]Column{{"No", true}, {"Due", false}, {"Company", false}, {"Customer", false}, {"Task", false}, {"To", false}, {"About", false}}, lines)
}
