package store

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

func openScratch(t *testing.T) *sql.DB {
	t.Helper()
	db, err := openPrepared(dsn(filepath.Join(t.TempDir(), "x.db"), "rwc"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	db.SetMaxOpenConns(1)
	return db
}

// The same query may run while its own rows are still being read.
func TestAStatementMayRunInsideItself(t *testing.T) {
	db := openScratch(t)
	if _, err := db.Exec(`CREATE TABLE n (i INTEGER); INSERT INTO n VALUES (1), (2), (3)`); err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	sum := 0
	var walk func(deep int)
	walk = func(deep int) {
		rows, err := tx.Query(`SELECT i FROM n WHERE i > ?`, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var i int
			if err := rows.Scan(&i); err != nil {
				t.Fatal(err)
			}
			if sum += i; deep > 0 {
				walk(deep - 1)
			}
		}
	}
	walk(2)
	if sum != 6+3*6+9*6 {
		t.Errorf("the nested rows sum to %d, want 78", sum)
	}
}

// A kept statement sees a changed table, and more statements than are kept are
// no trouble.
func TestKeptStatementsSeeTheTableAsItIs(t *testing.T) {
	db := openScratch(t)
	if _, err := db.Exec(`CREATE TABLE n (a INTEGER)`); err != nil {
		t.Fatal(err)
	}
	columns := func() int {
		rows, err := db.Query(`SELECT * FROM n`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		return len(names)
	}
	for want, change := range []string{`INSERT INTO n VALUES (1)`, `ALTER TABLE n ADD COLUMN b`, `ALTER TABLE n ADD COLUMN c`} {
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
		if got := columns(); got != want+1 {
			t.Errorf("after %s the table has %d columns, want %d", change, got, want+1)
		}
	}
	for i := range 2*preparedKept + 10 {
		var got int
		if err := db.QueryRow(fmt.Sprintf(`SELECT ? - %d`, i), 7+i).Scan(&got); err != nil || got != 7 {
			t.Fatal(got, err)
		}
	}
}
