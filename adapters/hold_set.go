package adapters

import (
	"context"
	"database/sql"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// holdWrite is one compare-and-set.
type holdWrite struct {
	id         ar.AccountID
	order      string // of a sales order's own hold; empty: the customer's
	goal, seen ar.HoldState
}

// written is a write inside its transaction: the state read back, and what is to
// be said once it is committed.
type written struct {
	state ar.HoldState
	after error
}

// setHold writes, reads back and commits on conn.
func (e *ERP) setHold(ctx context.Context, conn *sql.Conn, w holdWrite) (ar.HoldState, error) {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return ar.HoldState{}, err
	}
	got, err := e.writeHold(ctx, holdTx{&session{erp: e, conn: conn}, tx}, w)
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
	return got.state, got.after
}

// holdTx is a writing transaction and the session that reads in it.
type holdTx struct {
	*session
	tx *sql.Tx
}

// writeHold writes in the preset's mode and reads back.
func (e *ERP) writeHold(ctx context.Context, h holdTx, w holdWrite) (written, error) {
	var err error
	switch {
	case w.order == "" && e.cfg.HoldMode == presets.ModeStaging:
		return h.ask(ctx, w)
	case w.goal.Same(w.seen):
	case w.order == "" && e.cfg.HoldMode == presets.ModeProcedure:
		err = h.call(ctx, w)
	default:
		err = h.compareAndSet(ctx, w)
	}
	if err != nil {
		return written{}, err
	}
	got, err := h.readBack(ctx, w)
	if err != nil {
		return written{}, err
	}
	if !got.Same(w.goal) {
		return written{}, readBackDiffers(w, got)
	}
	return written{state: got}, nil
}

// readBack reads what was written.
func (h holdTx) readBack(ctx context.Context, w holdWrite) (ar.HoldState, error) {
	if w.order != "" {
		return h.orderHold(ctx, w.id, w.order)
	}
	return h.hold(ctx, w.id)
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
func (h holdTx) compareAndSet(ctx context.Context, w holdWrite) error {
	q, err := h.erp.holdQuery(w)
	if err != nil {
		return err
	}
	rows, err := h.exec(ctx, q, w)
	if err != nil {
		return err
	}
	if rows != 1 {
		return fault.New(fault.Conflict, "the hold is no longer %s as it was read (%d rows match): someone else changed it", w.seen, rows)
	}
	return nil
}

// exec runs a statement of the holds and returns how many rows it changed.
func (h holdTx) exec(ctx context.Context, q *presets.Query, w holdWrite) (int64, error) {
	text, args, err := q.Render(h.erp.given(map[string]any{
		"customer": string(w.id.Customer), "order": w.order, "value": nullable(w.goal), "seen": nullable(w.seen),
		"version": w.seen.Version, "now": h.erp.cfg.Now().UTC(),
	}))
	if err != nil {
		return 0, err
	}
	result, err := h.tx.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, fault.Wrap(q.File, h.erp.sorted(ctx, err))
	}
	return result.RowsAffected()
}

// holdQuery picks the statement: a row that is not there is inserted, one that
// shall not be there is deleted.
func (e *ERP) holdQuery(w holdWrite) (*presets.Query, error) {
	name := "hold_set"
	switch mode := e.cfg.HoldMode; {
	case w.order != "":
		name = "orders_hold_set"
	case mode != presets.ModeSQL && mode != presets.ModeGuard:
		return nil, fault.New(fault.Unsupported, "holds are written by %s here, not by statements of the preset %s", mode, e.cfg.Preset.Name)
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
