package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

// CloseTask keeps how a task ended, as the Outcome that AddFact keeps. An
// outcome that is no code which the task knows is kept in words, as done. It
// returns fault.NotFound where there is no such task, fault.Conflict where it is
// closed.
func (s *Store) CloseTask(ctx context.Context, id int64, outcome, by string, at time.Time) error {
	return s.write(ctx, "close a task", func(tx *sql.Tx) error {
		t, err := findTask(ctx, tx, id)
		if err != nil {
			return err
		}
		if !t.ClosedAt.IsZero() {
			return t.closedBefore()
		}
		co, err := findCompany(ctx, tx, t.Account.Source, t.Account.Company)
		if err != nil {
			return err
		}
		f := intake.Fact{Kind: intake.Outcome, Account: t.Account, Task: t.Key, Code: outcome, By: by, On: co.dayAt(at), At: at}
		if !t.knows(outcome) {
			f.Code, f.Text = intake.Done, outcome
		}
		_, err = addFact(ctx, tx, f)
		return err
	})
}

// knows reports whether a task can end with an outcome.
func (t *Task) knows(outcome string) bool {
	known := t.Outcomes
	if len(known) == 0 {
		known = intake.Outcomes
	}
	return slices.Contains(known, outcome)
}

func (t *Task) closedBefore() error {
	return fault.New(fault.Conflict, "task %d was closed before, by %s: %s", t.ID, t.ClosedBy, t.Outcome)
}

// tasksOf finds the tasks that an outcome closes: those of its key, one in each
// mode. It fills in the fact's account from them. Other facts close none.
func tasksOf(ctx context.Context, tx *sql.Tx, f *intake.Fact) ([]Task, error) {
	if f.Kind != intake.Outcome || f.Task == "" {
		return nil, nil
	}
	tasks, err := listTasks(ctx, tx, `WHERE t.key = ? ORDER BY t.id`, f.Task)
	if err != nil {
		return nil, err
	}
	tasks = slices.DeleteFunc(tasks, func(t Task) bool { return !mayBe(f.Account, t.Account) })
	if len(tasks) == 0 {
		return nil, fault.New(fault.NotFound, "there is no task %q", f.Task).WithCure("`holdfast task list --json` shows the tasks with their keys")
	}
	for _, t := range tasks[1:] {
		if t.Account != tasks[0].Account {
			return nil, fault.New(fault.Conflict, "the task %q is there for %s and for %s", f.Task, tasks[0].Account, t.Account).
				WithCure("name the account")
		}
	}
	f.Account = tasks[0].Account
	return tasks, nil
}

// mayBe reports whether an account as far as it is named is another.
func mayBe(named, other ar.AccountID) bool {
	return (named.Source == "" || named.Source == other.Source) && (named.Company == "" || named.Company == other.Company) &&
		(named.Customer == "" || named.Customer == other.Customer)
}

// checkTasks refuses an outcome of tasks that are all closed, and a yes that is
// not the word of one person alone.
func (a *factAdd) checkTasks(ctx context.Context) error {
	for _, t := range a.tasks {
		if err := mayAnswer(ctx, a.tx, t, a.fact); err != nil {
			return err
		}
	}
	if len(a.tasks) == 0 || slices.ContainsFunc(a.tasks, func(t Task) bool { return t.ClosedAt.IsZero() }) {
		return nil
	}
	return a.tasks[0].closedBefore()
}

// closeTasks closes the tasks that the outcome is of. What their lists show is
// the code, or the words of one that was just done.
func (a *factAdd) closeTasks(ctx context.Context) error {
	outcome := a.fact.Code
	if outcome == intake.Done && a.fact.Text != "" {
		outcome = a.fact.Text
	}
	for _, t := range a.tasks {
		if !t.ClosedAt.IsZero() {
			continue
		}
		_, err := a.tx.ExecContext(ctx, `UPDATE task SET outcome = ?, closed_by = ?, closed_at = ? WHERE id = ?`,
			outcome, a.fact.By, instant(a.fact.At), t.ID)
		if err != nil {
			return err
		}
		a.notes = append(a.notes, note{at: a.fact.At, actor: a.fact.By, kind: "task.closed", subject: strconv.FormatInt(t.ID, 10),
			body: map[string]string{"key": t.Key, "outcome": outcome}})
	}
	return nil
}
