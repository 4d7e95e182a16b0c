package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
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

// Tasks lists tasks, the earliest due first.
func (s *Store) Tasks(ctx context.Context, f TaskFilter) ([]Task, error) {
	var c conditions
	c.text("c.source = ?", string(f.Source))
	c.text("c.id = ?", string(f.Company))
	c.text("t.mode = ?", string(f.Mode))
	if f.Open {
		c.add("t.closed_at = 0")
	}
	rows, err := s.r.QueryContext(ctx, `SELECT t.id, t.key, t.mode, c.source, c.id, t.payer, t.customer_id, t.sequence, t.step, t.script,
		t.role, t.reason, t.detail, t.documents, t.due_on, t.opened_on, t.outcome, t.closed_by, t.closed_at
		FROM task t JOIN company c ON c.no = t.company_no`+c.where()+` ORDER BY t.due_on, t.id`, c.args...)
	var list []Task
	err = each(rows, err, func(rows *sql.Rows) error {
		t, err := scanTask(rows)
		list = append(list, t)
		return err
	})
	return list, wrap("list tasks", err)
}

func scanTask(rows *sql.Rows) (Task, error) {
	var t Task
	var documents string
	var closed int64
	err := rows.Scan(&t.ID, &t.Key, &t.Mode, &t.Party.Source, &t.Party.Company, &t.Party.Payer, &t.Account.Customer, &t.Sequence,
		&t.Step, &t.Script, &t.Role, &t.Reason, &t.Detail, &documents, (*int32)(&t.DueOn), (*int32)(&t.OpenedOn), &t.Outcome,
		&t.ClosedBy, &closed)
	if err != nil {
		return t, err
	}
	t.Account = ar.AccountID{Source: t.Party.Source, Company: t.Party.Company, Customer: t.Account.Customer}
	t.ClosedAt = fromInstant(closed)
	return t, fromJSON(documents, &t.Documents)
}

// CloseTask keeps how a task ended and makes its party due. It returns
// fault.NotFound where there is no such task, fault.Conflict where it is closed.
func (s *Store) CloseTask(ctx context.Context, id int64, outcome, by string, at time.Time) error {
	return s.write(ctx, "close a task", func(tx *sql.Tx) error {
		var no, closed int64
		var mode outbox.Mode
		var payer ar.CustomerID
		var key string
		err := tx.QueryRowContext(ctx, `SELECT company_no, mode, payer, key, closed_at FROM task WHERE id = ?`, id).
			Scan(&no, &mode, &payer, &key, &closed)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return fault.New(fault.NotFound, "there is no task %d", id)
		case err != nil:
			return err
		case closed != 0:
			return fault.New(fault.Conflict, "task %d was closed before", id)
		}
		_, err = tx.ExecContext(ctx, `UPDATE task SET outcome = ?, closed_by = ?, closed_at = ? WHERE id = ?`, outcome, by, instant(at), id)
		if err != nil {
			return err
		}
		if err := touchLane(ctx, tx, no, mode, payer); err != nil {
			return err
		}
		return journal(ctx, tx, note{at: at, actor: by, kind: "task.closed", subject: strconv.FormatInt(id, 10),
			body: map[string]string{"key": key, "outcome": outcome}})
	})
}
