package adaptertest

import (
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/adapters/postgres"
	"holdfast/adapters/sqlite"
)

// Bench is a database that the contract is tried on. What is nil cannot be had
// on it; a line of the contract that needs it is skipped and says so.
type Bench struct {
	Driver adapters.Driver
	DSN    string
	// Exec runs statements that end in semicolons, as the ERP would.
	Exec func(t testing.TB, statements string)
	// Login makes a login that may do what rights say and no more, such as
	// "SELECT ON c_company" or "SELECT (id, name) ON c_customer", and returns
	// its DSN. It is dropped when the test ends.
	Login func(t testing.TB, rights ...string) string
	// Seal makes the database refuse every change until the test ends.
	Seal func(t testing.TB)
	// Trigger makes every UPDATE of a table run a statement too, as an ERP's
	// own logic does.
	Trigger func(t testing.TB, table, statement string)
	// Through is the DSN by which the server is reached at another address,
	// such as that of a Proxy. Run finds both where the DSN is a URL with a port.
	Through func(address string) string
	Server  string // host:port
	// Database is what the database calls itself, for presets whose company it is;
	// empty: not known.
	Database string
	// StandIn says what is there instead of the engine itself; empty: it is the
	// engine.
	StandIn string

	left *leftOut // of the run
	line string   // that is tried
}

// On returns an empty database of an engine, or skips the test and says what it
// lacks.
func On(t *testing.T, engine string) Bench {
	t.Helper()
	benches := map[string]func(*testing.T) Bench{"sqlite": SQLite, "postgres": PostgresBench, "sqlserver": SQLServer, "oracle": Oracle}
	fresh, ok := benches[engine]
	if !ok {
		t.Fatalf("there is no engine %q", engine)
	}
	return fresh(t)
}

// SQLite returns an empty SQLite file.
func SQLite(t *testing.T) Bench {
	t.Helper()
	path := filepath.Join(t.TempDir(), "an erp.db")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	exec := func(t testing.TB, statements string) {
		t.Helper()
		if _, err := db.Exec(statements); err != nil {
			t.Fatalf("%v\nin: %s", err, statements)
		}
	}
	return Bench{Driver: sqlite.Driver{}, DSN: path, Exec: exec}
}

// PostgresBench returns an empty PostgreSQL database.
func PostgresBench(t *testing.T) Bench {
	t.Helper()
	dsn := Postgres(t)
	exec := func(t testing.TB, statements string) { t.Helper(); Exec(t, dsn, statements) }
	b := Bench{Driver: postgres.Driver{}, DSN: dsn, Exec: exec}
	b.Server, b.Through = network(dsn)
	b.Login = func(t testing.TB, rights ...string) string { t.Helper(); return login(t, dsn, rights) }
	b.Seal = func(t testing.TB) {
		t.Helper()
		Exec(t, dsn, "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET default_transaction_read_only = on'; END $$")
	}
	b.Trigger = func(t testing.TB, table, statement string) {
		t.Helper()
		Exec(t, dsn, fmt.Sprintf(`CREATE FUNCTION own_logic() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s; RETURN NULL; END $$;
			CREATE TRIGGER own_logic AFTER UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION own_logic()`, statement, table))
	}
	return b
}

// login makes a role of PostgreSQL with a few rights.
func login(t testing.TB, dsn string, rights []string) string {
	t.Helper()
	name := scratchName(t)
	statements := "CREATE ROLE " + name + " LOGIN PASSWORD 'test';"
	for _, right := range rights {
		statements += "GRANT " + right + " TO " + name + ";"
	}
	Exec(t, dsn, statements)
	t.Cleanup(func() { Exec(t, dsn, "DROP OWNED BY "+name+"; DROP ROLE "+name) })
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(name, "test")
	return u.String()
}

// network tells a DSN that is a URL apart: where its server is, and how to reach
// the server at another address. A server behind a Unix socket has none.
func network(dsn string) (server string, through func(string) string) {
	u, err := url.Parse(dsn)
	if err != nil || u.Port() == "" || strings.HasPrefix(u.Hostname(), "/") {
		return "", nil
	}
	return u.Host, func(address string) string {
		other := *u
		other.Host = address
		return other.String()
	}
}

// person opens the database as somebody who works in the ERP.
func (b Bench) person(t testing.TB) *sql.DB {
	t.Helper()
	db, err := b.Driver.Open(b.DSN, adapters.Options{Write: true, AllowPlaintext: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
