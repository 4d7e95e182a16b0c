package sqlserver

import (
	"context"
	"database/sql"
	"strings"

	"holdfast/adapters"
)

// Rights asks the catalogue, and tries nothing. A table that the login may not
// see gives none.
func (d Driver) Rights(ctx context.Context, conn *sql.Conn, table, column string) (adapters.Rights, error) {
	got, err := scalarsOf(ctx, conn, []any{d.Bind(table), d.Bind(unquoted(column))},
		"SELECT HAS_PERMS_BY_NAME(@p1, 'OBJECT', 'UPDATE', @p2, 'COLUMN')",
		"SELECT HAS_PERMS_BY_NAME(@p1, 'OBJECT', 'INSERT')",
		"SELECT HAS_PERMS_BY_NAME(@p1, 'OBJECT', 'DELETE')",
		"SELECT IS_SRVROLEMEMBER('sysadmin')",
		"SELECT IS_ROLEMEMBER('db_owner')")
	if err != nil {
		return adapters.Rights{}, err
	}
	return adapters.Rights{
		Update: got[0] == "1", Insert: got[1] == "1", Delete: got[2] == "1", Super: got[3] == "1" || got[4] == "1",
	}, nil
}

// unquoted is a name without the brackets or quotes that it is written in: the
// server's function takes columns bare.
func unquoted(name string) string {
	switch {
	case len(name) > 1 && name[0] == '[' && name[len(name)-1] == ']':
		return strings.ReplaceAll(name[1:len(name)-1], "]]", "]")
	case len(name) > 1 && name[0] == '"' && name[len(name)-1] == '"':
		return strings.ReplaceAll(name[1:len(name)-1], `""`, `"`)
	}
	return name
}

const full = "QUOTENAME(t.TABLE_SCHEMA) + '.' + QUOTENAME(t.TABLE_NAME)"

// writable is a list of tables to which the login may write a row.
const writable = `SELECT TOP (20) LOWER(t.TABLE_NAME) FROM INFORMATION_SCHEMA.TABLES AS t
WHERE HAS_PERMS_BY_NAME(` + full + `, 'OBJECT', 'INSERT') = 1 OR HAS_PERMS_BY_NAME(` + full + `, 'OBJECT', 'UPDATE') = 1
	OR HAS_PERMS_BY_NAME(` + full + `, 'OBJECT', 'DELETE') = 1`

// byColumn adds those of which it may write a column. Only columns that
// somebody was granted by themselves are asked about: an ERP has a hundred
// thousand.
const byColumn = `
	OR EXISTS (SELECT 1 FROM sys.database_permissions AS p JOIN sys.columns AS c ON c.object_id = p.major_id AND c.column_id = p.minor_id
		WHERE p.class = 1 AND p.type = 'UP' AND p.major_id = OBJECT_ID(` + full + `)
			AND HAS_PERMS_BY_NAME(` + full + `, 'OBJECT', 'UPDATE', c.name, 'COLUMN') = 1)`

// byAnyColumn is byColumn where the server does not show what was granted: it
// asks about every column.
const byAnyColumn = `
	OR EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.COLUMNS AS c WHERE c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
		AND HAS_PERMS_BY_NAME(` + full + `, 'OBJECT', 'UPDATE', c.COLUMN_NAME, 'COLUMN') = 1)`

const byName = "\nORDER BY 1"

// Writable asks the catalogue for tables that the login may write to.
func (Driver) Writable(ctx context.Context, conn *sql.Conn) ([]string, error) {
	names, err := adapters.Names(conn.QueryContext(ctx, writable+byColumn+byName))
	if answered(err) {
		return adapters.Names(conn.QueryContext(ctx, writable+byAnyColumn+byName))
	}
	return names, err
}
