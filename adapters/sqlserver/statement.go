package sqlserver

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	mssql "github.com/microsoft/go-mssqldb"
)

// grace is how long the server has to confirm that it stopped, before the
// connection is given up. The library would wait up to ten seconds.
const grace = 2 * time.Second

// overdue is a statement that was ended because it took too long.
type overdue struct{ limit time.Duration }

// Error says how long it was given.
func (o overdue) Error() string { return fmt.Sprintf("the statement took longer than %s", o.limit) }

// watch bounds one statement by the session's statement timeout, since the
// server has none of its own: it is told to stop. Where the statement is over,
// or its caller gone, the server's last word is waited for no longer than grace.
func (s *session) watch(ctx context.Context) (context.Context, func()) {
	ctx, end := context.WithCancelCause(ctx)
	var timer *time.Timer
	if limit := s.opt.StatementTimeout; limit > 0 {
		// Not a deadline of ctx: the library would drop a connection for it that
		// is as good as before.
		timer = time.AfterFunc(limit, func() { end(overdue{limit}) })
	}
	var mu sync.Mutex
	over := false
	stop := context.AfterFunc(ctx, func() {
		mu.Lock()
		defer mu.Unlock()
		if !over {
			s.wait(time.Now().Add(grace))
		}
	})
	return ctx, func() {
		if timer != nil {
			timer.Stop()
		}
		defer end(nil)
		if stop() {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		over = true
		s.wait(time.Time{})
	}
}

// late tells an error that came of the statement timeout from any other. What
// the server itself answered stays.
func late(ctx context.Context, err error) error {
	var o overdue
	if err == nil || errors.Is(err, io.EOF) || answered(err) || !errors.As(context.Cause(ctx), &o) {
		return err
	}
	return o
}

// errLost is driver.ErrBadConn in our words.
var errLost = errors.New("the connection to the server is lost")

// told returns an error of the library. That the connection is lost is said in
// our words, and remembered: a query on a sql.Conn that ends with
// driver.ErrBadConn while a transaction is open on it never returns, since
// database/sql closes the connection and waits for the transaction to end.
func (s *session) told(err error) error {
	if errors.Is(err, driver.ErrBadConn) {
		s.broken = true
		return errLost
	}
	return err
}

// statement ends when it takes too long.
type statement struct {
	*mssql.Stmt
	session *session
}

// ExecContext runs the statement.
func (s *statement) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	ctx, done := s.session.watch(ctx)
	defer done()
	result, err := s.Stmt.ExecContext(ctx, args)
	return result, late(ctx, s.session.told(err))
}

// QueryContext runs the statement; its time ends when its rows are closed.
func (s *statement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	ctx, done := s.session.watch(ctx)
	rows, err := s.Stmt.QueryContext(ctx, args)
	if err != nil {
		done()
		return nil, late(ctx, s.session.told(err))
	}
	plain, ok := rows.(*mssql.Rows)
	if !ok {
		done()
		return nil, errors.Join(fmt.Errorf("the library gave rows of type %T", rows), rows.Close())
	}
	return &cursor{Rows: plain, session: s.session, ctx: ctx, done: done}, nil
}

// cursor is the rows of a statement.
type cursor struct {
	*mssql.Rows
	session *session
	ctx     context.Context
	done    func()
}

// Next reads one row.
func (c *cursor) Next(dest []driver.Value) error {
	return late(c.ctx, c.session.told(c.Rows.Next(dest)))
}

// Close ends the statement. Where the server does not say that it stopped, the
// rest of its answer may still come, and the connection is of no more use.
func (c *cursor) Close() error {
	defer c.done()
	err := c.Rows.Close()
	if err != nil && !answered(err) {
		c.session.broken = true
	}
	return late(c.ctx, err)
}

// BeginTx begins a transaction. The library keeps ctx for its end, so that it is
// watched only, and not bounded.
func (s *session) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	bounded, done := s.watch(ctx)
	defer done()
	tx, err := s.Conn.BeginTx(ctx, opts)
	if err != nil {
		return nil, late(bounded, err)
	}
	return &transaction{Tx: tx, session: s, ctx: ctx}, nil
}

// transaction is one whose end is bounded too.
type transaction struct {
	driver.Tx
	session *session
	ctx     context.Context
}

// Commit ends it and keeps what was written.
func (t *transaction) Commit() error {
	_, done := t.session.watch(t.ctx)
	defer done()
	err := t.Tx.Commit()
	t.session.broken = t.session.broken || err != nil && !answered(err)
	return err
}

// Rollback ends it without a trace. If its caller has gone the library does not
// wait for the answer; the connection is closed then, which undoes it as well.
func (t *transaction) Rollback() error {
	_, done := t.session.watch(context.WithoutCancel(t.ctx))
	defer done()
	err := t.Tx.Rollback()
	t.session.broken = t.session.broken || err != nil && !answered(err)
	return err
}
