package postgres

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"

	"holdfast/adapters"
)

// Stream reads rows in PostgreSQL's own text form, past database/sql: no cell
// is turned into a Go value and back.
func (Driver) Stream(ctx context.Context, conn *sql.Conn, query string, args []any, to adapters.Receiver) error {
	return conn.Raw(func(raw any) error {
		return stream(ctx, raw.(*stdlib.Conn).Conn(), query, args, to)
	})
}

func stream(ctx context.Context, conn *pgx.Conn, query string, args []any, to adapters.Receiver) error {
	// Cancelling ends a read that the receiver breaks off: closing it would
	// first fetch all that is left.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	all := append([]any{pgx.QueryResultFormats{pgx.TextFormatCode}}, args...)
	rows, err := conn.Query(ctx, query, all...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns := false
	for rows.Next() {
		if !columns {
			columns = true
			if err := to.Columns(columnsOf(rows.FieldDescriptions())); err != nil {
				cancel()
				return err
			}
		}
		if err := to.Row(rows.RawValues()); err != nil {
			cancel()
			return err
		}
	}
	if err := rows.Err(); err != nil || columns {
		return err
	}
	return to.Columns(columnsOf(rows.FieldDescriptions()))
}

// columnsOf names the columns and sorts their types.
func columnsOf(fields []pgconn.FieldDescription) []adapters.Column {
	columns := make([]adapters.Column, len(fields))
	for i, f := range fields {
		columns[i] = adapters.Column{Name: f.Name, Type: types[f.DataTypeOID]}
	}
	return columns
}

// types are the PostgreSQL types that are not plain text to us.
var types = map[uint32]adapters.Type{
	pgtype.Int2OID: adapters.Int, pgtype.Int4OID: adapters.Int, pgtype.Int8OID: adapters.Int,
	pgtype.BoolOID: adapters.Bool, pgtype.DateOID: adapters.Day, pgtype.NumericOID: adapters.Decimal,
	pgtype.Float4OID: adapters.Float, pgtype.Float8OID: adapters.Float,
}
