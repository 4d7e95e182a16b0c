package adapters

import (
	"context"
	"database/sql"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Hold reads a hold; no row, NULL and a value are three different states.
func (e *ERP) Hold(ctx context.Context, id ar.AccountID) (ar.HoldState, error) {
	var state ar.HoldState
	if err := e.holdable(id); err != nil {
		return state, err
	}
	err := e.reading(ctx, "read the hold of "+string(id.Customer), nil, func(s *session) error {
		var err error
		state, err = s.hold(ctx, id)
		return err
	})
	return state, err
}

// hold reads a hold inside the transaction of s.
func (s *session) hold(ctx context.Context, id ar.AccountID) (ar.HoldState, error) {
	r := &holdRows{query: s.erp.cfg.Preset.Queries["hold_get"], state: ar.HoldState{Held: ar.NoRow}}
	err := s.stream(ctx, r.query, map[string]any{"customer": string(id.Customer)}, r)
	return r.state, err
}

// SetHold makes the hold as wanted if it still is as seen, in one transaction
// that also reads it back. fault.Conflict means that nothing was written, since
// someone else changed it first; fault.Uncertain that the connection was lost
// while committing; fault.Pending that the site's own job was asked and has not
// done it yet.
func (e *ERP) SetHold(ctx context.Context, id ar.AccountID, want ar.Hold, seen ar.HoldState) (ar.HoldState, error) {
	goal := want.Restore
	if want.Placed {
		goal = e.Capability().Value
	}
	var state ar.HoldState
	if err := e.holdable(id); err != nil {
		return state, err
	}
	write := holdWrite{id: id, goal: goal, seen: seen}
	err := retry(ctx, nil, func() error {
		return e.onConn(ctx, e.write, func(conn *sql.Conn) error {
			var err error
			state, err = e.setHold(ctx, conn, write)
			return err
		})
	})
	return state, fault.Wrap(string(e.cfg.Source)+": write the hold of "+string(id.Customer), err)
}

// holdable refuses an account or a preset whose hold cannot be asked for.
func (e *ERP) holdable(id ar.AccountID) error {
	if e.cfg.Preset.Queries["hold_get"] == nil {
		return fault.New(fault.Unsupported, "the preset %s has no credit holds", e.cfg.Preset.Name)
	}
	return e.owns(id)
}

// nullable is the bind of a state: NULL where it has no value.
func nullable(s ar.HoldState) any {
	if s.Held != ar.Valued {
		return nil
	}
	return s.Value
}

// holdRows takes the one row of hold_get.sql.
type holdRows struct {
	query   *presets.Query
	columns []Column
	state   ar.HoldState
}

// Columns compares the result with the canonical names.
func (r *holdRows) Columns(cols []Column) error {
	r.columns = cols
	return checkColumns(r.query, cols)
}

// Row reads value and version; a second row is an error, since one customer has
// one hold.
func (r *holdRows) Row(cells [][]byte) error {
	if r.state.Held != ar.NoRow {
		return fault.New(fault.Invalid, "%s: there are two rows for one customer", r.query.File).
			WithCure("look at the rows in the ERP: which of them it reads is not known")
	}
	r.state.Held = ar.Null
	for i, c := range r.columns {
		switch {
		case cells[i] == nil:
		case c.Name == "value":
			r.state.Held, r.state.Value = ar.Valued, string(cells[i])
		case c.Name == "version":
			r.state.Version = string(cells[i])
		}
	}
	return nil
}
