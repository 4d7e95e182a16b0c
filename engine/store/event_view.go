package store

import (
	"context"
	"database/sql"

	"holdfast/engine"
)

// Event is what a channel told, as it is kept.
type Event struct {
	ID      int64
	Channel string
	engine.TakenEvent
}

// EventFilter narrows a list of events; a zero field does not narrow.
type EventFilter struct {
	Delivery  int64
	Unmatched bool // only those that a person must say whose they are
	Hashes    []string
	IDs       []int64
}

const listEvents = `SELECT id, channel, hash, cursor, COALESCE(delivery_id, 0), kind, at, address, subject, detail, text,
	code, day, state, why FROM channel_event`

// Events lists what channels told, in the order in which it was taken.
func (s *Store) Events(ctx context.Context, f EventFilter) ([]Event, error) {
	var c conditions
	if f.Delivery != 0 {
		c.add("delivery_id = ?", f.Delivery)
	}
	if f.Unmatched {
		c.add("state = 'unmatched'") // in the query itself: its index is of those rows alone
	}
	if f.IDs != nil {
		c.among("id", anys(f.IDs, func(id int64) any { return id }))
	}
	if f.Hashes != nil {
		c.among("hash", anys(f.Hashes, func(h string) any { return h }))
	}
	rows, err := s.r.QueryContext(ctx, listEvents+c.where()+` ORDER BY id`, c.args...)
	var list []Event
	err = each(rows, err, func(rows *sql.Rows) error {
		var e Event
		var at int64
		err := rows.Scan(&e.ID, &e.Channel, &e.Hash, &e.Cursor, &e.Delivery, &e.Kind, &at, &e.Address, &e.Subject, &e.Detail, &e.Text,
			&e.Code, (*int32)(&e.Day), &e.State, &e.Why)
		e.At = fromInstant(at)
		list = append(list, e)
		return err
	})
	return list, wrap("list events", err)
}
