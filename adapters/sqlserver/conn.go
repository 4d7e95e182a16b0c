package sqlserver

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
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
	raw, err := c.Connector.Connect(context.WithValue(ctx, loginKey{}, &l))
	if err != nil {
		return nil, err
	}
	l.done()
	s := &session{Conn: raw.(*mssql.Conn), opt: c.opt, encrypted: c.encrypted, setUp: c.setUp}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// session is a connection with its options.
type session struct {
	*mssql.Conn
	opt       adapters.Options
	encrypted bool
	setUp     []string // what this server accepts of the connector's
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

// ResetSession makes a pooled connection as good as new. One that cannot be
// reset is replaced.
func (s *session) ResetSession(ctx context.Context) error {
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
		return stmt, err
	}
	return &statement{Stmt: plain, limit: s.opt.StatementTimeout}, nil
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

// statement ends when it takes too long. Queries are bounded where their rows
// are read.
type statement struct {
	*mssql.Stmt
	limit time.Duration
}

// ExecContext runs the statement.
func (s *statement) ExecContext(ctx context.Context, args []driver.NamedValue) (result driver.Result, err error) {
	err = within(ctx, s.limit, func(ctx context.Context) error {
		result, err = s.Stmt.ExecContext(ctx, args)
		return err
	})
	return result, err
}

// overdue is a statement that was ended because it took too long.
type overdue struct{ limit time.Duration }

// Error says how long it was given.
func (o overdue) Error() string { return fmt.Sprintf("the statement took longer than %s", o.limit) }

// within runs f, at most as long as limit; 0 is no limit. SQL Server has no
// timeout of its own for statements: it is told to stop.
func within(ctx context.Context, limit time.Duration, f func(context.Context) error) error {
	if limit == 0 {
		return f(ctx)
	}
	inner, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := f(inner)
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return overdue{limit}
	}
	return err
}

// limited runs f within the statement timeout of conn.
func limited(ctx context.Context, conn *sql.Conn, f func(context.Context) error) error {
	var limit time.Duration
	err := conn.Raw(func(raw any) error {
		limit = raw.(*session).opt.StatementTimeout
		return nil
	})
	if err != nil {
		return err
	}
	return within(ctx, limit, f)
}

// login collects the sockets of one login, so that their deadline can be taken
// off when it is over.
type login struct {
	mu      sync.Mutex
	sockets []net.Conn
}

type loginKey struct{}

func (l *login) add(c net.Conn, until time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sockets = append(l.sockets, c)
	return c.SetDeadline(until)
}

// done takes the deadline off. Of sockets that were left it says nothing.
func (l *login) done() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.sockets {
		_ = c.SetDeadline(time.Time{})
	}
}

// dialer opens the sockets of a login, each with a deadline: a server that
// accepts and then says nothing would be waited for for ever.
type dialer struct {
	home  bool // nowhere else than to this machine
	wait  time.Duration
	alive time.Duration
}

// DialContext opens a socket. A server on this machine may send the login on to
// another one; that is refused where this machine was the reason for less
// encryption.
func (d dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if h, _, err := net.SplitHostPort(address); d.home && (err != nil || !loopback(h)) {
		return nil, fmt.Errorf("the DSN names this machine and the server sends the login on to %s", address)
	}
	until := time.Now().Add(d.wait)
	nd := net.Dialer{KeepAlive: d.alive, Deadline: until}
	c, err := nd.DialContext(ctx, network, address)
	l, ok := ctx.Value(loginKey{}).(*login)
	if err != nil || !ok {
		return c, err
	}
	return c, l.add(c, until)
}
