package store

import (
	"database/sql"
	"strings"
	"testing"
)

// A cycle's cost follows what changed and not the ledger: what runs in each one
// finds its rows by an index.
func TestQuietCycleReadsByIndex(t *testing.T) {
	s, err := Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	prepare := []string{`ATTACH ':memory:' AS staged`, `CREATE TEMP TABLE differing (n INTEGER PRIMARY KEY, kept_customer TEXT, kept_open INTEGER)`}
	for _, table := range tables() {
		prepare = append(prepare, "CREATE TABLE staged."+table.name+" (n INTEGER PRIMARY KEY, "+table.list("")+")")
	}
	for _, query := range prepare {
		if _, err := s.w.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct{ query, want string }{
		{dueByDay, "next_on<?"},
		{dueByBook1, "book<?"},
		{dueByBook2, "book>?"},
		{documentTable.dropDiffering(), "SEARCH document USING PRIMARY KEY (company_no=? AND customer_id=? AND id=?)"},
		{contactTable.dropDiffering(), "SEARCH contact USING PRIMARY KEY (company_no=? AND customer_id=? AND id=?)"},
		{customerTable.dropDiffering(), "SEARCH customer USING PRIMARY KEY (company_no=? AND id=?)"},
		{documentTable.listDiffering(), "SEARCH k USING INDEX document_by_id (company_no=? AND id=?)"},
	}
	for _, tt := range tests {
		args := []any{1, "live", 1}[:strings.Count(tt.query, "?")]
		var steps []string
		rows, err := s.w.Query("EXPLAIN QUERY PLAN "+tt.query, args...)
		err = each(rows, err, func(rows *sql.Rows) error {
			var id, parent, unused int
			var step string
			err := rows.Scan(&id, &parent, &unused, &step)
			steps = append(steps, step)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if plan := strings.Join(steps, "\n"); !strings.Contains(plan, tt.want) {
			t.Errorf("%s\nis run as\n%s\nwant %s", tt.query, plan, tt.want)
		}
	}
}
