package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// Task is something that only a person can do. Its key is unique within a
// company and mode: the occasion's, or that of its cause.
type Task struct {
	ID        int64           `json:"id"`
	Key       string          `json:"key"`
	Mode      outbox.Mode     `json:"mode"`
	Party     ar.PartyID      `json:"party"`
	Account   ar.AccountID    `json:"account"`
	Sequence  string          `json:"sequence,omitempty"`
	Step      string          `json:"step,omitempty"`
	Script    string          `json:"script"`
	Role      string          `json:"role"`
	Reason    sequence.Reason `json:"reason"`
	Detail    string          `json:"detail,omitempty"`
	Documents []ar.DocumentID `json:"documents,omitempty"`
	Text      string          `json:"text,omitempty"`     // what to do, where the step says so
	Outcomes  []string        `json:"outcomes,omitempty"` // how it can end; none: as every call
	Yes       bool            `json:"yes,omitempty"`      // asks for a yes or a no
	Away      string          `json:"away,omitempty"`     // agency or legal: its documents leave our hands
	Fact      int64           `json:"fact,omitempty"`     // the promise, dispute or event that it is about
	DueOn     ar.Day          `json:"due_on"`
	OpenedOn  ar.Day          `json:"opened_on"`
	Outcome   string          `json:"outcome,omitempty"` // empty while open
	ClosedBy  string          `json:"closed_by,omitempty"`
	ClosedAt  time.Time       `json:"closed_at,omitzero"`
}

// TaskFilter narrows a list of tasks; a zero field does not narrow.
type TaskFilter struct {
	Source  ar.Source
	Company ar.CompanyID
	Mode    outbox.Mode
	Open    bool // only those that nobody has closed
}

// taskFrom reads tasks t of companies c.
const taskFrom = `SELECT t.id, t.key, t.mode, c.source, c.id, t.payer, t.customer_id, t.sequence, t.step, t.script,
	t.role, t.reason, t.detail, t.documents, t.text, t.outcomes, t.yes, t.away, t.fact_id, t.due_on, t.opened_on, t.outcome,
	t.closed_by, t.closed_at FROM task t JOIN company c ON c.no = t.company_no `

// Tasks lists tasks, the earliest due first.
func (s *Store) Tasks(ctx context.Context, f TaskFilter) ([]Task, error) {
	var c conditions
	c.text("c.source = ?", string(f.Source))
	c.text("c.id = ?", string(f.Company))
	c.text("t.mode = ?", string(f.Mode))
	if f.Open {
		c.add("t.closed_at = 0")
	}
	list, err := listTasks(ctx, s.r, c.where()+` ORDER BY t.due_on, t.id`, c.args...)
	return list, wrap("list tasks", err)
}

// Task returns one task, or fault.NotFound.
func (s *Store) Task(ctx context.Context, id int64) (Task, error) {
	t, err := findTask(ctx, s.r, id)
	return t, wrap("read a task", err)
}

func findTask(ctx context.Context, q querier, id int64) (Task, error) {
	list, err := listTasks(ctx, q, `WHERE t.id = ?`, id)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "there is no task %d", id)
	}
	if err != nil {
		return Task{}, err
	}
	return list[0], nil
}

func listTasks(ctx context.Context, q querier, rest string, args ...any) ([]Task, error) {
	rows, err := q.QueryContext(ctx, taskFrom+rest, args...)
	var list []Task
	err = each(rows, err, func(rows *sql.Rows) error {
		t, err := scanTask(rows)
		list = append(list, t)
		return err
	})
	return list, err
}

func scanTask(rows *sql.Rows) (Task, error) {
	var t Task
	var documents, outcomes string
	var closed int64
	err := rows.Scan(&t.ID, &t.Key, &t.Mode, &t.Party.Source, &t.Party.Company, &t.Party.Payer, &t.Account.Customer, &t.Sequence,
		&t.Step, &t.Script, &t.Role, &t.Reason, &t.Detail, &documents, &t.Text, &outcomes, &t.Yes, &t.Away, &t.Fact,
		(*int32)(&t.DueOn), (*int32)(&t.OpenedOn), &t.Outcome, &t.ClosedBy, &closed)
	if err != nil {
		return t, err
	}
	t.Account = ar.AccountID{Source: t.Party.Source, Company: t.Party.Company, Customer: t.Account.Customer}
	t.ClosedAt = fromInstant(closed)
	return t, errors.Join(fromJSON(documents, &t.Documents), fromJSON(outcomes, &t.Outcomes))
}
