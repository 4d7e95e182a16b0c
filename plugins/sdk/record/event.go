package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"holdfast/plugins/sdk"
)

// eventsAtOnce is how many events are read before they are passed on.
const eventsAtOnce = 100

// Add keeps an event for Events to pass. once names it: what was kept under the
// same name before is not kept again. The event's cursor is given here.
func (r *Record) Add(ctx context.Context, once string, e sdk.Event) error {
	return r.AddWithMark(ctx, once, e, "", "")
}

// AddWithMark keeps an event and, in the same transaction, a mark: how far the
// place was read that the event came from. An empty name keeps no mark, an empty
// value drops it, an event without a kind is none. It is on the disk when
// AddWithMark returns, in a record that is not durable too: a cursor that the
// host has kept must never be given to another event, and the place that the
// event came from may forget it now.
func (r *Record) AddWithMark(ctx context.Context, once string, e sdk.Event, name, value string) error {
	e.Cursor = ""
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return r.durably(ctx, func(tx *sql.Tx) error {
		if e.Kind != 0 {
			_, err := tx.ExecContext(ctx, `INSERT INTO event (once, body, at) VALUES (?, ?, ?) ON CONFLICT (once) DO NOTHING`, once, string(body), time.Now().UnixNano())
			if err != nil {
				return err
			}
		}
		if name == "" {
			return nil
		}
		return setMark(ctx, tx, name, value)
	})
}

// durably runs one transaction that survives a power cut.
func (r *Record) durably(ctx context.Context, do func(*sql.Tx) error) (err error) {
	conn, err := r.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if !r.opts.Durable {
		if _, err := conn.ExecContext(ctx, `PRAGMA synchronous = FULL`); err != nil {
			return err
		}
		defer func() {
			_, back := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA synchronous = NORMAL`)
			err = errors.Join(err, back)
		}()
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing after Commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Events passes what was added after cursor, oldest first, and returns when
// there is no more. A cursor that is none of this file's is the beginning.
func (r *Record) Events(ctx context.Context, cursor string, emit func(sdk.Event) error) error {
	after := r.after(cursor)
	for {
		batch, err := r.eventsAfter(ctx, after)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, e := range batch {
			if err := emit(e); err != nil {
				return err
			}
			after = r.after(e.Cursor)
		}
	}
}

// after is the number of the event that a cursor stands behind, 0 where it is
// none of this file's.
func (r *Record) after(cursor string) int64 {
	file, number, _ := strings.Cut(cursor, ".")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || file != r.file {
		return 0
	}
	return id
}

func (r *Record) eventsAfter(ctx context.Context, after int64) ([]sdk.Event, error) {
	rows, err := r.db.QueryContext(ctx, `SELECT cursor, body FROM event WHERE cursor > ? ORDER BY cursor LIMIT ?`, after, eventsAtOnce)
	if err != nil {
		return nil, err
	}
	var batch []sdk.Event
	for rows.Next() {
		var id int64
		var body string
		if err := rows.Scan(&id, &body); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		var e sdk.Event
		if err := json.Unmarshal([]byte(body), &e); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		e.Cursor = r.file + "." + strconv.FormatInt(id, 10)
		batch = append(batch, e)
	}
	return batch, errors.Join(rows.Err(), rows.Close())
}
