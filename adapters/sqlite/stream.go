package sqlite

import (
	"context"
	"database/sql"
	"time"

	"holdfast/adapters"
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
	return adapters.PassRows(rows, columns, to, inUTC)
}

// inUTC writes a time as its reading in UTC.
func inUTC(buf []byte, _ int, v any) ([]byte, bool) {
	t, ok := v.(time.Time)
	if ok {
		buf = t.UTC().AppendFormat(buf, "2006-01-02 15:04:05.999999999")
	}
	return buf, ok
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
