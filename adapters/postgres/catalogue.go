package postgres

import (
	"context"
	"database/sql"

	"holdfast/adapters"
)

var _ adapters.Catalogue = Driver{}

// Tables lists the tables and views of a schema, or of the search path.
func (Driver) Tables(ctx context.Context, conn *sql.Conn, schema string) ([]adapters.Table, error) {
	rows, err := conn.QueryContext(ctx, `SELECT n.nspname, c.relname, CASE WHEN c.relkind IN ('r', 'p') THEN GREATEST(c.reltuples, -1)::bigint ELSE -1 END,
			a.attname, format_type(a.atttypid, a.atttypmod),
			EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
		FROM pg_class AS c
		JOIN pg_namespace AS n ON n.oid = c.relnamespace
		JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
			AND (n.nspname = $1 OR $1 = '' AND n.nspname = ANY (current_schemas(false)))
		ORDER BY n.nspname, c.relname, a.attnum`, schema)
	return adapters.Tables(rows, err)
}
