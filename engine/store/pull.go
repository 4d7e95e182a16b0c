package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// pull stages one company's records in a database file of its own, which is
// thrown away afterwards: staging keeps no writer waiting, costs no fsync and
// leaves nothing behind in the state. Only Finish writes to the state.
type pull struct {
	s       *Store
	company company
	full    bool
	path    string
	stage   *sql.DB    // one connection; nil once abandoned
	flight  chan error // of the batch being written; nil where none is
	broken  error      // of a Stage that failed half-way: nothing may be finished
	indexed bool       // staged documents have a unique index over their ids
}

var _ engine.Pull = (*pull)(nil)

// BeginPull starts taking in one company. What an earlier pull of it left
// behind is thrown away, so only one pull of a company may be under way.
func (s *Store) BeginPull(ctx context.Context, source ar.Source, id ar.CompanyID, full bool) (engine.Pull, error) {
	op := fmt.Sprintf("begin the pull of %s/%s", source, id)
	p := &pull{s: s, full: full}
	err := s.write(ctx, op, func(tx *sql.Tx) (err error) {
		p.company, err = ensureCompany(ctx, tx, source, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	p.path = filepath.Join(s.dir, fmt.Sprintf("staging-%d.db", p.company.no))
	if err := removeFile(p.path); err != nil {
		return nil, wrap(op, err)
	}
	if err := p.open(ctx); err != nil {
		p.Abandon(ctx)
		return nil, wrap(op, err)
	}
	return p, nil
}

// open makes the staging file with a table per kind of record.
func (p *pull) open(ctx context.Context) (err error) {
	p.stage, err = sql.Open("sqlite", dsn(p.path, "rwc", "journal_mode(OFF)", "synchronous(OFF)", "cache_size(-16384)"))
	if err != nil {
		return err
	}
	p.stage.SetMaxOpenConns(1)
	for _, t := range tables() {
		query := "CREATE TABLE " + t.name + " (n INTEGER PRIMARY KEY, " + t.list("") + ")"
		if _, err := p.stage.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// Abandon throws away what was staged. It may be called twice, and after Finish.
func (p *pull) Abandon(context.Context) error {
	p.land()
	if p.stage != nil {
		p.stage.Close()
		p.stage = nil
	}
	return wrap("throw away what was staged", removeFile(p.path))
}

// removeFile removes a file that may not be there.
func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// usable returns why the pull cannot go on, nil where it can.
func (p *pull) usable() error {
	p.land()
	if p.stage == nil {
		return fault.New(fault.Invalid, "the pull was finished or abandoned already")
	}
	return p.broken
}

// attached runs f on a connection of db that sees the staged tables as
// "staged". It takes the connection for as long as f runs.
func (p *pull) attached(ctx context.Context, db *sql.DB, f func(*sql.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `ATTACH DATABASE ? AS staged`, dsn(p.path, "ro")); err != nil {
		return err
	}
	defer detach(conn)
	return f(conn)
}

// detach takes the staged tables off a connection. A connection that cannot let
// go of them, since a cancelled transaction is still being rolled back, is
// closed.
func detach(conn *sql.Conn) {
	if _, err := conn.ExecContext(context.Background(), `DETACH DATABASE staged`); err != nil {
		conn.Raw(func(any) error { return driver.ErrBadConn })
	}
}
