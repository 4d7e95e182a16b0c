package adapters

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

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
			bad(&f, holdLogin, err)
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
	f.Identity, f.Version, f.Collation, f.Encrypted = server.Identity, server.Version, server.Collation, server.Encrypted
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
		e.probePlans(ctx, conn, f)
	}
	return e.probeWritable(ctx, conn, f, readLogin)
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

// probeCompany checks that the company is there.
func (e *ERP) probeCompany(ctx context.Context, conn *sql.Conn, f *ar.Findings) {
	if _, err := (&session{erp: e, conn: conn}).base(ctx); err != nil {
		bad(f, "company", err)
	}
}
