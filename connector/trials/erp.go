package main

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"holdfast/engine/ar"
)

//go:embed erp
var erpFiles embed.FS

//go:embed schema.sql
var schema string

// erp is the trial's ERP: an SQLite file with one overdue invoice a customer.
type erp struct {
	db   *sql.DB
	path string
}

// newERP makes the file below dir, with its preset beside it.
func newERP(ctx context.Context, dir string, customers int, day ar.Day) (*erp, error) {
	preset, err := fs.Sub(erpFiles, "erp")
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(filepath.Join(dir, "presets", "trial"), preset); err != nil {
		return nil, err
	}
	e := &erp{path: filepath.Join(dir, "erp.db")}
	if e.db, err = sql.Open("sqlite", "file:"+filepath.ToSlash(e.path)+"?_pragma=busy_timeout(5000)"); err != nil {
		return nil, err
	}
	if _, err := e.db.ExecContext(ctx, schema); err != nil {
		return nil, err
	}
	_, err = e.db.ExecContext(ctx, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO customer SELECT 'C' || i, '1', 'Customer ' || i, 'ap@c' || i || '.example.com', datetime('now', '-1 day') FROM n`, customers)
	if err != nil {
		return nil, err
	}
	_, err = e.db.ExecContext(ctx, `INSERT INTO invoice SELECT 'INV-' || id, id, ?, ?, 125000, 125000, datetime('now', '-1 day') FROM customer`,
		(day - 35).String(), (day - 5).String())
	return e, err
}

// payPart posts a part payment of whoever has an address.
func (e *erp) payPart(ctx context.Context, address string) error {
	done, err := e.db.ExecContext(ctx, `UPDATE invoice SET open = open - 30000, changed_at = datetime('now')
		WHERE customer_id = (SELECT id FROM customer WHERE email = ?) AND open > 60000`, address)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n > 1 {
		return fmt.Errorf("%d invoices of %s took a part payment: %w", n, address, err)
	}
	return nil
}
