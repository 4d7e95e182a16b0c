package sqlserver

import (
	"context"
	"database/sql"
	"fmt"

	"holdfast/adapters"
)

// columns lists all columns of a schema, in the order of the tables' names.
const columns = `SELECT c.TABLE_SCHEMA, c.TABLE_NAME, c.COLUMN_NAME, c.DATA_TYPE, c.CHARACTER_MAXIMUM_LENGTH,
	c.NUMERIC_PRECISION, c.NUMERIC_SCALE, CASE WHEN k.COLUMN_NAME IS NULL THEN 0 ELSE 1 END
FROM INFORMATION_SCHEMA.COLUMNS AS c
LEFT JOIN (SELECT u.TABLE_SCHEMA, u.TABLE_NAME, u.COLUMN_NAME FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE AS u
	JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS AS p ON p.CONSTRAINT_SCHEMA = u.CONSTRAINT_SCHEMA AND p.CONSTRAINT_NAME = u.CONSTRAINT_NAME
	WHERE p.CONSTRAINT_TYPE = 'PRIMARY KEY') AS k
	ON k.TABLE_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME
WHERE c.TABLE_SCHEMA = @p1
ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`

// sizes counts the rows of the tables as the server keeps them with their
// storage.
const sizes = `SELECT t.name, CAST(SUM(p.rows) AS bigint) FROM sys.tables AS t
JOIN sys.schemas AS s ON s.schema_id = t.schema_id
JOIN sys.partitions AS p ON p.object_id = t.object_id AND p.index_id IN (0, 1)
WHERE s.name = @p1 GROUP BY t.name`

// Tables lists what the login may see of a schema.
func (d Driver) Tables(ctx context.Context, conn *sql.Conn, schema string) ([]adapters.Table, error) {
	if schema == "" {
		own, err := scalars(ctx, conn, "SELECT SCHEMA_NAME()")
		if err != nil {
			return nil, err
		}
		schema = own[0]
	}
	rows, err := conn.QueryContext(ctx, columns, d.Bind(schema))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tables []adapters.Table
	for rows.Next() {
		if tables, err = addColumn(tables, rows); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return tables, d.count(ctx, conn, tables, schema)
}

// addColumn adds the column of one row to the last table, or to a new one.
func addColumn(tables []adapters.Table, row *sql.Rows) ([]adapters.Table, error) {
	var schema, table string
	var c adapters.TableColumn
	var length, precision, scale sql.NullInt64
	if err := row.Scan(&schema, &table, &c.Name, &c.Type, &length, &precision, &scale, &c.Key); err != nil {
		return nil, err
	}
	c.Type = typeWords(c.Type, length, precision, scale)
	if n := len(tables); n == 0 || tables[n-1].Name != table {
		tables = append(tables, adapters.Table{Schema: schema, Name: table, Rows: -1})
	}
	last := &tables[len(tables)-1]
	last.Columns = append(last.Columns, c)
	return tables, nil
}

// typeWords writes a type as a CREATE TABLE would.
func typeWords(kind string, length, precision, scale sql.NullInt64) string {
	switch {
	case kind == "decimal" || kind == "numeric":
		return fmt.Sprintf("%s(%d,%d)", kind, precision.Int64, scale.Int64)
	case kind == "text" || kind == "ntext" || kind == "image" || kind == "xml" || !length.Valid:
		return kind
	case length.Int64 < 0:
		return kind + "(max)"
	}
	return fmt.Sprintf("%s(%d)", kind, length.Int64)
}

// count fills in the rows of tables. A server that does not tell leaves them
// unknown.
func (d Driver) count(ctx context.Context, conn *sql.Conn, tables []adapters.Table, schema string) error {
	rows, err := conn.QueryContext(ctx, sizes, d.Bind(schema))
	if answered(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer rows.Close()
	known := map[string]int64{}
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			return err
		}
		known[name] = n
	}
	for i := range tables {
		if n, ok := known[tables[i].Name]; ok {
			tables[i].Rows = n
		}
	}
	return rows.Err()
}
