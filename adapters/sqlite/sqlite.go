// Package sqlite reads and writes an ERP that is an SQLite file, such as that
// of the demo. Stamps are text in UTC, "2026-11-21 10:30:00" as SQLite's own
// datetime() writes them; days are ISO text; amounts are decimal text.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// Driver is SQLite.
type Driver struct{}

var _ adapters.Driver = Driver{}

// Name is the engine that a preset names.
func (Driver) Name() string { return "sqlite" }

// Open returns a pool on the file that dsn names: a path, or file:PATH. The
// file must exist; it is never created.
func (Driver) Open(dsn string, opt adapters.Options) (*sql.DB, error) {
	path := pathOf(dsn)
	if path == "" {
		return nil, fault.New(fault.Invalid, "the DSN of an SQLite ERP is empty").WithCure("write the path of its file")
	}
	query := url.Values{"_pragma": {"busy_timeout(5000)"}, "_time_format": {"sqlite"}, "_timezone": {"UTC"}, "mode": {"rw"}}
	if opt.Write {
		query.Set("_txlock", "immediate")
	} else {
		query.Add("_pragma", "query_only(1)")
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?"+query.Encode())
}

// pathOf is the file that a dsn names.
func pathOf(dsn string) string {
	uri, isURI := strings.CutPrefix(dsn, "file:")
	if !isURI {
		return dsn
	}
	path, _, _ := strings.Cut(uri, "?")
	return path
}

// Local is always true: a file is on this machine.
func (Driver) Local(string) bool { return true }

// Placeholder writes a bind.
func (Driver) Placeholder(n int) string { return fmt.Sprintf("?%d", n) }

// Bind writes a time as the text that stamps are compared with.
func (Driver) Bind(v any) any {
	if t, ok := v.(time.Time); ok {
		return t.UTC().Format(time.DateTime)
	}
	return v
}

// Describe prepares a query, emptied of its rows.
func (Driver) Describe(ctx context.Context, conn *sql.Conn, query string, args []any) ([]adapters.Column, error) {
	rows, err := conn.QueryContext(ctx, "SELECT * FROM ("+query+"\n) LIMIT 0", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := columnsOf(rows)
	return columns, errors.Join(err, rows.Err())
}

// BeginRead begins a plain transaction: SQLite shows one picture from its first
// read.
func (Driver) BeginRead(ctx context.Context, conn *sql.Conn) (*sql.Tx, error) {
	return conn.BeginTx(ctx, nil)
}

// Sort sorts by SQLite's result codes.
func (Driver) Sort(err error) (adapters.Class, string) {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return adapters.Other, ""
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return adapters.Lock, "another program is writing to the file; it is tried again"
	case sqlite3.SQLITE_CANTOPEN:
		return adapters.Absent, "check the path of the database file and the rights of its folder"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return adapters.ReadOnly, "let the service's user write to the file"
	case sqlite3.SQLITE_CONSTRAINT:
		return adapters.Constraint, "a rule of the table refuses the row; look which"
	case sqlite3.SQLITE_INTERRUPT:
		return adapters.Cancelled, ""
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return adapters.Damaged, "the file is not a whole SQLite database; restore it"
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM:
		return adapters.Exhausted, "make room on the disk"
	case sqlite3.SQLITE_ERROR:
		return adapters.Missing, "this table or column is not in the ERP; compare its version with the preset's"
	}
	return adapters.Other, ""
}

// Answered reports whether SQLite itself refused, which it does without leaving
// anything behind.
func (Driver) Answered(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e)
}

// Server describes the file.
func (Driver) Server(ctx context.Context, conn *sql.Conn) (adapters.Server, error) {
	var version, path string
	var app int64
	row := conn.QueryRowContext(ctx, `SELECT sqlite_version(), (SELECT file FROM pragma_database_list WHERE name = 'main'),
		(SELECT application_id FROM pragma_application_id)`)
	if err := row.Scan(&version, &path, &app); err != nil {
		return adapters.Server{}, err
	}
	return adapters.Server{
		Identity: fmt.Sprintf("sqlite application=%d file=%s", app, path), Version: "SQLite " + version, Encrypted: true,
	}, nil
}

// Clock reads the clock that SQLite sees.
func (Driver) Clock(ctx context.Context, conn *sql.Conn) (time.Time, error) {
	var text string
	if err := conn.QueryRowContext(ctx, `SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')`).Scan(&text); err != nil {
		return time.Time{}, err
	}
	return time.Parse("2006-01-02 15:04:05.000", text)
}

// Rights are all there for whoever may write the file, once the column exists.
func (Driver) Rights(ctx context.Context, conn *sql.Conn, table, column string) (adapters.Rights, error) {
	var n int
	err := conn.QueryRowContext(ctx, `SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2`, strings.Trim(table, `"`), column).Scan(&n)
	if err != nil {
		return adapters.Rights{}, err
	}
	return adapters.Rights{Update: n == 1, Insert: n == 1, Delete: n == 1}, nil
}

// Writable names nothing: a file has no rights of its tables, and reading opens
// it read-only.
func (Driver) Writable(context.Context, *sql.Conn) ([]string, error) { return nil, nil }
