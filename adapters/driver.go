package adapters

import (
	"context"
	"database/sql"
	"time"

	"holdfast/engine/fault"
)

// Driver is what one kind of database does in its own way. Everything else is
// written once in this package. A Driver keeps no state and may be shared.
type Driver interface {
	// Name is the engine that a preset names, such as "postgres".
	Name() string
	// Open returns a pool without connecting. It refuses a connection that
	// would leave this machine unencrypted, unless opt allows it. No error may
	// hold the password.
	Open(dsn string, opt Options) (*sql.DB, error)
	// Local reports whether dsn stays on this machine: a file, a loopback
	// address or a Unix socket.
	Local(dsn string) bool
	// Placeholder writes the nth bind of a statement, counted from 1.
	Placeholder(n int) string
	// Bind turns a time into what the database compares with its stamps; any
	// other value stays as it is.
	Bind(v any) any
	// Empty wraps a SELECT so that it checks names and rights but reads no row.
	Empty(query string) string
	// ReadTx is the transaction that shows one picture to several reads.
	ReadTx() *sql.TxOptions
	// Stream runs a query on conn, inside the transaction that is open there,
	// and passes its rows on. Cells are text: dates ISO, amounts exact decimals.
	Stream(ctx context.Context, conn *sql.Conn, query string, args []any, to Receiver) error
	// Sort says what kind of error err is, and how to mend it; the cure may be
	// empty.
	Sort(err error) (kind fault.Kind, cure string)
	// Answered reports whether err is the server's own answer, so that a commit
	// that failed with it is known to have been undone.
	Answered(err error) bool
	// Server describes the other end of conn.
	Server(ctx context.Context, conn *sql.Conn) (Server, error)
	// Clock reads the database's clock.
	Clock(ctx context.Context, conn *sql.Conn) (time.Time, error)
	// Rights reads from the catalogue what the login may do with a table and
	// one of its columns; it tries nothing.
	Rights(ctx context.Context, conn *sql.Conn, table, column string) (Rights, error)
}

// Options shape a pool.
type Options struct {
	Write            bool          // false: the session refuses to write
	AllowPlaintext   bool          // a person accepted an unencrypted connection
	StatementTimeout time.Duration // 0: none
	LockTimeout      time.Duration // 0: none
}

// Type is the type of a result column, as far as a site's own x_ columns need
// it.
type Type int

// The types of a result column. Float is refused: it cannot hold an amount.
const (
	Text Type = iota
	Int
	Bool
	Day
	Decimal
	Float
)

// Column is one column of a result.
type Column struct {
	Name string
	Type Type
}

// Receiver takes the rows of one query.
type Receiver interface {
	// Columns comes once, before the first row.
	Columns(cols []Column) error
	// Row takes one row; nil is NULL. The cells are valid until it returns.
	Row(cells [][]byte) error
}

// Server is the other end of a connection.
type Server struct {
	Identity  string // changes when the database is restored or moved
	Version   string
	Encrypted bool
}

// Rights is what a login may do with one table and column.
type Rights struct {
	Update bool // the column
	Insert bool // rows, or the column of new rows
	Delete bool
	Super  bool // anything at all
}
