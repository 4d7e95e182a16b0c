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
)

// fetchRows are asked for at a time: one trip to the server brings many.
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
