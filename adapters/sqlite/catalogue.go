package sqlite

import (
	"context"
	"database/sql"

	"holdfast/adapters"
)

var (
	_ adapters.Catalogue = Driver{}
	_ adapters.Planner   = Driver{}
)

// Tables lists the tables and views of the file; it has no schemas.
func (Driver) Tables(ctx context.Context, conn *sql.Conn, _ string) ([]adapters.Table, error) {
	rows, err := conn.QueryContext(ctx, `SELECT '', m.name, -1, c.name, c.type, c.pk > 0
		FROM sqlite_master AS m CROSS JOIN pragma_table_info(m.name) AS c
		WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%'
		ORDER BY m.name, c.cid`)
	return adapters.Tables(rows, err)
}

// Plan asks SQLite how it would carry a query out.
func (Driver) Plan(ctx context.Context, conn *sql.Conn, query string, args []any) (adapters.Plan, error) {
	rows, err := conn.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		return adapters.Plan{}, err
	}
	defer rows.Close()
	var p adapters.Plan
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return p, err
		}
		p.Text += detail + "\n"
	}
	return p, rows.Err()
}
