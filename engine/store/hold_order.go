package store

import (
	"context"
	"database/sql"
	"time"

	"holdfast/engine/ar"
)

// HoldOrders lists the open orders that a hold went through, in the order of
// their ids.
func (s *Store) HoldOrders(ctx context.Context, hold int64) ([]ar.HoldOrder, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT hold_id, order_id, state, previous_held, previous_value, previous_version,
		written_held, written_value, written_version, outcome, changed_at FROM hold_order WHERE hold_id = ? ORDER BY order_id`, hold)
	var list []ar.HoldOrder
	err = each(rows, err, func(rows *sql.Rows) error {
		var o ar.HoldOrder
		var changed int64
		err := rows.Scan(&o.Hold, &o.Order, &o.State, &o.Previous.Held, &o.Previous.Value, &o.Previous.Version,
			&o.Written.Held, &o.Written.Value, &o.Written.Version, &o.Outcome, &changed)
		o.ChangedAt = fromInstant(changed)
		list = append(list, o)
		return err
	})
	return list, wrap("list the orders of a hold", err)
}

// PutHoldOrder keeps one order of a hold as it stands now, and journals the step.
func (s *Store) PutHoldOrder(ctx context.Context, id ar.AccountID, o ar.HoldOrder, at time.Time) error {
	o.ChangedAt = at
	return s.write(ctx, "write the journal of the hold of order "+o.Order, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO hold_order (hold_id, order_id, state, previous_held, previous_value, previous_version,
			written_held, written_value, written_version, outcome, changed_at) VALUES (`+placeholders(11)+`)
			ON CONFLICT (hold_id, order_id) DO UPDATE SET state = excluded.state, written_held = excluded.written_held,
			written_value = excluded.written_value, written_version = excluded.written_version, outcome = excluded.outcome,
			changed_at = excluded.changed_at`,
			o.Hold, o.Order, string(o.State), string(o.Previous.Held), o.Previous.Value, o.Previous.Version,
			string(o.Written.Held), o.Written.Value, o.Written.Version, o.Outcome, instant(at))
		if err != nil {
			return err
		}
		return journal(ctx, tx, note{at: at, actor: "cycle", kind: "hold.order." + string(o.State), subject: id.String(), body: o})
	})
}

// HoldSwept notes that a hold has gone through the open orders of its account.
func (s *Store) HoldSwept(ctx context.Context, e ar.HoldEntry, at time.Time) error {
	return s.write(ctx, "note that a hold went through its orders", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE hold_journal SET swept = 1 WHERE id = ?`, e.ID); err != nil {
			return err
		}
		return journal(ctx, tx, note{at: at, actor: "cycle", kind: "hold.swept", subject: e.Account.String(), body: e.ID})
	})
}
