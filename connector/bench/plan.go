package main

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"holdfast/engine/cycle"
)

// planRows measures deciding every account against one pass that reads the same
// rows from the state's own file.
func planRows(ctx context.Context, s setting) ([]Row, error) {
	l, err := newLedger(ctx, s, s.documents, s.documents/docsPerCustomer)
	if err != nil {
		return nil, err
	}
	defer l.close()
	if _, err := l.firstPull(ctx); err != nil {
		return nil, err
	}
	if err := l.readAll(ctx); err != nil { // warms the file
		return nil, err
	}
	read, err := timed(func() error { return l.readAll(ctx) })
	if err != nil {
		return nil, err
	}
	before := cpuTime()
	took, err := timed(func() error {
		return l.cycle.Plan(ctx, []*cycle.Company{l.co}, func(*cycle.Company) cycle.Moment { return moment() }, 1, func(cycle.PlanRow) error { return nil })
	})
	if err != nil {
		return nil, err
	}
	cores := took
	if used := cpuTime() - before; used > 0 {
		cores = used
	}
	return []Row{{
		Work: fmt.Sprintf("decide all accounts of %d documents", s.documents), Took: seconds(took),
		Floor: "reading the same rows from SQLite " + seconds(read), Ratio: took.Seconds() / read.Seconds(), Unit: "×", Goal: 3,
	}, {
		Work: "the same, in documents", Took: seconds(cores) + " of processor", Floor: "–",
		Ratio: float64(s.documents) / cores.Seconds(), Unit: "/s/core", Goal: 50_000, AtLeast: true,
	}}, nil
}

// readAll reads every row that a decision needs, in the order of customers.
func (l *books) readAll(ctx context.Context) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(l.dir, "state", "holdfast.db")+"?mode=ro&_pragma=query_only(1)")
	if err != nil {
		return err
	}
	defer db.Close()
	for _, query := range []string{
		`SELECT * FROM customer ORDER BY company_no, id`, `SELECT * FROM contact ORDER BY company_no, customer_id`,
		`SELECT * FROM document WHERE open <> 0 ORDER BY company_no, customer_id`, `SELECT * FROM party_state ORDER BY company_no, payer`,
	} {
		if err := drain(ctx, db, query); err != nil {
			return fmt.Errorf("%s: %w", query, err)
		}
	}
	return nil
}

// drain reads a query's rows and forgets them.
func drain(ctx context.Context, db *sql.DB, query string) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	cells := make([]any, len(columns))
	for i := range cells {
		cells[i] = new(any)
	}
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// memoryRow pulls and decides the ledger; who started this process sees how
// much memory that took.
func memoryRow(ctx context.Context, s setting) ([]Row, error) {
	l, err := newLedger(ctx, s, s.documents, s.documents/docsPerCustomer)
	if err != nil {
		return nil, err
	}
	defer l.close()
	began := time.Now()
	if _, err := l.cycle.Run(ctx, func(*cycle.Company) cycle.Moment { return moment() }); err != nil {
		return nil, err
	}
	runtime.KeepAlive(l)
	return []Row{{
		Work: fmt.Sprintf("memory of pull and decide, %d documents", s.documents), Took: "in " + seconds(time.Since(began)),
		Floor: "–", Unit: "MiB", Goal: 256,
	}}, nil
}
