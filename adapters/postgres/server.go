package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"holdfast/adapters"
)

// Server names the cluster, its timeline and the database. A cluster that is
// restored to an earlier point has another timeline; a database that is
// restored from a dump has another oid.
func (Driver) Server(ctx context.Context, conn *sql.Conn) (adapters.Server, error) {
	var version, name string
	var oid int64
	var tls sql.NullBool
	err := conn.QueryRowContext(ctx, `SELECT current_setting('server_version'), current_database(),
		(SELECT oid::bigint FROM pg_database WHERE datname = current_database()),
		(SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid())`).Scan(&version, &name, &oid, &tls)
	if err != nil {
		return adapters.Server{}, err
	}
	cluster, err := cluster(ctx, conn)
	if err != nil {
		return adapters.Server{}, err
	}
	return adapters.Server{
		Identity: fmt.Sprintf("postgres %s database=%s oid=%d", cluster, name, oid),
		Version:  "PostgreSQL " + version, Encrypted: tls.Bool,
	}, nil
}

// cluster reads system identifier and timeline where the login may.
func cluster(ctx context.Context, conn *sql.Conn) (string, error) {
	var may bool
	err := conn.QueryRowContext(ctx, `SELECT has_function_privilege('pg_control_system()', 'EXECUTE')
		AND has_function_privilege('pg_control_checkpoint()', 'EXECUTE')`).Scan(&may)
	if err != nil || !may {
		return "system=unknown", err
	}
	var system string
	var timeline int64
	err = conn.QueryRowContext(ctx, `SELECT s.system_identifier::text, c.timeline_id::bigint
		FROM pg_control_system() s, pg_control_checkpoint() c`).Scan(&system, &timeline)
	return fmt.Sprintf("system=%s timeline=%d", system, timeline), err
}

// Rights asks the catalogue, and tries nothing.
func (Driver) Rights(ctx context.Context, conn *sql.Conn, table, column string) (adapters.Rights, error) {
	var r adapters.Rights
	err := conn.QueryRowContext(ctx, `SELECT has_column_privilege($1, $2, 'UPDATE'), has_column_privilege($1, $2, 'INSERT'),
		has_table_privilege($1, 'DELETE'), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)`, table, column).
		Scan(&r.Update, &r.Insert, &r.Delete, &r.Super)
	return r, err
}

// Writable asks the catalogue for tables that the login may write to.
func (Driver) Writable(ctx context.Context, conn *sql.Conn) ([]string, error) {
	rows, err := conn.QueryContext(ctx, `SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p', 'v', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
			AND (has_table_privilege(c.oid, 'INSERT, DELETE, TRUNCATE') OR has_any_column_privilege(c.oid, 'INSERT, UPDATE'))
		ORDER BY c.relname LIMIT 20`)
	return adapters.Names(rows, err)
}
