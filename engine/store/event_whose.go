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

// countUnmatched names the state in the query itself: its index is of those rows
// alone.
const countUnmatched = `SELECT COUNT(*) FROM channel_event WHERE state = 'unmatched'`

// askWhose gives a company its one task of the day to look at what fits no
// account, and counts in it how many wait.
func (t *eventTake) askWhose(ctx context.Context, e *engine.TakenEvent) error {
	if e.State != engine.EventUnmatched || e.Unmatched.Company == "" {
		return nil
	}
	n := 0
	if err := t.tx.QueryRowContext(ctx, countUnmatched).Scan(&n); err != nil {
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
	key := "unmatched|" + e.Today.String()
	_, err = t.tx.ExecContext(ctx, `UPDATE task SET detail = ? WHERE company_no = ? AND mode = ? AND key = ? AND closed_at = 0`,
		detail, co.no, string(e.Mode), key)
	if err != nil {
		return err
	}
	return t.addTask(ctx, co, Task{Key: key, Mode: e.Mode, Party: e.Unmatched, Role: "collector", Reason: sequence.ReasonUnmatched, Detail: detail, DueOn: e.Today, OpenedOn: e.Today})
}

func (t *eventTake) addTask(ctx context.Context, co company, task Task) error {
	notes, err := addTask(ctx, t.tx, co, task, t.at)
	t.notes = append(t.notes, notes...)
	return err
}

// AssignEvent keeps what follows from an event that fitted no account, on a
// person's word. It returns fault.Conflict where no such event is unmatched.
func (s *Store) AssignEvent(ctx context.Context, id int64, e engine.TakenEvent, by string, at time.Time) error {
	return s.write(ctx, "assign a reply", func(tx *sql.Tx) error {
		if err := rest(ctx, tx, id, engine.EventTaken, "assigned to "+e.Account.String()+" by "+by); err != nil {
			return err
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

// DropEvents keeps that events are nobody's, on a person's word: they ask for
// nobody any more. It returns fault.Conflict, and drops none, where one of them is
// not unmatched.
func (s *Store) DropEvents(ctx context.Context, ids []int64, by string, at time.Time) error {
	return s.write(ctx, "drop replies", func(tx *sql.Tx) error {
		var notes []note
		for _, id := range ids {
			if err := rest(ctx, tx, id, engine.EventIgnored, "dropped by "+by); err != nil {
				return err
			}
			notes = append(notes, note{at: at, actor: by, kind: "event.dropped", subject: "event", body: map[string]int64{"event": id}})
		}
		return journal(ctx, tx, notes...)
	})
}

// rest moves an event out of what waits for a person.
func rest(ctx context.Context, tx *sql.Tx, id int64, to engine.EventState, why string) error {
	result, err := tx.ExecContext(ctx, `UPDATE channel_event SET state = ?, why = ? WHERE id = ? AND state = ?`,
		string(to), why, id, string(engine.EventUnmatched))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return fault.New(fault.Conflict, "no reply %d waits to be assigned", id).WithCure("see holdfast reply unmatched")
}
