// Package store keeps what must outlive the process in one SQLite database:
// the records read from the ERP, each party's state, deliveries, tasks, holds
// and the audit journal. docs/state.md says what is in each table.
package store

import (
	"context"
	"database/sql"
	"path/filepath"

	"holdfast/engine"
	"holdfast/engine/fault"
)

// Store is the state of one installation. Its methods may be called at once
// from several goroutines; each is one transaction unless it says otherwise.
type Store struct {
	dir string
	w   *sql.DB // one connection; nil where opened read-only
	r   *sql.DB
}

var _ engine.Store = (*Store)(nil)

// DB returns the database that is written to, for a job queue that lives on the
// same file. It has one connection: a transaction on it keeps all others
// waiting. It is nil where the store was opened read-only.
func (s *Store) DB() *sql.DB { return s.w }

// Close closes the database. It may be called twice.
func (s *Store) Close() error {
	err := s.r.Close()
	if s.w != nil {
		if e := s.w.Close(); err == nil {
			err = e
		}
	}
	return fault.Wrap("close the state", err)
}

// file returns the path of the database below dir.
func file(dir string) string { return filepath.Join(dir, "holdfast.db") }

// write runs f in one writing transaction; op says what for.
func (s *Store) write(ctx context.Context, op string, f func(*sql.Tx) error) error {
	if s.w == nil {
		return fault.Wrap(op, fault.New(fault.Unsupported, "the state was opened for reading only"))
	}
	tx, err := s.w.BeginTx(ctx, nil)
	if err != nil {
		return wrap(op, err)
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return wrap(op, err)
	}
	return wrap(op, tx.Commit())
}

// read runs f in one reading transaction: all its queries see one state.
func (s *Store) read(ctx context.Context, op string, f func(*sql.Tx) error) error {
	tx, err := s.r.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return wrap(op, err)
	}
	defer tx.Rollback()
	return wrap(op, f(tx))
}

// querier is what a transaction, a connection and a database have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
