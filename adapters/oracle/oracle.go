// Package oracle reads and writes an ERP on Oracle Database, by godror and
// Oracle's own client library. A program built without cgo knows everything but
// how to open a connection, and says so.
package oracle

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"holdfast/adapters"
)

// Driver is Oracle Database.
type Driver struct{}

var (
	_ adapters.Driver    = Driver{}
	_ adapters.Counter   = Driver{}
	_ adapters.Planner   = Driver{}
	_ adapters.Catalogue = Driver{}
)

// Name is the engine that a preset names.
func (Driver) Name() string { return "oracle" }

// Local reports whether every address of dsn is on this machine.
func (Driver) Local(dsn string) bool {
	p, err := parse(dsn)
	if err != nil {
		return false
	}
	addresses, err := addressesOf(p)
	if err != nil {
		return false
	}
	for _, a := range addresses {
		if !a.local() {
			return false
		}
	}
	return true
}

// Placeholder writes the nth bind.
func (Driver) Placeholder(n int) string { return ":" + strconv.Itoa(n) }

// Bind turns a time into its reading in UTC, which is the time zone of our
// sessions: it compares right with DATE, TIMESTAMP and TIMESTAMP WITH TIME ZONE.
// Oracle's NULL is the empty text, so a text needs nothing.
func (Driver) Bind(v any) any {
	if t, ok := v.(time.Time); ok {
		return t.UTC()
	}
	return v
}

// Describe lets Oracle check a query, emptied of its rows. Both WITH and ORDER BY
// may stand in an inline view.
func (d Driver) Describe(ctx context.Context, conn *sql.Conn, query string, args []any) ([]adapters.Column, error) {
	return adapters.ColumnsOf(ctx, d, conn, "SELECT * FROM ("+query+"\n) WHERE 1 = 0", args)
}

// BeginRead begins a read-only transaction: every query in it sees the database
// as it was when the transaction began.
func (Driver) BeginRead(ctx context.Context, conn *sql.Conn) (*sql.Tx, error) {
	return conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
}

// Clock reads the clock of the server's machine, which comes with its time zone.
func (Driver) Clock(ctx context.Context, conn *sql.Conn) (time.Time, error) {
	var now time.Time
	err := conn.QueryRowContext(ctx, "SELECT SYSTIMESTAMP FROM DUAL").Scan(&now)
	return now.UTC(), err
}
