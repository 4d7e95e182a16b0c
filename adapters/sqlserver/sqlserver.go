// Package sqlserver reads and writes an ERP on Microsoft SQL Server, by
// Microsoft's own go-mssqldb.
package sqlserver

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	mssql "github.com/microsoft/go-mssqldb"

	"holdfast/adapters"
)

// Driver is SQL Server.
type Driver struct{}

var (
	_ adapters.Driver    = Driver{}
	_ adapters.Counter   = Driver{}
	_ adapters.Planner   = Driver{}
	_ adapters.Catalogue = Driver{}
	_ adapters.Speller   = Driver{}
)

// Name is the engine that a preset names.
func (Driver) Name() string { return "sqlserver" }

// Open returns a pool without connecting. dsn is a URL, a list of
// keyword=value as ADO.NET reads them, or the same after "odbc:".
func (Driver) Open(dsn string, opt adapters.Options) (*sql.DB, error) {
	cfg, err := parse(dsn)
	if err != nil {
		return nil, err
	}
	if !opt.AllowPlaintext && !home(cfg) {
		if err := verify(&cfg); err != nil {
			return nil, err
		}
	}
	return sql.OpenDB(newConnector(shape(cfg, opt), opt)), nil
}

// Local reports whether every address of dsn is on this machine.
func (Driver) Local(dsn string) bool {
	cfg, err := parse(dsn)
	return err == nil && home(cfg)
}

// Placeholder writes the nth bind.
func (Driver) Placeholder(n int) string { return "@p" + strconv.Itoa(n) }

// Bind writes an ASCII text as varchar: an nvarchar goes before it in the order
// of types, so that a varchar column would be converted row by row and its index
// not used. A time becomes a datetime in UTC, the type that goes behind all
// other stamps and therefore never has them converted; its fraction is cut to
// what a datetime holds exactly, so that it is never later than v.
func (Driver) Bind(v any) any {
	switch v := v.(type) {
	case string:
		if ascii(v) {
			return mssql.VarChar(v)
		}
	case time.Time:
		return mssql.DateTime1(v.UTC().Truncate(10 * time.Millisecond))
	}
	return v
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// BeginRead shows one picture to every read in it where the database allows
// snapshots. Elsewhere each statement sees what is committed when it begins.
func (Driver) BeginRead(ctx context.Context, conn *sql.Conn) (*sql.Tx, error) {
	snapshots, err := scalars(ctx, conn, "SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()")
	if err != nil {
		return nil, err
	}
	level := sql.LevelReadCommitted
	if snapshots[0] == "1" {
		level = sql.LevelSnapshot
	}
	return conn.BeginTx(ctx, &sql.TxOptions{Isolation: level})
}

// Clock reads the database's clock.
func (Driver) Clock(ctx context.Context, conn *sql.Conn) (time.Time, error) {
	var now time.Time
	err := conn.QueryRowContext(ctx, "SELECT SYSUTCDATETIME()").Scan(&now)
	return now.UTC(), err
}

// Literal writes a text as SQL. One beyond ASCII is national, or the server would
// turn it into the code page of the database.
func (Driver) Literal(text string) string {
	quoted := "'" + strings.ReplaceAll(text, "'", "''") + "'"
	if ascii(text) {
		return quoted
	}
	return "N" + quoted
}

// Present is the instant at which a statement runs, in UTC as binds are.
func (Driver) Present() string { return "SYSUTCDATETIME()" }
