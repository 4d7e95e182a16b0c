package store

import (
	"context"
	"database/sql"
	"time"
)

// AddTask gives a task that belongs to a company and to no party to a person,
// once for its key. Only Key, Mode, Party's source and company, Script, Role,
// Reason, Detail, DueOn and OpenedOn are looked at.
func (s *Store) AddTask(ctx context.Context, t Task, at time.Time) error {
	return s.write(ctx, "open a task", func(tx *sql.Tx) error {
		co, err := ensureCompany(ctx, tx, t.Party.Source, t.Party.Company)
		if err != nil {
			return err
		}
		notes, err := addTask(ctx, tx, co, t, at)
		if err != nil {
			return err
		}
		return journal(ctx, tx, notes...)
	})
}

// addTask is AddTask within a transaction; it returns what is to be journalled.
func addTask(ctx context.Context, tx *sql.Tx, co company, t Task, at time.Time) ([]note, error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO task (company_no, mode, key, payer, customer_id, sequence, step, script, role,
		reason, detail, documents, due_on, opened_on) VALUES (?, ?, ?, '', '', '', '', ?, ?, ?, ?, '[]', ?, ?) ON CONFLICT DO NOTHING`,
		co.no, string(t.Mode), t.Key, t.Script, t.Role, string(t.Reason), t.Detail, int64(t.DueOn), int64(t.OpenedOn))
	if err != nil {
		return nil, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return nil, err
	}
	return []note{{at: at, actor: "cycle", kind: "task.opened", subject: string(t.Party.Source) + "/" + string(t.Party.Company),
		body: map[string]string{"key": t.Key, "mode": string(t.Mode), "reason": string(t.Reason)}}}, nil
}
