package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// Stream passes the rows of a query on as text.
func (Driver) Stream(ctx context.Context, conn *sql.Conn, query string, args []any, to adapters.Receiver) error {
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := columnsOf(rows)
	if err != nil {
		return err
	}
	if err := to.Columns(columns); err != nil {
		return err
	}
	row := newRow(columns)
	for rows.Next() {
		if err := rows.Scan(row.into...); err != nil {
			return err
		}
		if err := row.write(); err != nil {
			return err
		}
		if err := to.Row(row.cells); err != nil {
			return err
		}
	}
	return rows.Err()
}

// columnsOf names the columns. SQLite knows the declared type of a plain column
// only; an expression counts as text.
func columnsOf(rows *sql.Rows) ([]adapters.Column, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	columns := make([]adapters.Column, len(types))
	for i, t := range types {
		columns[i].Name = t.Name()
		switch t.DatabaseTypeName() {
		case "INTEGER", "INT", "BIGINT":
			columns[i].Type = adapters.Int
		case "BOOLEAN", "BOOL":
			columns[i].Type = adapters.Bool
		case "DATE":
			columns[i].Type = adapters.Day
		}
	}
	return columns, nil
}

// row is one row, scanned into values and written out as text into buffers that
// serve every row.
type row struct {
	columns []adapters.Column
	values  []any
	into    []any
	cells   [][]byte
	buffers [][]byte
}

func newRow(columns []adapters.Column) *row {
	n := len(columns)
	r := &row{columns: columns, values: make([]any, n), into: make([]any, n), cells: make([][]byte, n), buffers: make([][]byte, n)}
	for i := range r.values {
		r.into[i] = &r.values[i]
		r.buffers[i] = make([]byte, 0, 32)
	}
	return r
}

func (r *row) write() error {
	for i, v := range r.values {
		if v == nil {
			r.cells[i] = nil
			continue
		}
		buf := r.buffers[i][:0]
		switch v := v.(type) {
		case string:
			buf = append(buf, v...)
		case []byte:
			buf = append(buf, v...)
		case int64:
			buf = strconv.AppendInt(buf, v, 10)
		case bool:
			buf = strconv.AppendBool(buf, v)
		case time.Time:
			buf = v.UTC().AppendFormat(buf, "2006-01-02 15:04:05.999999999")
		case float64:
			return fault.New(fault.Invalid, "the column %q is a floating-point number (%v)", r.columns[i].Name, v).
				WithCure("give amounts as text in the SELECT, such as printf('%%.2f', ...) of whole cents, or CAST(... AS TEXT)")
		default:
			return fmt.Errorf("the column %q has a value of type %T, which no ERP should have", r.columns[i].Name, v)
		}
		r.buffers[i], r.cells[i] = buf, buf
	}
	return nil
}
