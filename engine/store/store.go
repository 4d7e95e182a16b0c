// Package store keeps what must outlive the process in one SQLite database:
// the records read from the ERP, each party's state, deliveries, tasks, holds
// and the audit journal.
package store

import (
	"database/sql"

	"holdfast/engine"
)

// Store is the state of one installation. Its methods may be called at once
// from several goroutines.
type Store struct {
	dir  string
	file string
	w    *sql.DB // one connection; nil where opened read-only
	r    *sql.DB
}

var _ engine.Store = (*Store)(nil)
