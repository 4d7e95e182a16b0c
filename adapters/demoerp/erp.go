// Package demoerp makes a small ERP with a year of history in an SQLite file,
// from a seed, and lets it live on day by day: orders, shipments, invoices,
// receipts, disputes and credit memos. The same seed gives the same figures.
package demoerp

import (
	"context"
	"database/sql"
	_ "embed" // schema.sql
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // registers the driver "sqlite"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// CompanyID is the one company of the demo ERP.
const CompanyID ar.CompanyID = "1"

//go:embed schema.sql
var schema string

// ERP is an open demo ERP. Its methods may be called at once from several
// goroutines; each is one transaction.
type ERP struct {
	db   *sql.DB
	seed uint64
}

// Open opens a demo ERP made by Create. It returns fault.NotFound where there
// is no file and fault.Invalid where the file is something else. Who opens it
// closes it.
func Open(path string) (*ERP, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fault.New(fault.NotFound, "demo ERP: %w", err).WithCure("make one with holdfast demo")
	}
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		return nil, fault.New(fault.Invalid, "open demo ERP %s: %w", path, err)
	}
	seed, err := readSeed(db)
	if err != nil {
		_ = db.Close() // the first error says more
		return nil, fault.New(fault.Invalid, "%s is not a demo ERP: %w", path, err).WithCure("delete it and make one with holdfast demo")
	}
	return &ERP{db: db, seed: seed}, nil
}

// Close closes the file.
func (e *ERP) Close() error { return e.db.Close() }

// DB is the database itself, for those who play a person at the ERP's screen.
func (e *ERP) DB() *sql.DB { return e.db }

// dsn writes path as a URI that SQLite takes on every system: the ERP may be
// read by others at once and waits for a short lock.
func dsn(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path}
	return u.String() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)&_txlock=immediate"
}

func readSeed(db *sql.DB) (uint64, error) {
	var text string
	if err := db.QueryRow("SELECT value FROM setting WHERE name = 'seed'").Scan(&text); err != nil {
		return 0, err
	}
	return strconv.ParseUint(text, 10, 64)
}

// inTx runs do in one transaction and commits unless it fails.
func (e *ERP) inTx(ctx context.Context, op string, do func(*book) error) error {
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return fault.Wrap(op, err)
	}
	defer tx.Rollback() // after Commit it has nothing to do
	b, err := openBook(ctx, tx)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if err := do(b); err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, tx.Commit())
}
