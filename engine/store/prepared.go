package store

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"modernc.org/sqlite"
)

// preparedKept is how many prepared statements a connection keeps.
const preparedKept = 256

// openPrepared is sql.Open for an SQLite file whose connections keep the
// statements that they have prepared: parsing one takes longer than most of
// them take to run.
func openPrepared(dsn string) (*sql.DB, error) {
	base, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(preparer{base}), nil
}

// preparer opens connections that keep prepared statements.
type preparer struct{ driver.Connector }

// Connect opens a connection.
func (p preparer) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &preparedConn{sqliteConn: c.(sqliteConn), free: map[string]sqliteStmt{}}, nil
}

// sqliteConn is what a connection of the driver can do; its own way of running
// a statement is not among it.
type sqliteConn interface {
	driver.ConnPrepareContext
	driver.Conn
	driver.ConnBeginTx
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// sqliteStmt is what a statement of the driver can do.
type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// preparedConn runs a statement that it has run before without parsing it anew.
// A statement that is running is not in free.
type preparedConn struct {
	sqliteConn
	free map[string]sqliteStmt
}

var (
	_ driver.ExecerContext  = (*preparedConn)(nil)
	_ driver.QueryerContext = (*preparedConn)(nil)
)

// take returns a statement that nobody else runs.
func (c *preparedConn) take(ctx context.Context, query string) (sqliteStmt, error) {
	if s, ok := c.free[query]; ok {
		delete(c.free, query)
		return s, nil
	}
	s, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.(sqliteStmt), nil
}

// give keeps a statement that has been run. Where there are many it begins anew,
// so that statements of one time only do not stay.
func (c *preparedConn) give(query string, s sqliteStmt) error {
	if _, twice := c.free[query]; twice {
		return s.Close()
	}
	if len(c.free) >= preparedKept {
		if err := c.drop(); err != nil {
			return err
		}
	}
	c.free[query] = s
	return nil
}

// drop closes the statements that are not running.
func (c *preparedConn) drop() error {
	var first error
	for query, s := range c.free {
		if err := s.Close(); first == nil {
			first = err
		}
		delete(c.free, query)
	}
	return first
}

// ExecContext runs a statement without rows.
func (c *preparedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	if kept := c.give(query, s); err == nil {
		err = kept
	}
	return result, err
}

// QueryContext runs a statement with rows; it is free again when they are
// closed.
func (c *preparedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		s.Close()
		return nil, err
	}
	return &preparedRows{Rows: rows, done: func() error { return c.give(query, s) }}, nil
}

// Close ends the connection with its statements.
func (c *preparedConn) Close() error {
	err := c.drop()
	if e := c.sqliteConn.Close(); err == nil {
		err = e
	}
	return err
}

// preparedRows gives its statement back once.
type preparedRows struct {
	driver.Rows
	done func() error
}

// Close ends the rows. It may be called twice.
func (r *preparedRows) Close() error {
	err := r.Rows.Close()
	if r.done != nil {
		if e := r.done(); err == nil {
			err = e
		}
		r.done = nil
	}
	return err
}
