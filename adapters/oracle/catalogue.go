package oracle

import (
	"context"
	"database/sql"
	"fmt"

	"holdfast/adapters"
)

// Tables lists the tables and views of a schema; empty: the session's own.
func (Driver) Tables(ctx context.Context, conn *sql.Conn, schema string) ([]adapters.Table, error) {
	owner := stored(schema)
	if schema == "" {
		if err := conn.QueryRowContext(ctx, "SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM DUAL").Scan(&owner); err != nil {
			return nil, err
		}
	}
	counts, err := rowCounts(ctx, conn, owner)
	if err != nil {
		return nil, err
	}
	keys, err := keyColumns(ctx, conn, owner)
	if err != nil {
		return nil, err
	}
	rows, err := conn.QueryContext(ctx, `SELECT table_name, column_name, data_type, data_precision, data_scale, char_length
		FROM all_tab_columns WHERE owner = :1 ORDER BY table_name, column_id`, owner)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tables []adapters.Table
	last := ""
	for rows.Next() {
		var table string
		var c column
		if err := rows.Scan(&table, &c.name, &c.kind, &c.precision, &c.scale, &c.length); err != nil {
			return nil, err
		}
		if table != last || len(tables) == 0 {
			count, known := counts[table]
			if !known {
				count = -1
			}
			tables = append(tables, adapters.Table{Schema: folded(owner), Name: folded(table), Rows: count})
			last = table
		}
		t := &tables[len(tables)-1]
		t.Columns = append(t.Columns, adapters.TableColumn{Name: folded(c.name), Type: c.words(), Key: keys[table+"."+c.name]})
	}
	return tables, rows.Err()
}

// column is one row of ALL_TAB_COLUMNS.
type column struct {
	name, kind               string
	precision, scale, length sql.NullInt64
}

// words is the type as a person would declare it.
func (c column) words() string {
	switch {
	case c.precision.Valid && c.scale.Int64 != 0:
		return fmt.Sprintf("%s(%d,%d)", c.kind, c.precision.Int64, c.scale.Int64)
	case c.precision.Valid:
		return fmt.Sprintf("%s(%d)", c.kind, c.precision.Int64)
	case c.length.Int64 > 0:
		return fmt.Sprintf("%s(%d)", c.kind, c.length.Int64)
	}
	return c.kind
}

// rowCounts are the rows of each table when its statistics were last gathered.
func rowCounts(ctx context.Context, conn *sql.Conn, owner string) (map[string]int64, error) {
	rows, err := conn.QueryContext(ctx, "SELECT table_name, num_rows FROM all_tables WHERE owner = :1 AND num_rows IS NOT NULL", owner)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]int64{}
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			return nil, err
		}
		counts[name] = n
	}
	return counts, rows.Err()
}

// keyColumns are the columns of primary keys, as TABLE.COLUMN.
func keyColumns(ctx context.Context, conn *sql.Conn, owner string) (map[string]bool, error) {
	names, err := adapters.Names(conn.QueryContext(ctx, `SELECT c.table_name || '.' || c.column_name FROM all_constraints k
		JOIN all_cons_columns c ON c.owner = k.owner AND c.constraint_name = k.constraint_name
		WHERE k.owner = :1 AND k.constraint_type = 'P'`, owner))
	keys := map[string]bool{}
	for _, n := range names {
		keys[n] = true
	}
	return keys, err
}
