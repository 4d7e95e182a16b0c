package adaptertest_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"holdfast/adapters/adaptertest"
	"holdfast/adapters/postgres"
	"holdfast/adapters/sqlite"
)

func TestSQLite(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T) adaptertest.Bench {
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
		return adaptertest.Bench{Driver: sqlite.Driver{}, DSN: path, Exec: exec}
	})
}

func TestPostgres(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T) adaptertest.Bench {
		dsn := adaptertest.Postgres(t)
		exec := func(t testing.TB, statements string) { adaptertest.Exec(t, dsn, statements) }
		return adaptertest.Bench{Driver: postgres.Driver{}, DSN: dsn, Exec: exec}
	})
}
