package adapters

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"holdfast/engine/fault"
)

// PassRows passes the rows of database/sql on as text, for drivers that have no
// shorter way: exact decimals must come as text already, and a time is written
// as the clock reading that it carries. word may write a value in a way of the
// driver's own; it returns false for those it leaves. nil: none.
func PassRows(rows *sql.Rows, columns []Column, to Receiver, word func(buf []byte, column int, v any) ([]byte, bool)) error {
	if err := to.Columns(columns); err != nil {
		return err
	}
	row := newRow(columns, word)
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

// ColumnsOf returns the columns of a query that was emptied of its rows, by the
// driver's own Stream.
func ColumnsOf(ctx context.Context, d Driver, conn *sql.Conn, emptied string, args []any) ([]Column, error) {
	var h header
	err := d.Stream(ctx, conn, emptied, args, &h)
	return h.columns, err
}

// header keeps the columns of a query and looks at no row.
type header struct{ columns []Column }

// Columns keeps them.
func (h *header) Columns(columns []Column) error {
	h.columns = columns
	return nil
}

// Row is never called: the query is emptied.
func (h *header) Row([][]byte) error { return nil }

// row is one row, scanned into values and written out as text into buffers that
// serve every row.
type row struct {
	columns []Column
	word    func(buf []byte, column int, v any) ([]byte, bool)
	values  []any
	into    []any
	cells   [][]byte
	buffers [][]byte
}

func newRow(columns []Column, word func([]byte, int, any) ([]byte, bool)) *row {
	n := len(columns)
	r := &row{columns: columns, word: word, values: make([]any, n), into: make([]any, n), cells: make([][]byte, n), buffers: make([][]byte, n)}
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
		buf, err := r.text(r.buffers[i][:0], i, v)
		if err != nil {
			return err
		}
		r.buffers[i], r.cells[i] = buf, buf
	}
	return nil
}

// text writes one value.
func (r *row) text(buf []byte, column int, v any) ([]byte, error) {
	if r.word != nil {
		if own, done := r.word(buf, column, v); done {
			return own, nil
		}
	}
	switch v := v.(type) {
	case string:
		return append(buf, v...), nil
	case []byte:
		return append(buf, v...), nil
	case int64:
		return strconv.AppendInt(buf, v, 10), nil
	case bool:
		return strconv.AppendBool(buf, v), nil
	case time.Time:
		return v.AppendFormat(buf, "2006-01-02 15:04:05.999999999"), nil
	case float64, float32:
		return buf, fault.New(fault.Invalid, "the column %q is a floating-point number (%v)", r.columns[column].Name, v).
			WithCure("give amounts as an exact decimal in the SELECT, or as text")
	}
	return buf, fmt.Errorf("the column %q has a value of type %T, which no ERP should have", r.columns[column].Name, v)
}

// Names reads the one text column of rows, for a driver's lists.
func Names(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
