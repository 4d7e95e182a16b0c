package demoerp

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"holdfast/engine/ar"
)

// postingHour is when, in UTC, the night's postings carry their stamp: before
// any office of the company opens.
const postingHour = 10

// counters are the numbers that the ERP hands out, each with its first value.
var counters = []struct {
	name  string
	first int64
}{
	{"order", 40000}, {"shipment", 60000}, {"invoice", 100000}, {"memo", 5000},
	{"receipt", 70000}, {"application", 0}, {"intention", 0},
}

// book is one transaction on the ERP. The first error sticks: what follows it
// does nothing, and whoever opened the book asks for it at the end.
type book struct {
	ctx     context.Context // of the transaction, which lives as long as the book
	tx      *sql.Tx
	stmts   map[string]*sql.Stmt
	numbers map[string]int64
	day     ar.Day
	stamp   string
	err     error
}

func openBook(ctx context.Context, tx *sql.Tx) (*book, error) {
	b := &book{ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}, numbers: map[string]int64{}}
	for _, c := range counters {
		n, err := strconv.ParseInt(b.setting("last_"+c.name, strconv.FormatInt(c.first, 10)), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("setting last_%s: %w", c.name, err)
		}
		b.numbers[c.name] = n
	}
	return b, b.err
}

// begin turns the book to a day. Its stamp is later than any in the file, so
// that who reads by stamp misses nothing, in whatever order days are played.
func (b *book) begin(day ar.Day) {
	y, m, d := day.Date()
	at := time.Date(y, m, d, postingHour, 0, 0, 0, time.UTC)
	var newest string
	b.row(`SELECT max(t) FROM (SELECT max(changed_at) AS t FROM customer
		UNION ALL SELECT max(changed_at) FROM sales_order
		UNION ALL SELECT max(changed_at) FROM invoice_instalment
		UNION ALL SELECT max(changed_at) FROM receipt
		UNION ALL SELECT max(changed_at) FROM credit_memo
		UNION ALL SELECT max(changed_at) FROM receipt_application)`, nil, &newest)
	if last, err := time.Parse(time.DateTime, newest); err == nil && !at.After(last) {
		at = last.Add(time.Second)
	}
	b.day, b.stamp = day, at.Format(time.DateTime)
}

// end keeps the numbers handed out and returns the first error.
func (b *book) end() error {
	for _, c := range counters {
		b.set("last_"+c.name, strconv.FormatInt(b.numbers[c.name], 10))
	}
	return b.err
}

// number hands out the next number of a counter.
func (b *book) number(counter string) int64 {
	b.numbers[counter]++
	return b.numbers[counter]
}

func (b *book) setting(name, otherwise string) string {
	value := otherwise
	b.row("SELECT value FROM setting WHERE name = ?", []any{name}, &value)
	return value
}

func (b *book) set(name, value string) {
	b.exec("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
}

// exec runs one statement and returns how many rows it changed.
func (b *book) exec(query string, args ...any) int64 {
	stmt := b.prepare(query)
	if b.err != nil {
		return 0
	}
	res, err := stmt.ExecContext(b.ctx, args...)
	if err != nil {
		b.err = err
		return 0
	}
	n, err := res.RowsAffected()
	b.err = err
	return n
}

// row reads one row; where there is none, or it is NULL, into stays as it was.
func (b *book) row(query string, args []any, into *string) {
	stmt := b.prepare(query)
	if b.err != nil {
		return
	}
	var v sql.NullString
	switch err := stmt.QueryRowContext(b.ctx, args...).Scan(&v); err {
	case nil:
		if v.Valid {
			*into = v.String
		}
	case sql.ErrNoRows:
	default:
		b.err = err
	}
}

// rows calls scan for every row, after which the statement is free again.
func (b *book) rows(query string, args []any, scan func(*sql.Rows) error) {
	stmt := b.prepare(query)
	if b.err != nil {
		return
	}
	rows, err := stmt.QueryContext(b.ctx, args...)
	if err != nil {
		b.err = err
		return
	}
	defer rows.Close() // rows.Err says all there is
	for rows.Next() && b.err == nil {
		b.err = scan(rows)
	}
	if b.err == nil {
		b.err = rows.Err()
	}
}

func (b *book) prepare(query string) *sql.Stmt {
	if b.err != nil {
		return nil
	}
	if s, ok := b.stmts[query]; ok {
		return s
	}
	s, err := b.tx.PrepareContext(b.ctx, query)
	if err != nil {
		b.err = err
		return nil
	}
	b.stmts[query] = s
	return s
}
