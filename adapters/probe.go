package adapters

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// skewAllowed is how far the two clocks may differ without a word.
const skewAllowed = 5 * time.Minute

// Probe checks login, rights, columns, identity and clock, and changes nothing.
// An unreachable ERP is an error; all else is a Finding.
func (e *ERP) Probe(ctx context.Context) (ar.Findings, error) {
	h := e.Capability()
	f := ar.Findings{Level: h.Level, Stops: h.Stops}
	err := retry(ctx, nil, func() error {
		f.Items = nil
		return e.onConn(ctx, e.read, func(conn *sql.Conn) error { return e.probeRead(ctx, conn, &f) })
	})
	if err != nil {
		return f, fault.Wrap(string(e.cfg.Source)+": probe", err)
	}
	if h.Writable {
		err := e.onConn(ctx, e.write, func(conn *sql.Conn) error { return e.probeHold(ctx, conn, &f) })
		if err != nil {
			bad(&f, "hold login", err)
		}
	}
	return f, nil
}

// bad adds a finding for which a start would fail.
func bad(f *ar.Findings, where string, err error) {
	item := ar.Finding{Bad: true, Where: where, What: err.Error(), Cure: cureOf(err)}
	if item.Cure != "" {
		item.What = strings.TrimSuffix(item.What, "; "+item.Cure)
	}
	f.Items = append(f.Items, item)
}

// cureOf returns the innermost cure of err, or none.
func cureOf(err error) (cure string) {
	var e *fault.Error
	for errors.As(err, &e) {
		if e.Cure != "" {
			cure = e.Cure
		}
		err = e.Err
	}
	return cure
}

func note(f *ar.Findings, where, what, cure string) {
	f.Items = append(f.Items, ar.Finding{Where: where, What: what, Cure: cure})
}

// probeRead looks at the server, its clock and every query on conn.
func (e *ERP) probeRead(ctx context.Context, conn *sql.Conn, f *ar.Findings) error {
	server, err := e.cfg.Driver.Server(ctx, conn)
	if err != nil {
		return err
	}
	f.Identity, f.Version = server.Identity, server.Version
	f.Plain = !server.Encrypted && !e.cfg.Driver.Local(e.cfg.DSN)
	if f.Plain {
		note(f, "connection", "it leaves this machine and is not encrypted", "set up TLS on the server and take allow_plaintext out")
	}
	if err := e.probeClock(ctx, conn, f); err != nil {
		return err
	}
	columns := len(f.Items)
	e.probeFingerprint(ctx, conn, f)
	broken := len(f.Items) > columns
	for _, name := range e.readQueries() {
		if err := e.probeQuery(ctx, conn, e.cfg.Preset.Queries[name]); err != nil {
			bad(f, e.cfg.Preset.Queries[name].File, err)
			broken = true
		}
	}
	if !broken {
		e.probeCompany(ctx, conn, f)
	}
	return ctx.Err()
}

// probeClock compares the clocks: another day is bad, since the plan of a day
// would be made on another one.
func (e *ERP) probeClock(ctx context.Context, conn *sql.Conn, f *ar.Findings) error {
	theirs, err := e.cfg.Driver.Clock(ctx, conn)
	if err != nil {
		return err
	}
	ours := e.cfg.Now()
	f.Skew = theirs.Sub(ours).Round(time.Millisecond)
	if f.Skew.Abs() <= skewAllowed {
		return nil
	}
	what := fmt.Sprintf("the ERP's clock says %s and ours %s: %s apart", stamp(theirs), stamp(ours), f.Skew.Abs().Round(time.Second))
	cure := "set the clock that is wrong, and let both machines keep time by NTP"
	otherDay := ar.DayOf(theirs.UTC()) != ar.DayOf(ours.UTC())
	f.Items = append(f.Items, ar.Finding{Bad: otherDay, Where: "clock", What: what, Cure: cure})
	return nil
}

// readQueries lists the queries of the reading login, in the order of a pull.
func (e *ERP) readQueries() []string {
	all := slices.Concat([]string{"companies"}, entityOrder, []string{"hold_get", "hold_targets"})
	return slices.DeleteFunc(all, func(name string) bool { return e.cfg.Preset.Queries[name] == nil })
}

// probeQuery lets the database check names and rights of a query, with every
// optional line in place, and compares its columns.
func (e *ERP) probeQuery(ctx context.Context, conn *sql.Conn, q *presets.Query) error {
	binds := map[string]any{"customer": "0"}
	for _, name := range presets.Optional {
		switch {
		case !q.Has(name):
		case name == "since":
			binds[name] = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
		case name == "since_no":
			binds[name] = int64(1)
		case name == "closed_since":
			binds[name] = "2000-01-01"
		default:
			binds[name] = []string{"0"}
		}
	}
	text, args, err := q.Render(e.given(binds))
	if err != nil {
		return err
	}
	columns, err := e.cfg.Driver.Describe(ctx, conn, text, args)
	if err != nil {
		return e.sorted(ctx, err)
	}
	return checkColumns(q, columns)
}

// probeFingerprint names each column of the preset that this version of the ERP
// does not have.
func (e *ERP) probeFingerprint(ctx context.Context, conn *sql.Conn, f *ar.Findings) {
	tables := make([]string, 0, len(e.cfg.Preset.Fingerprint))
	for table := range e.cfg.Preset.Fingerprint {
		tables = append(tables, table)
	}
	slices.Sort(tables)
	for _, table := range tables {
		columns := e.cfg.Preset.Fingerprint[table]
		if e.reads(ctx, conn, table, columns...) == nil {
			continue
		}
		for _, column := range columns {
			if err := e.reads(ctx, conn, table, column); err != nil {
				bad(f, table+"."+column, err)
			}
		}
	}
}

// reads checks that the login may read columns of a table.
func (e *ERP) reads(ctx context.Context, conn *sql.Conn, table string, columns ...string) error {
	_, err := e.cfg.Driver.Describe(ctx, conn, "SELECT "+strings.Join(columns, ", ")+" FROM "+table, nil)
	return e.sorted(ctx, err)
}

// probeCompany checks that the company is there.
func (e *ERP) probeCompany(ctx context.Context, conn *sql.Conn, f *ar.Findings) {
	if _, err := (&session{erp: e, conn: conn}).base(ctx); err != nil {
		bad(f, "company", err)
	}
}

// probeHold proves from the catalogue that the hold can be written, and tells
// where the login could do more than it should.
func (e *ERP) probeHold(ctx context.Context, conn *sql.Conn, f *ar.Findings) error {
	h := e.cfg.Preset.Hold
	f.CanHold = true
	switch h.Mode {
	case presets.ModeProcedure:
		note(f, "hold login", "whether it may call holdfast_set_hold is seen at the first hold", "")
		return nil
	case presets.ModeStaging:
		rights, err := e.cfg.Driver.Rights(ctx, conn, "holdfast_request", "told_at")
		if err == nil && !(rights.Insert && rights.Update) {
			bad(f, "hold login", fault.New(fault.Denied, "it may not ask in holdfast_request").
				WithCure("run the script of holdfast hold script staging in the ERP's database, with its grants"))
			f.CanHold = false
		}
		return err
	}
	rights, err := e.cfg.Driver.Rights(ctx, conn, h.Table, h.Column)
	if err != nil {
		return err
	}
	e.probeRights(rights, f)
	if h.Mode == presets.ModeGuard {
		return e.probeGuard(ctx, conn, f)
	}
	return nil
}

// probeRights compares the hold login's rights with what the statements need.
func (e *ERP) probeRights(rights Rights, f *ar.Findings) {
	missing := missingRights(e.cfg.Preset, rights)
	if len(missing) > 0 {
		bad(f, "hold login", fault.New(fault.Denied, "it lacks the right to %s on %s", strings.Join(missing, " and "), e.cfg.Preset.Hold.Table).
			WithCure("%s", strings.Join(e.cfg.Preset.HoldRights, " ")))
		f.CanHold = false
	}
	if rights.Super {
		note(f, "hold login", "it may do anything in the database", "make a login with no more than: "+strings.Join(e.cfg.Preset.HoldRights, " "))
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
