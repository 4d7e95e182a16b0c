package adaptertest

import (
	"database/sql"
	"path/filepath"
	"testing"

	"holdfast/adapters/postgres"
	"holdfast/adapters/sqlite"
)

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
			t.Fatal(err)
		}
	}
	return Bench{Driver: sqlite.Driver{}, DSN: path, Exec: exec}
}

// PostgresBench returns an empty PostgreSQL database.
func PostgresBench(t *testing.T) Bench {
	t.Helper()
	dsn := Postgres(t)
	exec := func(t testing.TB, statements string) { t.Helper(); Exec(t, dsn, statements) }
	return Bench{Driver: postgres.Driver{}, DSN: dsn, Exec: exec}
}
