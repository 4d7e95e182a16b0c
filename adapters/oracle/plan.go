package oracle

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"holdfast/adapters"
)

// planID marks our rows of PLAN_TABLE, which is the session's own.
const planID = "holdfast"

// Plan lets Oracle write its plan of a query into PLAN_TABLE, reads it and rolls
// back. It must not be called inside a transaction.
func (d Driver) Plan(ctx context.Context, conn *sql.Conn, query string, args []any) (adapters.Plan, error) {
	if err := planning(conn, true); err != nil {
		return adapters.Plan{}, err
	}
	plan, err := d.explained(ctx, conn, query, args)
	return plan, errors.Join(err, planning(conn, false))
}

// planning lets a session that does not write fill its PLAN_TABLE.
func planning(conn *sql.Conn, on bool) error {
	return conn.Raw(func(raw any) error {
		s, ok := raw.(interface{ plans(bool) })
		if !ok {
			return fmt.Errorf("the connection is a %T, not one of this driver", raw)
		}
		s.plans(on)
		return nil
	})
}

func (Driver) explained(ctx context.Context, conn *sql.Conn, query string, args []any) (plan adapters.Plan, err error) {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return plan, err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	if _, err := tx.ExecContext(ctx, "EXPLAIN PLAN SET STATEMENT_ID = '"+planID+"' FOR\n"+query, args...); err != nil {
		return plan, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT p.depth, p.operation, p.options, p.object_name, COALESCE(t.num_rows, p.cardinality, 0)
		FROM plan_table p LEFT JOIN all_tables t ON t.owner = p.object_owner AND t.table_name = p.object_name
		WHERE p.statement_id = :1 ORDER BY p.id`, planID)
	if err != nil {
		return plan, err
	}
	defer rows.Close()
	var text strings.Builder
	for rows.Next() {
		var s planStep
		if err := rows.Scan(&s.depth, &s.operation, &s.options, &s.object, &s.rows); err != nil {
			return plan, err
		}
		s.writeTo(&text)
		if s.scans() {
			plan.Scans = append(plan.Scans, adapters.Scan{Table: folded(s.object.String), Rows: s.rows})
		}
	}
	plan.Text = text.String()
	return plan, rows.Err()
}

// planStep is one row of PLAN_TABLE.
type planStep struct {
	depth     int
	operation string
	options   sql.NullString
	object    sql.NullString
	rows      int64 // of the table, or what the step is expected to bring
}

// scans reports whether the step reads a table from end to end.
func (s planStep) scans() bool {
	return s.operation == "TABLE ACCESS" && strings.HasSuffix(s.options.String, "FULL")
}

func (s planStep) writeTo(b *strings.Builder) {
	words := []string{strings.Repeat("  ", s.depth) + s.operation}
	for _, w := range []string{s.options.String, s.object.String} {
		if w != "" {
			words = append(words, w)
		}
	}
	b.WriteString(strings.Join(words, " "))
	if s.rows > 0 {
		fmt.Fprintf(b, " (%d rows)", s.rows)
	}
	b.WriteByte('\n')
}
