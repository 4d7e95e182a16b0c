// Package tds is a server that speaks TDS 7.4, as SQL Server does, over one
// PostgreSQL database: a stand-in for tests where there is no SQL Server. T-SQL
// is rewritten by package tsql; read there what of it is known.
//
// It emulates: login by name and password, batches, sp_executesql with typed
// parameters, sp_describe_first_result_set, procedures kept as text, transactions
// and their isolation levels, XACT_ABORT and LOCK_TIMEOUT, attention, reset of
// pooled connections, typed and streamed results, logins with rights of their own,
// and errors under SQL Server's numbers.
//
// It does not emulate: encryption, Windows logins, cursors, bulk copy, output
// parameters, several results at once (MARS), the locks that readers take under
// READ COMMITTED, plans (SHOWPLAN answers that the right is missing), and whatever
// package tsql leaves out.
//
// What passes here has been spoken over the real protocol by the real driver, but
// to PostgreSQL: it is no proof that SQL Server answers likewise.
package tds

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"holdfast/adapters/adaptertest/tsql"
)

// Database is the name of the one database that each server has, whatever the
// one behind it is called, so that what DB_NAME() brings is the same every time.
const Database = "HOLDFAST_ERP"

// Server listens on the loopback address.
type Server struct {
	Faults Faults

	dsn      string // of PostgreSQL
	password string // of sa
	listener net.Listener
	done     sync.WaitGroup

	mu       sync.Mutex
	conns    map[net.Conn]bool
	logins   map[string]string // name in lower case → password
	declared map[place]string  // types of columns in T-SQL
}

// place is a column of a table in PostgreSQL.
type place struct {
	table  uint32
	column uint16
}

// Start serves the PostgreSQL database at dsn, which must be empty and its login
// a superuser, until the test ends. It returns a DSN for go-mssqldb.
func Start(t testing.TB, postgresDSN string) string {
	t.Helper()
	return New(t, postgresDSN).DSN()
}

// New is Start for tests that put faults in.
func New(t testing.TB, postgresDSN string) *Server {
	t.Helper()
	s, err := start(context.Background(), postgresDSN)
	if err != nil {
		t.Fatalf("the stand-in for SQL Server does not start: %v", err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Errorf("the stand-in for SQL Server does not stop: %v", err)
		}
	})
	return s
}

func start(ctx context.Context, dsn string) (*Server, error) {
	s := &Server{dsn: dsn, password: secret(), conns: map[net.Conn]bool{}, logins: map[string]string{}, declared: map[place]string{}}
	s.logins["sa"] = s.password
	if err := s.administer(ctx, tsql.Setup(Database)); err != nil {
		return nil, err
	}
	var err error
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	s.done.Add(1)
	go s.accept()
	return s, nil
}

// administer runs statements on the database behind as its superuser.
func (s *Server) administer(ctx context.Context, statements string) error {
	conn, err := pgconn.Connect(ctx, s.dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statements).ReadAll()
	return err
}

func secret() string {
	b := make([]byte, 12)
	if _, err := rand.Read(b); err != nil {
		panic(err)
	}
	return "Tds1-" + hex.EncodeToString(b)
}

// DSN is a DSN for go-mssqldb with the administrator's login.
func (s *Server) DSN() string { return s.dsnOf("sa", s.password) }

// DSNOf is the DSN of another login, which CREATE LOGIN made.
func (s *Server) DSNOf(login string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dsnOf(login, s.logins[tsql.Name(login)])
}

func (s *Server) dsnOf(login, password string) string {
	u := url.URL{Scheme: "sqlserver", User: url.UserPassword(login, password), Host: s.Address(),
		RawQuery: url.Values{"database": {Database}, "encrypt": {"disable"}}.Encode()}
	return u.String()
}

// Address is host:port.
func (s *Server) Address() string { return s.listener.Addr().String() }

func (s *Server) accept() {
	defer s.done.Done()
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.conns[conn] = true
		s.mu.Unlock()
		s.done.Add(1)
		go func() {
			defer s.done.Done()
			s.serve(conn)
			s.mu.Lock()
			delete(s.conns, conn)
			s.mu.Unlock()
		}()
	}
}

// close ends every connection and takes the logins away again.
func (s *Server) close() error {
	s.listener.Close()
	s.mu.Lock()
	for conn := range s.conns {
		conn.Close()
	}
	s.mu.Unlock()
	s.done.Wait()
	for name := range s.logins {
		if name == "sa" {
			continue
		}
		role := `"` + name + `"`
		if err := s.administer(context.Background(), fmt.Sprintf("DROP OWNED BY %s; DROP ROLE %s", role, role)); err != nil {
			return err
		}
	}
	return nil
}
