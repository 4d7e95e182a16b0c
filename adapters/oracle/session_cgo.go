//go:build cgo

package oracle

import (
	"context"
	"database/sql/driver"
	"errors"

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
