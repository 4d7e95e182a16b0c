package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"holdfast/engine"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// askWhose gives a company its one task of the day to look at what fits no
// account, and counts in it how many wait.
func (t *eventTake) askWhose(ctx context.Context, e *engine.TakenEvent) error {
	if e.State != engine.EventUnmatched || e.Unmatched.Company == "" {
		return nil
	}
	n := 0
	if err := t.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM channel_event WHERE state = ?`, string(engine.EventUnmatched)).Scan(&n); err != nil {
		return err
	}
	co, err := ensureCompany(ctx, t.tx, e.Unmatched.Source, e.Unmatched.Company)
	if err != nil {
		return err
	}
	detail := fmt.Sprintf("%d replies fit no account: see holdfast reply unmatched", n)
	if n == 1 {
		detail = "1 reply fits no account: see holdfast reply unmatched"
	}
	_, err = t.tx.ExecContext(ctx, `INSERT INTO task (company_no, mode, key, payer, customer_id, sequence, step, script, role,
		reason, detail, documents, due_on, opened_on) VALUES (?, ?, ?, '', '', '', '', '', 'collector', ?, ?, '[]', ?, ?)
		ON CONFLICT (company_no, mode, key) DO UPDATE SET detail = excluded.detail WHERE task.closed_at = 0`,
		co.no, string(e.Mode), "unmatched|"+e.Today.String(), string(sequence.ReasonUnmatched), detail, int64(e.Today), int64(e.Today))
	return err
}

// AssignEvent keeps what follows from an event that fitted no account, on a
// person's word. It returns fault.Conflict where no such event is unmatched.
func (s *Store) AssignEvent(ctx context.Context, id int64, e engine.TakenEvent, by string, at time.Time) error {
	return s.write(ctx, "assign a reply", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE channel_event SET state = ?, why = ? WHERE id = ? AND state = ?`,
			string(engine.EventTaken), "assigned to "+e.Account.String()+" by "+by, id, string(engine.EventUnmatched))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return orMissing(err, id)
		}
		t := eventTake{tx: tx, at: at}
		for _, step := range []func(context.Context, *engine.TakenEvent) error{t.restart, t.tell, t.learn, t.ask} {
			if err := step(ctx, &e); err != nil {
				return err
			}
		}
		assigned := note{at: at, actor: by, kind: "event.assigned", subject: e.Account.String(), body: map[string]int64{"event": id}}
		return journal(ctx, tx, append(t.notes, assigned)...)
	})
}

func orMissing(err error, id int64) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "no reply %d waits to be assigned", id).WithCure("see holdfast reply unmatched")
}
