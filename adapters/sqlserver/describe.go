package sqlserver

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	mssql "github.com/microsoft/go-mssqldb"

	"holdfast/adapters"
)

// Describe lets the server check a query without running it.
func (Driver) Describe(ctx context.Context, conn *sql.Conn, query string, args []any) ([]adapters.Column, error) {
	params, err := declare(args)
	if err != nil {
		return nil, err
	}
	columns, err := describe(ctx, conn, query, params)
	if undescribed(err) {
		return head(ctx, conn, query, args)
	}
	return columns, err
}

// describe asks sp_describe_first_result_set; without parameters their
// declaration is NULL.
func describe(ctx context.Context, conn *sql.Conn, query, params string) ([]adapters.Column, error) {
	declared := sql.NullString{String: params, Valid: params != ""}
	rows, err := conn.QueryContext(ctx, "EXEC sp_describe_first_result_set @tsql = @p1, @params = @p2", query, declared)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	at, of := slices.Index(names, "name"), slices.Index(names, "system_type_name")
	if at < 0 || of < 0 {
		return nil, fmt.Errorf("sp_describe_first_result_set answers with columns %v", names)
	}
	row := make([]any, len(names))
	for i := range row {
		row[i] = new(any)
	}
	var name, kind sql.NullString
	row[at], row[of] = &name, &kind
	var columns []adapters.Column
	for rows.Next() {
		if err := rows.Scan(row...); err != nil {
			return nil, err
		}
		word, _, _ := strings.Cut(kind.String, "(")
		columns = append(columns, adapters.Column{Name: name.String, Type: types[strings.ToLower(word)]})
	}
	return columns, rows.Err()
}

// undescribed reports whether the server cannot describe, which says nothing
// about the query: a server before 2012, one that is SQL Server only in its
// protocol, or a query with a table of its own.
func undescribed(err error) bool {
	var theirs mssql.Error
	if !errors.As(err, &theirs) {
		return false
	}
	return slices.ContainsFunc(append(slices.Clone(theirs.All), theirs), func(e mssql.Error) bool {
		return e.Number == 2812 || e.Number == 11526
	})
}

// head runs a query and looks at nothing but its columns.
func head(ctx context.Context, conn *sql.Conn, query string, args []any) ([]adapters.Column, error) {
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, _, err := columnsOf(rows)
	return columns, err
}

// declare names the parameters of a statement and the types that their values
// are sent with.
func declare(args []any) (string, error) {
	list := make([]string, len(args))
	for i, arg := range args {
		kind, err := kindOf(arg)
		if err != nil {
			return "", fmt.Errorf("bind %d: %w", i+1, err)
		}
		list[i] = fmt.Sprintf("@p%d %s", i+1, kind)
	}
	return strings.Join(list, ", "), nil
}

// kindOf is the type that the library sends a value as.
func kindOf(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "nvarchar(1)", nil
	case mssql.VarChar:
		return sized("varchar", len(v), 8000), nil
	case string:
		return sized("nvarchar", len(utf16.Encode([]rune(v))), 4000), nil
	case mssql.DateTime1:
		return "datetime", nil
	case int64, int:
		return "bigint", nil
	case bool:
		return "bit", nil
	}
	return "", fmt.Errorf("a value of type %T has no type in T-SQL here", v)
}

func sized(kind string, n, most int) string {
	if n == 0 || n > most {
		return kind + "(max)"
	}
	return fmt.Sprintf("%s(%d)", kind, n)
}
