// Package postgres reads and writes an ERP on PostgreSQL, by pgx.
package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// Driver is PostgreSQL.
type Driver struct{}

var _ adapters.Driver = Driver{}

// Name is the engine that a preset names.
func (Driver) Name() string { return "postgres" }

// Open returns a pool without connecting. dsn is a URL or a list of
// keyword=value, as libpq reads them.
func (Driver) Open(dsn string, opt adapters.Options) (*sql.DB, error) {
	cfg, err := parse(dsn)
	if err != nil {
		return nil, err
	}
	if !opt.AllowPlaintext {
		if err := verified(cfg); err != nil {
			return nil, err
		}
	}
	cfg.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec
	set := cfg.RuntimeParams
	set["application_name"] = "holdfast"
	set["DateStyle"], set["TimeZone"] = "ISO, YMD", "UTC"
	if !opt.Write {
		set["default_transaction_read_only"] = "on"
	}
	if opt.StatementTimeout > 0 {
		set["statement_timeout"] = millis(opt.StatementTimeout)
		cfg.DialFunc = patient(cfg.DialFunc, opt.StatementTimeout+answerGrace)
	}
	if opt.LockTimeout > 0 {
		set["lock_timeout"] = millis(opt.LockTimeout)
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 15 * time.Second
	}
	return stdlib.OpenDB(*cfg, stdlib.OptionAfterConnect(withoutCompiler)), nil
}

// withoutCompiler turns PostgreSQL's compiler off for a session, where there is
// one: on a preset's long queries compiling took several times as long as
// running them (PostgreSQL's manual, 32.2, "When to JIT").
func withoutCompiler(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "SELECT set_config(name, 'off', false) FROM pg_settings WHERE name = 'jit'")
	return err
}

func millis(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// parse reads a dsn. pgx's own error is left out, since it repeats the dsn and
// with it, where the dsn is malformed, the password.
func parse(dsn string) (*pgx.ConnConfig, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if dsn == "" || err != nil {
		return nil, fault.New(fault.Invalid, "the DSN is not one that PostgreSQL understands").
			WithCure("write it as postgres://user@host:5432/database?sslmode=verify-full, with special signs in the password " +
				"written as %%XX, and check that the files it names exist")
	}
	return cfg, nil
}

// endpoint is one address that a connection may go to.
type endpoint struct {
	host string
	tls  bool // verified to the name of the host
}

// endpoints lists every address of cfg, fallbacks included.
func endpoints(cfg *pgx.ConnConfig) []endpoint {
	full := func(f *pgconn.FallbackConfig) endpoint {
		t := f.TLSConfig
		return endpoint{host: f.Host, tls: t != nil && !t.InsecureSkipVerify && t.ServerName != ""}
	}
	list := []endpoint{full(&pgconn.FallbackConfig{Host: cfg.Host, TLSConfig: cfg.TLSConfig})}
	for _, f := range cfg.Fallbacks {
		list = append(list, full(f))
	}
	return list
}

// verified refuses a cfg that could send anything to another machine without
// checking whose machine it is.
func verified(cfg *pgx.ConnConfig) error {
	for _, e := range endpoints(cfg) {
		if !e.tls && !local(e.host) {
			return fault.New(fault.Invalid, "the connection to %s would not be encrypted and verified", e.host).
				WithCure(`add sslmode=verify-full to the DSN, and sslrootcert=FILE for an authority of your own; ` +
					`or set allow_plaintext = "i-accept"`)
		}
	}
	return nil
}

// Local reports whether every address of dsn is on this machine.
func (Driver) Local(dsn string) bool {
	cfg, err := parse(dsn)
	if err != nil {
		return false
	}
	for _, e := range endpoints(cfg) {
		if !local(e.host) {
			return false
		}
	}
	return true
}

// local reports whether host is a Unix socket or a loopback address.
func local(host string) bool {
	if host == "localhost" || strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Placeholder writes the nth bind.
func (Driver) Placeholder(n int) string { return "$" + strconv.Itoa(n) }

// Bind leaves a value as it is: pgx knows times.
func (Driver) Bind(v any) any { return v }

// Describe lets PostgreSQL check a query, emptied of its rows.
func (d Driver) Describe(ctx context.Context, conn *sql.Conn, query string, args []any) ([]adapters.Column, error) {
	return adapters.ColumnsOf(ctx, d, conn, "SELECT * FROM ("+query+"\n) AS empty LIMIT 0", args)
}

// BeginRead shows one picture to every read in it.
func (Driver) BeginRead(ctx context.Context, conn *sql.Conn) (*sql.Tx, error) {
	return conn.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

// Clock reads the database's clock.
func (Driver) Clock(ctx context.Context, conn *sql.Conn) (time.Time, error) {
	var now time.Time
	err := scan(ctx, conn, "SELECT clock_timestamp()", &now)
	return now.UTC(), err
}

// scan reads one value past database/sql: on a connection that is lost in the
// middle of a transaction its queries wait for that transaction, and so for
// themselves.
func scan(ctx context.Context, conn *sql.Conn, query string, into any) error {
	return conn.Raw(func(raw any) error {
		err := raw.(*stdlib.Conn).Conn().QueryRow(ctx, query).Scan(into)
		if errors.Is(err, driver.ErrBadConn) {
			err = errors.New("bad connection")
		}
		return err
	})
}
