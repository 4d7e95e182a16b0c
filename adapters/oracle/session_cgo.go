//go:build cgo

package oracle

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/godror/godror"

	"holdfast/adapters"
)

// connector opens sessions of one pool.
type connector struct {
	driver.Connector
	opt adapters.Options
}

// Connect opens a session.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, withoutTrail(err)
	}
	return &session{oracleConn: conn.(oracleConn), opt: c.opt}, nil
}

// oracleConn is what godror's connections can do.
type oracleConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.Validator
	driver.SessionResetter
	Break() error
}

// session is a connection that keeps the promises of adapters.Options, which
// Oracle has no session setting for: it writes only where the pool may, and no
// statement takes longer than it is allowed to.
type session struct {
	oracleConn
	opt      adapters.Options
	inTx     bool
	lost     bool // it cannot be used any more
	planning bool // a plan is being written into the session's own PLAN_TABLE
}

// told returns an error in Oracle's own words. That the connection is lost is
// said in ours, and remembered: a query on a sql.Conn that ends with
// driver.ErrBadConn while a transaction is open on it never returns, since
// database/sql closes the connection and waits for the transaction to end.
func (s *session) told(err error) error {
	if errors.Is(err, driver.ErrBadConn) {
		s.lost = true
		return errLost
	}
	return withoutTrail(err)
}

// IsValid reports whether the pool may keep the session.
func (s *session) IsValid() bool { return !s.lost && s.oracleConn.IsValid() }

const readOnly = "SET TRANSACTION READ ONLY"

// BeginTx begins a transaction, read-only where the pool does not write. godror
// sets the transaction in the mode that commits at once, and a commit ends a
// read-only transaction: it is set again here, inside it.
func (s *session) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	opts.ReadOnly = opts.ReadOnly || !s.opt.Write && !s.planning
	tx, err := s.oracleConn.BeginTx(ctx, opts)
	if err != nil {
		return nil, s.told(err)
	}
	s.inTx = true
	t := transaction{Tx: tx, session: s}
	if opts.ReadOnly {
		if err := s.run(ctx, readOnly); err != nil && codeOf(err) != setAlready {
			return nil, errors.Join(err, t.Rollback())
		}
	}
	return t, nil
}

// run carries out a statement that has no binds.
func (s *session) run(ctx context.Context, text string) error {
	st, err := s.oracleConn.PrepareContext(ctx, text)
	if err != nil {
		return s.told(err)
	}
	_, err = st.(driver.StmtExecContext).ExecContext(ctx, nil)
	return errors.Join(s.told(err), s.told(st.Close()))
}

// renew begins the read-only transaction anew, so that what it shows is no older
// than this moment.
func (s *session) renew(ctx context.Context) error {
	if !s.inTx {
		return nil
	}
	if err := s.run(ctx, "COMMIT"); err != nil {
		return err
	}
	return s.run(ctx, readOnly)
}

// plans lets the session write into its PLAN_TABLE, or no longer.
func (s *session) plans(on bool) { s.planning = on }

// transaction tells its session when it is over.
type transaction struct {
	driver.Tx
	session *session
}

// Commit ends it.
func (t transaction) Commit() error {
	t.session.inTx = false
	return t.session.told(t.Tx.Commit())
}

// Rollback ends it.
func (t transaction) Rollback() error {
	t.session.inTx = false
	return t.session.told(t.Tx.Rollback())
}

// Rows to ask for at a time: one trip to the server brings many.
const fetchRows = 1000

// PrepareContext prepares a statement whose numbers come as text.
func (s *session) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	st, err := s.oracleConn.PrepareContext(ctx, ended(query))
	if err != nil {
		return nil, s.told(err)
	}
	own := &statement{oracleStmt: st.(oracleStmt), session: s, locks: changes(query), end: func() {}}
	for _, option := range []godror.Option{godror.NumberAsString(), godror.FetchArraySize(fetchRows), godror.PrefetchCount(fetchRows + 1)} {
		if err := own.CheckNamedValue(&driver.NamedValue{Value: option}); err != driver.ErrRemoveArgument {
			return nil, errors.Join(err, st.Close())
		}
	}
	return own, nil
}

// Prepare is for callers without a context.
func (s *session) Prepare(query string) (driver.Stmt, error) {
	return s.PrepareContext(context.Background(), query)
}

// ended gives a block of PL/SQL the semicolon that belongs to it; a statement of
// SQL must have none.
func ended(query string) string {
	if begins(query, "BEGIN", "DECLARE") {
		return strings.TrimRight(query, "; \t\r\n") + ";"
	}
	return query
}

// changes reports whether a statement takes row locks, and so may wait for
// those of others.
func changes(query string) bool { return begins(query, "INSERT", "UPDATE", "DELETE", "MERGE") }

// begins reports whether the first word of a statement is one of verbs.
func begins(query string, verbs ...string) bool {
	words := strings.Fields(query)
	return len(words) > 0 && slices.Contains(verbs, strings.ToUpper(words[0]))
}

// oracleStmt is what godror's statements can do.
type oracleStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
	driver.NamedValueChecker
}

// statement is ended when its time is over.
type statement struct {
	oracleStmt
	session *session
	locks   bool
	end     func()
}

// Close ends the statement.
func (st *statement) Close() error {
	st.end()
	return st.session.told(st.oracleStmt.Close())
}

// limited is ctx with the time that the statement has; zero: as long as it
// takes.
func (st *statement) limited(ctx context.Context) (context.Context, time.Duration) {
	limit := st.session.opt.StatementTimeout
	if st.locks && st.session.opt.LockTimeout > 0 {
		limit = st.session.opt.LockTimeout
	}
	st.end()
	var cancel context.CancelFunc
	if limit > 0 {
		ctx, cancel = context.WithTimeout(ctx, limit)
	} else {
		ctx, cancel = context.WithCancel(ctx)
	}
	st.end = cancel
	return ctx, limit
}

// ExecContext carries the statement out. Where the pool does not write it stands
// in a read-only transaction, so that Oracle refuses what would.
func (st *statement) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	own, limit := st.limited(ctx)
	if st.session.inTx || st.session.opt.Write {
		result, err := st.oracleStmt.ExecContext(own, args)
		return result, st.late(ctx, own, limit, err)
	}
	tx, err := st.session.BeginTx(own, driver.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	result, err := st.oracleStmt.ExecContext(own, args)
	return result, errors.Join(st.late(ctx, own, limit, err), tx.Rollback())
}

// QueryContext runs the query. Its time counts until the last row is read.
func (st *statement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	own, limit := st.limited(ctx)
	rows, err := st.oracleStmt.QueryContext(own, args)
	if err != nil {
		return nil, st.late(ctx, own, limit, err)
	}
	c := &cursor{oracleRows: rows.(oracleRows), told: st.session.told}
	c.late = func(err error) error { return st.late(ctx, own, limit, err) }
	c.stop = context.AfterFunc(own, func() {
		if c.fetching.Load() {
			// The fetch that it ends tells what happened.
			_ = st.session.Break()
		}
	})
	return c, nil
}

// early is by how much the client's call timeout, counted in milliseconds, may
// come before the deadline that it was set for.
const early = 20 * time.Millisecond

// late words an error that came because the statement's own time was over; when
// the caller's is, that is the error. Of any other Oracle's own words are kept.
func (st *statement) late(ctx, own context.Context, limit time.Duration, err error) error {
	err = st.session.told(err)
	if at, ok := own.Deadline(); err != nil && ok && time.Until(at) < early {
		<-own.Done()
	}
	switch {
	case err == nil || own.Err() == nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return &lateError{limit: limit, locks: st.locks, cause: err}
}

// oracleRows is what godror's rows can do.
type oracleRows interface {
	driver.Rows
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypePrecisionScale
}

// cursor is rows whose fetch ends soon after its context.
type cursor struct {
	oracleRows
	fetching atomic.Bool
	late     func(error) error
	told     func(error) error
	stop     func() bool
}

// Next brings the next row.
func (c *cursor) Next(dest []driver.Value) error {
	c.fetching.Store(true)
	err := c.oracleRows.Next(dest)
	c.fetching.Store(false)
	if err == nil || err == io.EOF {
		return err
	}
	return c.late(err)
}

// Close ends the rows.
func (c *cursor) Close() error {
	c.stop()
	return c.told(c.oracleRows.Close())
}
