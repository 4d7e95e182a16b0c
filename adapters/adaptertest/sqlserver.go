package adaptertest

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/microsoft/go-mssqldb/msdsn"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest/tds"
	"holdfast/adapters/adaptertest/tsql"
	"holdfast/adapters/sqlserver"
)

// SQLServerDSN is the variable that names an empty database of SQL Server, which
// tests may fill and empty again, by a login that owns it.
const SQLServerDSN = "HOLDFAST_TEST_SQLSERVER_DSN"

// SQLServer returns an empty database of SQL Server, or of the stand-in: a server
// that speaks SQL Server's protocol, over PostgreSQL. Exec splits its statements at
// lines that say GO.
func SQLServer(t *testing.T) Bench {
	t.Helper()
	if dsn := os.Getenv(SQLServerDSN); dsn != "" {
		return realSQLServer(t, dsn)
	}
	server := tds.New(t, Postgres(t))
	t.Logf("this is a stand-in for SQL Server, over PostgreSQL; on the real one the test runs by\n"+
		"  %s='sqlserver://sa:…@127.0.0.1:1433?database=%s&encrypt=disable' go test -p 1 ./adapters/...", SQLServerDSN, tds.Database)
	b := mssqlBench(t, server.DSN())
	b.Database = tds.Database
	b.StandIn = "a server that speaks SQL Server's protocol, with PostgreSQL behind it"
	b.Server, b.Through = network(server.DSN())
	b.Login = func(t testing.TB, rights ...string) string {
		t.Helper()
		name := scratchName(t)
		b.Exec(t, newLogin(name, rights))
		return server.DSNOf(name)
	}
	b.Seal = func(t testing.TB) {
		t.Helper()
		b.Exec(t, "ALTER DATABASE CURRENT SET READ_ONLY WITH ROLLBACK IMMEDIATE")
	}
	return b
}

// oneAtATime keeps tests that run side by side from sharing the one database.
var oneAtATime sync.Mutex

// realSQLServer takes the database of dsn, which must be empty, and leaves it
// empty. It was written by the documentation, and has not met a SQL Server yet.
func realSQLServer(t *testing.T, dsn string) Bench {
	t.Helper()
	oneAtATime.Lock()
	t.Cleanup(oneAtATime.Unlock)
	b := mssqlBench(t, dsn)
	db := b.person(t)
	if left := userObjects(t, db); len(left) > 0 {
		t.Fatalf("the database of %s is not empty: it has %s", SQLServerDSN, strings.Join(left, ", "))
	}
	before := schemas(t, db)
	t.Cleanup(func() { empty(t, b.person(t), before) })
	if cfg, err := msdsn.Parse(dsn); err == nil && cfg.Host != "" && cfg.Port > 0 {
		b.Server = net.JoinHostPort(cfg.Host, fmt.Sprint(cfg.Port))
		_, b.Through = network(dsn)
	}
	b.Database = databaseName(t, b.person(t))
	b.Login = func(t testing.TB, rights ...string) string {
		t.Helper()
		name := scratchName(t)
		b.may(t, newLogin(name, rights))
		t.Cleanup(func() { b.Exec(t, "DROP USER "+name+"; DROP LOGIN "+name) })
		return withLogin(t, dsn, name)
	}
	b.Seal = func(t testing.TB) {
		t.Helper()
		b.may(t, "ALTER DATABASE CURRENT SET READ_ONLY WITH ROLLBACK IMMEDIATE")
		t.Cleanup(func() { b.Exec(t, "ALTER DATABASE CURRENT SET READ_WRITE WITH ROLLBACK IMMEDIATE") })
	}
	b.Trigger = func(t testing.TB, table, statement string) {
		t.Helper()
		b.may(t, newTrigger(table, statement))
	}
	return b
}

// may runs what a login or a server need not be able to do; where it is refused
// the line is left out.
func (b Bench) may(t testing.TB, statements string) {
	t.Helper()
	db := b.person(t)
	for _, batch := range tsql.Batches(statements) {
		if _, err := db.Exec(batch); err != nil {
			t.Skipf("SKIPPED: the server refuses %q: %v", batch, err)
		}
	}
}

// databaseName asks a server what the database of its DSN is called.
func databaseName(t testing.TB, db *sql.DB) string {
	t.Helper()
	var name string
	if err := db.QueryRow("SELECT DB_NAME()").Scan(&name); err != nil {
		t.Fatal(err)
	}
	return name
}

// mssqlBench is what both have in common.
func mssqlBench(t *testing.T, dsn string) Bench {
	t.Helper()
	b := Bench{Driver: sqlserver.Driver{}, DSN: dsn}
	b.Exec = func(t testing.TB, statements string) {
		t.Helper()
		db, err := sql.Open("sqlserver", dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		conn, err := db.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for _, batch := range tsql.Batches(statements) {
			if _, err := conn.ExecContext(context.Background(), batch); err != nil {
				t.Fatalf("%v\nin: %s", err, batch)
			}
		}
	}
	b.Trigger = func(t testing.TB, table, statement string) {
		t.Helper()
		b.Exec(t, newTrigger(table, statement))
	}
	return b
}

func newTrigger(table, statement string) string {
	return fmt.Sprintf("CREATE TRIGGER own_logic ON %s AFTER UPDATE AS BEGIN SET NOCOUNT ON; %s; END", table, statement)
}

const testPassword = "Holdfast-Test-1"

// newLogin makes a login that is a user of the database with a few rights.
func newLogin(name string, rights []string) string {
	statements := fmt.Sprintf("CREATE LOGIN %s WITH PASSWORD = '%s'\nGO\nCREATE USER %s FOR LOGIN %s\nGO\n", name, testPassword, name, name)
	for _, right := range rights {
		statements += "GRANT " + right + " TO " + name + ";\n"
	}
	return statements
}

// withLogin is dsn for another login.
func withLogin(t testing.TB, dsn, name string) string {
	t.Helper()
	cfg, err := msdsn.Parse(dsn)
	if err != nil {
		t.Fatalf("%s is no DSN of SQL Server", SQLServerDSN)
	}
	cfg.User, cfg.Password = name, testPassword
	return cfg.URL().String()
}

// userObjects lists what a database holds, each as it is dropped, views and
// procedures first. A server that does not know sys.objects is asked for its
// tables and views by the standard's catalogue.
func userObjects(t testing.TB, db *sql.DB) []string {
	t.Helper()
	rows, err := db.Query(`SELECT CASE type WHEN 'V' THEN 'VIEW ' WHEN 'P' THEN 'PROCEDURE ' ELSE 'TABLE ' END
		+ QUOTENAME(SCHEMA_NAME(schema_id)) + '.' + QUOTENAME(name)
		FROM sys.objects WHERE type IN ('U', 'V', 'P') AND is_ms_shipped = 0 ORDER BY CASE type WHEN 'V' THEN 0 WHEN 'P' THEN 0 ELSE 1 END, create_date DESC`)
	list, err := adapters.Names(rows, err)
	if err == nil {
		return list
	}
	for kind, word := range map[string]string{"VIEW": "VIEW ", "BASE TABLE": "TABLE "} {
		rows, err := db.Query("SELECT '[' + TABLE_SCHEMA + '].[' + TABLE_NAME + ']' FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = '" + kind + "'")
		names, err := adapters.Names(rows, err)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			list = append(list, word+name)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return strings.Compare(b, a) }) // views first
	return list
}

// empty drops what a test has made; the schemas of before stay.
func empty(t testing.TB, db *sql.DB, before []string) {
	t.Helper()
	for _, object := range userObjects(t, db) {
		if _, err := db.Exec("DROP " + object); err != nil {
			t.Errorf("DROP %s: %v", object, err)
		}
	}
	for _, name := range schemas(t, db) {
		if slices.Contains(before, name) {
			continue
		}
		if _, err := db.Exec("DROP SCHEMA [" + name + "]"); err != nil {
			t.Errorf("DROP SCHEMA %s: %v", name, err)
		}
	}
}

// schemas lists the schemas of a database, where it tells them.
func schemas(t testing.TB, db *sql.DB) []string {
	t.Helper()
	rows, err := db.Query("SELECT name FROM sys.schemas")
	names, err := adapters.Names(rows, err)
	if err != nil {
		t.Logf("schemas that tests make may be left: %v", err)
	}
	return names
}
