package work

import (
	"context"
	"database/sql"
	"errors"

	"holdfast/engine/fault"
)

// flag names a row of work_wake.
type flag struct {
	kind Kind
	key  string
}

// asks are the dirty flags of one job: how often each kind was asked for when
// the job looked.
type asks map[Kind]int64

// Wake asks for a look at a company, or at a channel for Deliver, soon. It may
// be called before Start and within a job, but not within a transaction on the
// store's writer. A look that is under way is followed by another.
func (w *Worker) Wake(ctx context.Context, kind Kind, key string) error {
	if kind.job() == "" {
		return fault.New(fault.Invalid, "%q is no kind of job", kind)
	}
	err := w.write(ctx, func(tx *sql.Tx) error {
		if err := ask(ctx, tx, flag{kind, key}); err != nil {
			return err
		}
		return w.insert(ctx, tx, kind.job(), key)
	})
	return fault.Wrap("wake "+string(kind)+" of "+key, err)
}

// insert adds the River job, unless it waits or runs already.
func (w *Worker) insert(ctx context.Context, tx *sql.Tx, job Kind, key string) error {
	_, err := w.client.InsertTx(ctx, tx, args{Key: key, kind: job}, nil)
	return err
}

// ask makes a flag dirty.
func ask(ctx context.Context, tx *sql.Tx, f flag) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO work_wake (kind, key, asked, done) VALUES (?, ?, 1, 0)
		ON CONFLICT (kind, key) DO UPDATE SET asked = asked + 1`, string(f.kind), f.key)
	return err
}

// dirty returns the dirty flags that a job looks for.
func dirty(ctx context.Context, tx *sql.Tx, job Kind, key string) (asks, error) {
	found := asks{}
	for _, kind := range jobs[job] {
		var asked int64
		err := tx.QueryRowContext(ctx, `SELECT asked FROM work_wake WHERE kind = ? AND key = ? AND asked > done`,
			string(kind), key).Scan(&asked)
		switch {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return nil, err
		default:
			found[kind] = asked
		}
	}
	return found, nil
}

// clean notes that what was asked for is done; what was asked since stays dirty.
func clean(ctx context.Context, tx *sql.Tx, key string, a asks) error {
	for kind, asked := range a {
		_, err := tx.ExecContext(ctx, `UPDATE work_wake SET done = ? WHERE kind = ? AND key = ?`, asked, string(kind), key)
		if err != nil {
			return err
		}
	}
	return nil
}

// write runs f in one short transaction on the store's writer.
func (w *Worker) write(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := w.cfg.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}
