package postgres

import (
	"context"
	"database/sql"
	"encoding/json"

	"holdfast/adapters"
)

var _ adapters.Planner = Driver{}

// Plan asks PostgreSQL how it would carry a query out. A table's rows are its
// own estimate, of the last ANALYZE.
func (Driver) Plan(ctx context.Context, conn *sql.Conn, query string, args []any) (adapters.Plan, error) {
	var text string
	if err := conn.QueryRowContext(ctx, "EXPLAIN (VERBOSE, FORMAT JSON) "+query, args...).Scan(&text); err != nil {
		return adapters.Plan{}, err
	}
	p := adapters.Plan{Text: text}
	for _, table := range scanned(text) {
		s := adapters.Scan{Table: table}
		err := conn.QueryRowContext(ctx, `SELECT GREATEST(sum(c.reltuples), 0)::bigint FROM pg_class AS c WHERE c.oid = to_regclass($1)`, table).Scan(&s.Rows)
		if err != nil {
			return p, err
		}
		p.Scans = append(p.Scans, s)
	}
	return p, nil
}

// node is what is read of a node of EXPLAIN's tree.
type node struct {
	Type   string `json:"Node Type"`
	Schema string `json:"Schema"`
	Table  string `json:"Relation Name"`
	Plans  []node `json:"Plans"`
}

// scanned lists the tables of a plan that are read from end to end.
func scanned(text string) []string {
	var tree []struct {
		Plan node `json:"Plan"`
	}
	if json.Unmarshal([]byte(text), &tree) != nil {
		return nil
	}
	var tables []string
	seen := map[string]bool{}
	var walk func(n node)
	walk = func(n node) {
		if name := quoted(n.Schema) + "." + quoted(n.Table); n.Type == "Seq Scan" && !seen[name] {
			seen[name] = true
			tables = append(tables, name)
		}
		for _, below := range n.Plans {
			walk(below)
		}
	}
	for _, t := range tree {
		walk(t.Plan)
	}
	return tables
}

// quoted writes a name as SQL.
func quoted(name string) string {
	text := []byte{'"'}
	for _, b := range []byte(name) {
		if b == '"' {
			text = append(text, b)
		}
		text = append(text, b)
	}
	return string(append(text, '"'))
}
