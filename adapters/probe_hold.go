package adapters

import (
	"context"
	"database/sql"
	"strings"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// probeHold proves from the catalogue that the hold can be written, and tells
// where the login could do more than it should.
func (e *ERP) probeHold(ctx context.Context, conn *sql.Conn, f *ar.Findings) error {
	h := e.cfg.Preset.Hold
	f.CanHold = true
	if err := e.probeWritable(ctx, conn, f, holdLogin, append([]string{h.Table, h.OrderTable}, ours...)...); err != nil {
		return err
	}
	switch h.Mode {
	case presets.ModeProcedure:
		note(f, holdLogin, "whether it may call holdfast_set_hold is seen at the first hold", "")
		return nil
	case presets.ModeStaging:
		rights, err := e.cfg.Driver.Rights(ctx, conn, "holdfast_request", "told_at")
		if err == nil && !(rights.Insert && rights.Update) {
			bad(f, holdLogin, fault.New(fault.Denied, "it may not ask in holdfast_request").
				WithCure("run the script of holdfast hold script staging in the ERP's database, with its grants"))
			f.CanHold = false
		}
		return err
	}
	if err := e.probeTable(ctx, conn, f); err != nil {
		return err
	}
	if err := e.probeOrders(ctx, conn, f); err != nil {
		return err
	}
	if h.Mode == presets.ModeGuard {
		return e.probeGuard(ctx, conn, f)
	}
	return nil
}

// probeTable compares the hold login's rights on what is written with those that
// the statements need. Where the catalogue tells none, the first hold will.
func (e *ERP) probeTable(ctx context.Context, conn *sql.Conn, f *ar.Findings) error {
	rights, err := e.cfg.Driver.Rights(ctx, conn, e.cfg.Preset.Hold.Table, e.cfg.Preset.Hold.Column)
	if err = e.sorted(ctx, err); ctx.Err() != nil || fault.Is(err, fault.Transient) {
		return err
	}
	if err != nil {
		note(f, holdLogin, "its rights are not known: "+err.Error(), "")
		return nil
	}
	e.probeRights(rights, f)
	return nil
}

// probeOrders says where the hold login may not write the holds of orders. It
// hinders no start: going through the orders is a choice.
func (e *ERP) probeOrders(ctx context.Context, conn *sql.Conn, f *ar.Findings) error {
	h := e.cfg.Preset.Hold
	if !e.Capability().Sweeps || h.OrderTable == "" {
		return nil
	}
	rights, err := e.cfg.Driver.Rights(ctx, conn, h.OrderTable, h.OrderColumn)
	if err == nil && !rights.Update {
		note(f, holdLogin, "it lacks the right to UPDATE "+h.OrderColumn+" on "+h.OrderTable+": open orders cannot be held", strings.Join(e.cfg.Preset.HoldRights, " "))
	}
	return err
}

// probeRights compares the hold login's rights with what the statements need.
func (e *ERP) probeRights(rights Rights, f *ar.Findings) {
	missing := missingRights(e.cfg.Preset, rights)
	if len(missing) > 0 {
		bad(f, holdLogin, fault.New(fault.Denied, "it lacks the right to %s on %s", strings.Join(missing, " and "), e.cfg.Preset.Hold.Table).
			WithCure("%s", strings.Join(e.cfg.Preset.HoldRights, " ")))
		f.CanHold = false
	}
	if rights.Super {
		note(f, holdLogin, "it may do anything in the database", "make a login with no more than: "+strings.Join(e.cfg.Preset.HoldRights, " "))
	}
}

// probeGuard looks for the guard's trigger: without it a hold stops nothing.
func (e *ERP) probeGuard(ctx context.Context, conn *sql.Conn, f *ar.Findings) error {
	names, err := (&session{erp: e, conn: conn}).guards(ctx)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		bad(f, "guard", fault.New(fault.NotFound, "hold_mode is guard, and no trigger named holdfast_guard is in force in the ERP: a hold would stop nothing").
			WithCure("run the script of holdfast hold script guard in the ERP's database"))
		f.CanHold = false
		return nil
	}
	note(f, "guard", "in force: "+strings.Join(names, ", "), "")
	return nil
}

// missingRights names what the statements of the preset need and the login
// lacks.
func missingRights(p *presets.Preset, r Rights) []string {
	var missing []string
	if !r.Update && p.Queries["hold_set"] != nil {
		missing = append(missing, "UPDATE "+p.Hold.Column)
	}
	if !r.Insert && p.Queries["hold_insert"] != nil {
		missing = append(missing, "INSERT")
	}
	if !r.Delete && p.Queries["hold_delete"] != nil {
		missing = append(missing, "DELETE")
	}
	return missing
}
