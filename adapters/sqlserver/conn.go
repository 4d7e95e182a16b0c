package sqlserver

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	mssql "github.com/microsoft/go-mssqldb"
	_ "github.com/microsoft/go-mssqldb/integratedauth/krb5" // authenticator=krb5
	"github.com/microsoft/go-mssqldb/msdsn"
	_ "github.com/microsoft/go-mssqldb/namedpipe"    // server=np:, on Windows
	_ "github.com/microsoft/go-mssqldb/sharedmemory" // server=lpc:, on Windows

	"holdfast/adapters"
)

// connector opens connections that know their options.
type connector struct {
	*mssql.Connector
	opt       adapters.Options
	setUp     []string
	encrypted bool // the library keeps to it, or does not connect
}

// newConnector takes the DSN's "connection timeout" as the time for a login.
// The library would take it as the longest silence of a statement.
func newConnector(cfg msdsn.Config, opt adapters.Options) *connector {
	c := &connector{
		opt: opt, setUp: setUp(opt),
		encrypted: cfg.Encryption == msdsn.EncryptionRequired || cfg.Encryption == msdsn.EncryptionStrict,
	}
	dial := dialer{home: home(cfg), wait: cfg.ConnTimeout, alive: cfg.KeepAlive}
	cfg.ConnTimeout = 0
	c.Connector = mssql.NewConnectorConfig(cfg)
	c.Connector.Dialer = dial
	return c
}

// setUp lists the settings of a session. Days are written year first whatever
// language the login has. Where two sessions lock each other out it is ours
// that gives way, and not the ERP's user. A write that fails or is broken off
// leaves no transaction with locks open in the ERP.
func setUp(opt adapters.Options) []string {
	list := []string{"SET DATEFORMAT ymd", "SET DEADLOCK_PRIORITY LOW"}
	if opt.LockTimeout > 0 {
		list = append(list, fmt.Sprintf("SET LOCK_TIMEOUT %d", opt.LockTimeout.Milliseconds()))
	}
	if opt.Write {
		list = append(list, "SET XACT_ABORT ON")
	}
	return list
}

// Connect logs in and sets the session up.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	var l login
	stop := context.AfterFunc(ctx, l.abort) // the library looks at ctx only while it dials
	defer stop()
	raw, err := c.Connector.Connect(context.WithValue(ctx, loginKey{}, &l))
	if err != nil {
		return nil, err
	}
	s := &session{Conn: raw.(*mssql.Conn), opt: c.opt, encrypted: c.encrypted, setUp: c.setUp, sockets: l.sockets}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if !stop() {
		return nil, errors.Join(ctx.Err(), s.Close())
	}
	s.wait(time.Time{})
	return s, nil
}

// session is a connection with its options.
type session struct {
	*mssql.Conn
	opt       adapters.Options
	encrypted bool
	setUp     []string   // what this server accepts of the connector's
	sockets   []net.Conn // the last is in use; those that were left before are closed
	broken    bool       // an answer of the server may still be under way
}

// wait sets until when the server's answer is waited for; zero: for ever. A
// socket that was left refuses it, which means nothing.
func (s *session) wait(until time.Time) {
	for _, c := range s.sockets {
		_ = c.SetDeadline(until)
	}
}

// prepare sets a new session up. A server that does not know one of the
// settings gets the others.
func (s *session) prepare(ctx context.Context) error {
	err := s.run(ctx, strings.Join(s.setUp, "; "))
	if !answered(err) {
		return err
	}
	var known []string
	for _, one := range s.setUp {
		err := s.run(ctx, one)
		switch {
		case err == nil:
			known = append(known, one)
		case !answered(err):
			return err
		}
	}
	s.setUp = known
	return nil
}

// IsValid reports whether the connection may be used again.
func (s *session) IsValid() bool { return !s.broken && s.Conn.IsValid() }

// ResetSession makes a pooled connection as good as new. One that cannot be
// reset is replaced.
func (s *session) ResetSession(ctx context.Context) error {
	if s.broken {
		return driver.ErrBadConn
	}
	if err := s.Conn.ResetSession(ctx); err != nil {
		return err
	}
	if len(s.setUp) > 0 && s.run(ctx, strings.Join(s.setUp, "; ")) != nil {
		return driver.ErrBadConn
	}
	return nil
}

// run carries out a batch of the driver's own.
func (s *session) run(ctx context.Context, batch string) error {
	ctx, done := s.watch(ctx)
	defer done()
	stmt, err := s.Conn.PrepareContext(ctx, batch)
	if err != nil {
		return err
	}
	_, err = stmt.(driver.StmtExecContext).ExecContext(ctx, nil)
	return err
}

// errReads is the refusal to write on a reading session.
var errReads = errors.New("this session only reads, and the statement would write")

// PrepareContext keeps a statement within the session's options. The server has
// no sessions that only read, so that a slip is caught here; what the login may
// not do is the bound that holds.
func (s *session) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if !s.opt.Write && writes(query) {
		return nil, errReads
	}
	stmt, err := s.Conn.PrepareContext(ctx, query)
	plain, ok := stmt.(*mssql.Stmt)
	if err != nil || !ok {
		return stmt, s.told(err)
	}
	return &statement{Stmt: plain, session: s}, nil
}

var writers = map[string]bool{
	"INSERT": true, "UPDATE": true, "DELETE": true, "MERGE": true, "TRUNCATE": true, "CREATE": true, "ALTER": true, "DROP": true,
	"GRANT": true, "REVOKE": true, "DENY": true, "BACKUP": true, "RESTORE": true, "BULK": true, "UPDATETEXT": true, "WRITETEXT": true,
}

// writes reports whether a statement begins as one that changes something.
func writes(query string) bool {
	first := strings.FieldsFunc(query, func(r rune) bool { return r <= ' ' || r == ';' || r == '(' })
	return len(first) > 0 && writers[strings.ToUpper(first[0])]
}
