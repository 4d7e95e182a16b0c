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
// while committing.
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

// holdWrite is one compare-and-set.
type holdWrite struct {
	id         ar.AccountID
	goal, seen ar.HoldState
}

// setHold writes, reads back and commits on conn.
func (e *ERP) setHold(ctx context.Context, conn *sql.Conn, w holdWrite) (ar.HoldState, error) {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return ar.HoldState{}, err
	}
	state, err := e.writeHold(ctx, conn, tx, w)
	if err != nil {
		// The transaction is undone either way: by this, or by the server when
		// the connection goes.
		_ = tx.Rollback()
		return ar.HoldState{}, err
	}
	if err := tx.Commit(); err != nil {
		if e.cfg.Driver.Answered(err) {
			return ar.HoldState{}, err
		}
		return ar.HoldState{}, fault.New(fault.Uncertain, "the connection was lost while committing: %w", err).
			WithCure("the hold is read again before anything else is written")
	}
	return state, nil
}

func (e *ERP) writeHold(ctx context.Context, conn *sql.Conn, tx *sql.Tx, w holdWrite) (ar.HoldState, error) {
	s := &session{erp: e, conn: conn}
	if !w.goal.Same(w.seen) {
		if err := e.compareAndSet(ctx, tx, w); err != nil {
			return ar.HoldState{}, err
		}
	}
	got, err := s.hold(ctx, w.id)
	if err != nil {
		return got, err
	}
	if !got.Same(w.goal) {
		return got, readBackDiffers(w, got)
	}
	return got, nil
}

// readBackDiffers words what was found instead of the goal. Nothing stays
// written.
func readBackDiffers(w holdWrite, got ar.HoldState) error {
	if w.goal.Same(w.seen) {
		return fault.New(fault.Conflict, "the hold is %s in the ERP and was %s when it was read", got, w.seen)
	}
	return fault.New(fault.Invalid, "the hold was written as %s and reads back as %s: nothing was kept", w.goal, got).
		WithCure("let hold_get.sql give the value as hold.value in preset.toml writes it, and look for a trigger on the column")
}

// compareAndSet runs the one statement that leads from seen to the goal.
func (e *ERP) compareAndSet(ctx context.Context, tx *sql.Tx, w holdWrite) error {
	q, err := e.holdQuery(w)
	if err != nil {
		return err
	}
	text, args, err := q.Render(e.given(map[string]any{
		"customer": string(w.id.Customer), "value": nullable(w.goal), "seen": nullable(w.seen),
		"version": w.seen.Version, "now": e.cfg.Now().UTC(),
	}))
	if err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, text, args...)
	if err != nil {
		return fault.Wrap(q.File, e.sorted(ctx, err))
	}
	rows, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if rows != 1 {
		return fault.New(fault.Conflict, "the hold is no longer %s as it was read (%d rows match): someone else changed it", w.seen, rows)
	}
	return nil
}

// holdQuery picks the statement: a row that is not there is inserted, one that
// shall not be there is deleted.
func (e *ERP) holdQuery(w holdWrite) (*presets.Query, error) {
	name := "hold_set"
	switch {
	case e.cfg.HoldMode != presets.ModeSQL:
		return nil, fault.New(fault.Unsupported, "the preset %s does not write holds", e.cfg.Preset.Name)
	case w.seen.Held == ar.NoRow:
		name = "hold_insert"
	case w.goal.Held == ar.NoRow:
		name = "hold_delete"
	}
	if q := e.cfg.Preset.Queries[name]; q != nil {
		return q, nil
	}
	return nil, fault.New(fault.Unsupported, "the preset %s has no %s.sql, and the hold is to go from %s to %s",
		e.cfg.Preset.Name, name, w.seen, w.goal)
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
