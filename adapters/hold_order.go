package adapters

import (
	"context"
	"database/sql"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// OrderHolds reads the hold of each open order of an account; none where the
// preset has no such thing.
func (e *ERP) OrderHolds(ctx context.Context, id ar.AccountID) ([]ar.OrderHold, error) {
	if err := e.holdable(id); err != nil {
		return nil, err
	}
	var list []ar.OrderHold
	err := e.reading(ctx, "read the order holds of "+string(id.Customer), nil, func(s *session) (err error) {
		list, err = s.orderHolds(ctx, id)
		return err
	})
	return list, err
}

func (s *session) orderHolds(ctx context.Context, id ar.AccountID) ([]ar.OrderHold, error) {
	q := s.erp.cfg.Preset.Queries["orders_hold_get"]
	if q == nil {
		return nil, nil
	}
	rows := &orderRows{query: q}
	err := s.stream(ctx, q, map[string]any{"customer": string(id.Customer)}, rows)
	return rows.list, err
}

// orderHold reads the hold of one order. An order that is not open any more is
// fault.NotFound.
func (s *session) orderHold(ctx context.Context, id ar.AccountID, order string) (ar.HoldState, error) {
	list, err := s.orderHolds(ctx, id)
	if err != nil {
		return ar.HoldState{}, err
	}
	for _, o := range list {
		if o.Order == order {
			return o.State, nil
		}
	}
	return ar.HoldState{}, fault.New(fault.NotFound, "the order %s is not open any more", order)
}

// SetOrderHold makes one open order's hold as wanted if it still is as o says.
// Its errors are those of SetHold.
func (e *ERP) SetOrderHold(ctx context.Context, id ar.AccountID, o ar.OrderHold, want ar.Hold) (ar.HoldState, error) {
	goal := want.Restore
	if want.Placed {
		goal = ar.HoldState{Held: ar.Valued, Value: e.cfg.Preset.Hold.OrderValue}
	}
	var state ar.HoldState
	if err := e.holdable(id); err != nil {
		return state, err
	}
	write := holdWrite{id: id, order: o.Order, goal: goal, seen: o.State}
	err := retry(ctx, nil, func() error {
		return e.onConn(ctx, e.write, func(conn *sql.Conn) (err error) {
			state, err = e.setHold(ctx, conn, write)
			return err
		})
	})
	return state, fault.Wrap(string(e.cfg.Source)+": write the hold of order "+o.Order, err)
}

// orderRows takes the rows of orders_hold_get.sql.
type orderRows struct {
	query   *presets.Query
	columns []Column
	list    []ar.OrderHold
}

// Columns compares the result with the canonical names.
func (r *orderRows) Columns(cols []Column) error {
	r.columns = cols
	return checkColumns(r.query, cols)
}

// Row reads one order's hold.
func (r *orderRows) Row(cells [][]byte) error {
	o := ar.OrderHold{State: ar.HoldState{Held: ar.Null}}
	for i, c := range r.columns {
		switch {
		case cells[i] == nil:
		case c.Name == "order_id":
			o.Order = string(cells[i])
		case c.Name == "value":
			o.State.Held, o.State.Value = ar.Valued, string(cells[i])
		case c.Name == "version":
			o.State.Version = string(cells[i])
		}
	}
	if o.Order == "" {
		return fault.New(fault.Invalid, "%s: an order has no id", r.query.File)
	}
	r.list = append(r.list, o)
	return nil
}
