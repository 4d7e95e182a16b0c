package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"holdfast/adapters/demoerp"
	"holdfast/adapters/presets"
)

// floor copies what the preset's queries give out of PostgreSQL, and inserts
// the same rows into a bare SQLite file, row by row by one prepared statement.
func (l *books) floor(ctx context.Context) (copied, inserted time.Duration, err error) {
	conn, err := pgx.Connect(ctx, l.dsn)
	if err != nil {
		return 0, 0, err
	}
	defer conn.Close(ctx)
	var rows []string
	for _, entity := range []string{"companies", "customers", "contacts", "documents"} {
		var text bytes.Buffer
		query, err := l.literal(entity)
		if err != nil {
			return 0, 0, err
		}
		took, err := timed(func() error {
			_, err := conn.PgConn().CopyTo(ctx, &text, "COPY ("+query+") TO STDOUT")
			return err
		})
		if err != nil {
			return 0, 0, fmt.Errorf("copy %s: %w", entity, err)
		}
		copied, rows = copied+took, append(rows, text.String())
	}
	inserted, err = l.insertBare(ctx, rows)
	return copied, inserted, err
}

// literal writes a query of the preset with the company in its place.
func (l *books) literal(entity string) (string, error) {
	text, _, err := l.preset.Queries[entity].Render(presets.Given{
		Placeholder: func(int) string { return "'" + string(demoerp.CompanyID) + "'" }, Binds: map[string]any{"company": string(demoerp.CompanyID)},
	})
	return strings.TrimRight(strings.TrimSpace(text), ";"), err
}

// insertBare inserts rows of COPY's format, one table for each text, all in one
// durable transaction.
func (l *books) insertBare(ctx context.Context, texts []string) (time.Duration, error) {
	path := filepath.Join(l.dir, "bare.db")
	defer os.Remove(path)
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-65536)")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	return timed(func() error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // after Commit it has nothing to do
		for i, text := range texts {
			if err := insertTable(ctx, tx, fmt.Sprintf("t%d", i), text); err != nil {
				return err
			}
		}
		return tx.Commit()
	})
}

func insertTable(ctx context.Context, tx *sql.Tx, table, text string) error {
	first, _, _ := strings.Cut(text, "\n")
	n := strings.Count(first, "\t") + 1
	columns := make([]string, n)
	for i := range columns {
		columns[i] = fmt.Sprintf("c%d TEXT", i)
	}
	// The first column is the key, as it is in any table that rows are found in.
	columns[0] += " PRIMARY KEY"
	if _, err := tx.ExecContext(ctx, "CREATE TABLE "+table+" ("+strings.Join(columns, ", ")+") WITHOUT ROWID"); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO "+table+" VALUES ("+strings.TrimSuffix(strings.Repeat("?,", n), ",")+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	args := make([]any, n)
	for line := range strings.Lines(text) {
		for i, cell := range strings.Split(strings.TrimSuffix(line, "\n"), "\t") {
			args[i] = cell
		}
		if _, err := insert.ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}
