package oracle

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"holdfast/adapters"
)

// Stream passes rows on: numbers as exact decimals, DATE and TIMESTAMP as the
// clock reading that is stored, TIMESTAMP WITH TIME ZONE in UTC, RAW and BLOB in
// hexadecimal.
func (Driver) Stream(ctx context.Context, conn *sql.Conn, query string, args []any, to adapters.Receiver) error {
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	err = pass(rows, to)
	return errors.Join(err, rows.Close())
}

func pass(rows *sql.Rows, to adapters.Receiver) error {
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	columns := make([]adapters.Column, len(types))
	for i, t := range types {
		columns[i] = adapters.Column{Name: folded(t.Name()), Type: typeOf(t)}
	}
	word := func(buf []byte, _ int, v any) ([]byte, bool) { return cell(buf, v) }
	return adapters.PassRows(rows, columns, emptyIsNull{to}, word)
}

// cell writes what Oracle has in a form of its own.
func cell(buf []byte, v any) ([]byte, bool) {
	switch v := v.(type) {
	case time.Time:
		// A DATE or TIMESTAMP carries UTC, the time zone of our sessions.
		return v.UTC().AppendFormat(buf, "2006-01-02 15:04:05.999999999"), true
	case []byte:
		start := len(buf)
		buf = hex.AppendEncode(buf, v)
		copy(buf[start:], strings.ToUpper(string(buf[start:])))
		return buf, true
	}
	return buf, false
}

// emptyIsNull passes an empty text on as NULL, which it is in Oracle; godror
// shows both as an empty text.
type emptyIsNull struct{ adapters.Receiver }

// Row passes a row on.
func (r emptyIsNull) Row(cells [][]byte) error {
	for i, c := range cells {
		if len(c) == 0 {
			cells[i] = nil
		}
	}
	return r.Receiver.Row(cells)
}

// folded is a name as people write it: Oracle keeps what was not quoted in
// capitals.
func folded(name string) string {
	if strings.ToUpper(name) == name {
		return strings.ToLower(name)
	}
	return name
}

// wholeDigits is how many digits a NUMBER without decimals may have to fit into
// 64 bits whatever they are.
const wholeDigits = 18

// typeOf sorts a column's type. FLOAT and DOUBLE PRECISION are decimal numbers in
// Oracle; only the BINARY_ types are not exact.
func typeOf(t *sql.ColumnType) adapters.Type {
	switch t.DatabaseTypeName() {
	case "NUMBER":
		precision, scale, _ := t.DecimalSize()
		if scale == 0 && precision > 0 && precision <= wholeDigits {
			return adapters.Int
		}
		return adapters.Decimal
	case "BINARY_INTEGER":
		return adapters.Int
	case "FLOAT", "DOUBLE": // godror's names of BINARY_FLOAT and BINARY_DOUBLE
		return adapters.Float
	case "DATE":
		return adapters.Day
	case "BOOLEAN":
		return adapters.Bool
	}
	return adapters.Text
}
