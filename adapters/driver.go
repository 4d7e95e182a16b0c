package adapters

import (
	"context"
	"database/sql"
	"time"

	"holdfast/adapters/presets"
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
	// Describe lets the database check the names and rights of a query and
	// returns its columns; no row is read.
	Describe(ctx context.Context, conn *sql.Conn, query string, args []any) ([]Column, error)
	// BeginRead begins the transaction that shows one picture to several reads,
	// as far as the database can.
	BeginRead(ctx context.Context, conn *sql.Conn) (*sql.Tx, error)
	// Stream runs a query on conn, inside the transaction that is open there,
	// and passes its rows on. Cells are text: dates ISO, amounts exact decimals.
	Stream(ctx context.Context, conn *sql.Conn, query string, args []any, to Receiver) error
	// Sort says what err is about, and how to mend it; the cure may be empty.
	Sort(err error) (class Class, cure string)
	// Answered reports whether err is the server's own answer, so that a commit
	// that failed with it is known to have been undone.
	Answered(err error) bool
	// Server describes the other end of conn.
	Server(ctx context.Context, conn *sql.Conn) (Server, error)
	// Clock reads the database's clock.
	Clock(ctx context.Context, conn *sql.Conn) (time.Time, error)
	// Rights reads from the catalogue what the login may do with a table and
	// one of its columns; it tries nothing. table is written as in SQL.
	Rights(ctx context.Context, conn *sql.Conn, table, column string) (Rights, error)
	// Writable lists tables that the login may write to, by the catalogue, at
	// most 20, each in lower case and without its schema and quotes.
	Writable(ctx context.Context, conn *sql.Conn) ([]string, error)
}

// Counter is a Driver whose database counts its changes, for presets whose
// marks are numbers and not stamps.
type Counter interface {
	// Committed returns the number up to which all changes that a later read
	// could bring are committed: a read of what is above it misses nothing. It
	// is asked for before the first row of a picture is read.
	Committed(ctx context.Context, conn *sql.Conn, kind presets.MarkKind) (int64, error)
	// Reaches reports whether the database still knows what changed in the
	// tables after a number. Only change tracking forgets.
	Reaches(ctx context.Context, conn *sql.Conn, kind presets.MarkKind, tables []string, number int64) (bool, error)
}

// Speller is a Driver whose SQL writes texts and the present instant in a way of
// its own; all others write 'text' and CURRENT_TIMESTAMP.
type Speller interface {
	Literal(text string) string
	Present() string // in UTC
}

// Planner is a Driver that can tell how a query would be carried out, without
// running it.
type Planner interface {
	Plan(ctx context.Context, conn *sql.Conn, query string, args []any) (Plan, error)
}

// Plan is how the database would carry out a query.
type Plan struct {
	Text  string // as the database writes it, for a person
	Scans []Scan // tables that would be read from end to end
}

// Scan is one table read from end to end.
type Scan struct {
	Table string
	Rows  int64 // as the database estimates them; 0: not known
}

// Catalogue is a Driver that can list what tables there are.
type Catalogue interface {
	// Tables lists the tables and views of the login's own or default schema,
	// or of the schema named, in the order of their names.
	Tables(ctx context.Context, conn *sql.Conn, schema string) ([]Table, error)
}

// Table is a table or view of the ERP with its columns in their order.
type Table struct {
	Schema  string
	Name    string
	Rows    int64 // as the database estimates them; -1: not known
	Columns []TableColumn
}

// TableColumn is a column of a table; Type is the database's own word.
type TableColumn struct {
	Name string
	Type string
	Key  bool // part of the primary key
}

// Options shape a pool.
type Options struct {
	Write            bool          // false: the session refuses to write, where the database knows that
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
	Collation string // how texts compare; empty where nothing is to be said
}

// Rights is what a login may do with one table and column.
type Rights struct {
	Update bool // the column
	Insert bool // rows, or the column of new rows
	Delete bool
	Super  bool // anything at all
}
