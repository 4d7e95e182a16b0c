package record

import (
	"database/sql"
	"testing"
)

// Synchronous returns how the database is written: for events, and after them.
func (r *Record) Synchronous(t *testing.T) (inside, outside int) {
	t.Helper()
	err := r.durably(t.Context(), func(tx *sql.Tx) error {
		return tx.QueryRowContext(t.Context(), `PRAGMA synchronous`).Scan(&inside)
	})
	if err == nil {
		err = r.db.QueryRowContext(t.Context(), `PRAGMA synchronous`).Scan(&outside)
	}
	if err != nil {
		t.Fatal(err)
	}
	return inside, outside
}
