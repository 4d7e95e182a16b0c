package adapters

import (
	"context"
	"database/sql"

	"holdfast/adapters/presets"
	"holdfast/engine/fault"
)

// call lets the site's own procedure write the hold. It compares for itself;
// what it did is read back. A procedure may commit by itself, so a connection
// that is lost meanwhile leaves its outcome unknown.
func (h holdTx) call(ctx context.Context, w holdWrite) error {
	_, err := h.exec(ctx, h.erp.cfg.Preset.Queries["hold_call"], w)
	if fault.Is(err, fault.Transient) {
		return fault.New(fault.Uncertain, "the procedure was called and gave no answer: %w", err).
			WithCure("the hold is read again before anything else is written")
	}
	if err != nil {
		return err
	}
	got, err := h.hold(ctx, w.id)
	if err == nil && !got.Same(w.goal) {
		return fault.New(fault.Conflict, "holdfast_set_hold was called to make the hold %s, and it is %s: the procedure refused", w.goal, got)
	}
	return err
}

// ask leaves a request for the site's own job, or hears what became of the last
// one. The ERP's own flag says when it is so.
func (h holdTx) ask(ctx context.Context, w holdWrite) (written, error) {
	got, err := h.hold(ctx, w.id)
	if err != nil {
		return written{}, err
	}
	queries := h.erp.cfg.Preset.Queries
	answer := &answers{query: queries["hold_asked"]}
	if err := h.stream(ctx, answer.query, map[string]any{"customer": string(w.id.Customer)}, answer); err != nil {
		return written{}, err
	}
	if len(answer.said) > 0 {
		if _, err := h.exec(ctx, queries["hold_told"], w); err != nil {
			return written{}, err
		}
	}
	switch {
	case got.Same(w.goal):
		return written{state: got}, nil
	case !got.Same(w.seen):
		return written{}, fault.New(fault.Conflict, "the hold is %s in the ERP and was %s when it was read", got, w.seen)
	case len(answer.said) > 0:
		return written{got, fault.New(fault.Conflict, "the ERP's own job was asked to make the hold %s and says %q; it is %s",
			w.goal, answer.said[0], got)}, nil
	}
	if _, err := h.exec(ctx, queries["hold_ask"], w); err != nil {
		return written{}, err
	}
	return written{got, fault.New(fault.Pending, "the ERP's own job was asked to make the hold %s", w.goal)}, nil
}

// answers takes the outcomes of requests.
type answers struct {
	query *presets.Query
	said  []string
}

// Columns compares the result with the canonical names.
func (a *answers) Columns(cols []Column) error { return checkColumns(a.query, cols) }

// Row takes one outcome.
func (a *answers) Row(cells [][]byte) error {
	a.said = append(a.said, string(trimmed(cells[0])))
	return nil
}

// Renew tells the guard in the ERP that this program is alive and reads. It does
// nothing where no guard is used.
func (e *ERP) Renew(ctx context.Context) error {
	if e.cfg.HoldMode != presets.ModeGuard {
		return nil
	}
	err := retry(ctx, nil, func() error {
		return e.onConn(ctx, e.write, func(conn *sql.Conn) error { return e.renew(ctx, conn) })
	})
	return fault.Wrap(string(e.cfg.Source)+": renew the guard's lease", err)
}

func (e *ERP) renew(ctx context.Context, conn *sql.Conn) error {
	q := e.cfg.Preset.Queries["hold_lease"]
	text, args, err := q.Render(e.given(nil))
	if err != nil {
		return err
	}
	result, err := conn.ExecContext(ctx, text, args...)
	if err != nil {
		return fault.Wrap(q.File, e.sorted(ctx, err))
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return fault.New(fault.NotFound, "%s: holdfast_lease has %d rows and should have one (%v)", q.File, n, err).
			WithCure("run the guard's script again: installer/guard")
	}
	return nil
}

// guards lists the guard's triggers that are in force in the ERP; none where no
// guard is used.
func (s *session) guards(ctx context.Context) ([]string, error) {
	q := s.erp.cfg.Preset.Queries["hold_guards"]
	if q == nil {
		return nil, nil
	}
	list := &answers{query: q}
	err := s.stream(ctx, q, nil, list)
	return list.said, err
}
