package sqlserver

import (
	"context"
	"database/sql"
	"encoding/hex"
	"strings"
	"time"

	mssql "github.com/microsoft/go-mssqldb"

	"holdfast/adapters"
)

// Stream runs a query and passes its rows on.
func (Driver) Stream(ctx context.Context, conn *sql.Conn, query string, args []any, to adapters.Receiver) error {
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, kinds, err := columnsOf(rows)
	if err != nil {
		return err
	}
	return adapters.PassRows(rows, columns, to, func(buf []byte, column int, v any) ([]byte, bool) {
		if write := writing[kinds[column]]; write != nil {
			return write(buf, v)
		}
		return buf, false
	})
}

// columnsOf names the columns of rows and their types in the server's words.
func columnsOf(rows *sql.Rows) (columns []adapters.Column, kinds []string, err error) {
	described, err := rows.ColumnTypes()
	if err != nil {
		return nil, nil, err
	}
	for _, c := range described {
		kind := strings.ToLower(c.DatabaseTypeName())
		kinds = append(kinds, kind)
		columns = append(columns, adapters.Column{Name: c.Name(), Type: types[kind]})
	}
	return columns, kinds, nil
}

// types are the types that are not plain text to us.
var types = map[string]adapters.Type{
	"tinyint": adapters.Int, "smallint": adapters.Int, "int": adapters.Int, "bigint": adapters.Int,
	"bit": adapters.Bool, "date": adapters.Day,
	"decimal": adapters.Decimal, "numeric": adapters.Decimal, "money": adapters.Decimal, "smallmoney": adapters.Decimal,
	"real": adapters.Float, "float": adapters.Float,
}

// writing are the types whose values are written in a way of their own. All
// others come as text, a number, yes or no, or a clock reading.
var writing = map[string]func(buf []byte, v any) ([]byte, bool){
	"datetime":         writeDatetime,
	"date":             func(buf []byte, v any) ([]byte, bool) { return writeTime(buf, v, time.DateOnly) },
	"time":             func(buf []byte, v any) ([]byte, bool) { return writeTime(buf, v, "15:04:05.9999999") },
	"datetimeoffset":   func(buf []byte, v any) ([]byte, bool) { return writeTime(buf, v, "2006-01-02 15:04:05.9999999") },
	"uniqueidentifier": writeIdentifier,
	"binary":           writeBinary, // also rowversion
	"varbinary":        writeBinary,
	"image":            writeBinary,
}

// writeTime writes a time in UTC; what has no offset is in UTC already.
func writeTime(buf []byte, v any, layout string) ([]byte, bool) {
	t, ok := v.(time.Time)
	if !ok {
		return buf, false
	}
	return t.UTC().AppendFormat(buf, layout), true
}

// writeDatetime writes the thousandths that the server itself shows: it keeps
// three-hundredths of a second, and reads no more than three digits back.
func writeDatetime(buf []byte, v any) ([]byte, bool) {
	t, ok := v.(time.Time)
	if !ok {
		return buf, false
	}
	return t.Round(time.Millisecond).AppendFormat(buf, "2006-01-02 15:04:05.999"), true
}

// writeIdentifier writes a uniqueidentifier as the server converts it to text,
// in capitals.
func writeIdentifier(buf []byte, v any) ([]byte, bool) {
	var id mssql.UniqueIdentifier
	if err := id.Scan(v); err != nil {
		return buf, false
	}
	return append(buf, id.String()...), true
}

// writeBinary writes 0x and hexadecimal digits, which
// CONVERT(varbinary(n), text, 1) turns back.
func writeBinary(buf []byte, v any) ([]byte, bool) {
	b, ok := v.([]byte)
	if !ok {
		return buf, false
	}
	return hex.AppendEncode(append(buf, "0x"...), b), true
}
