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
	prepare := []string{`ATTACH ':memory:' AS staged`, `CREATE TEMP TABLE differing (n INTEGER PRIMARY KEY, kept_customer TEXT, kept_open INTEGER)`,
		`CREATE TEMP TABLE unpaid (customer_id TEXT PRIMARY KEY) WITHOUT ROWID`,
		`CREATE TEMP TABLE paid (customer_id TEXT PRIMARY KEY, first_on INTEGER, last_on INTEGER) WITHOUT ROWID`}
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
		{paidByNew(), "SEARCH d USING COVERING INDEX document_by_id (company_no=? AND id=?)"},
		{countPaid + `IN (SELECT customer_id FROM temp.unpaid)`, "SEARCH customer_life USING PRIMARY KEY (company_no=? AND customer_id=?)"},
		{countPaid + `IN (SELECT customer_id FROM temp.unpaid)`, "SEARCH s USING PRIMARY KEY (company_no=? AND document_id=?)"},
		{factFrom + `WHERE company_no = ? AND customer_id IN (?)` + ownFacts, "SEARCH f USING INDEX fact_by_customer (company_no=? AND customer_id=?)"},
		{addressFacts + `?)`, "SEARCH f USING INDEX fact_by_address (address=?)"},
		{overByRef, "SEARCH fact USING INDEX fact_by_ref (ref=?)"},
		{eventsOf + `?) GROUP BY address, medium, hour`, "SEARCH contact_event USING INDEX contact_event_by_address (address=? AND at>? AND at<?)"},
		{taskFrom + `WHERE t.key = ?`, "SEARCH t USING INDEX task_by_key (key=?)"},
		{sentByKey, "SEARCH d USING INDEX delivery_by_key (key=?)"},
		{sentByTag, "SEARCH d USING INDEX delivery_by_tag (tag=?)"},
		{sentByProvider, "SEARCH d USING INDEX delivery_by_provider (provider_id=?)"},
		{sentLastTo, "SEARCH d USING INDEX delivery_by_party (company_no=? AND payer=? AND mode=? AND state=?)"},
		{partyContacts + hasMailbox, "SEARCH k USING INDEX contact_by_email (<expr>=?)"},
		{countUnmatched, "SCAN channel_event USING COVERING INDEX channel_event_unmatched"},
		{listEvents + ` WHERE state = 'unmatched' ORDER BY id`, "SCAN channel_event USING INDEX channel_event_unmatched"},
		{listEvents + ` WHERE hash IN (?, ?) ORDER BY id`, "SEARCH channel_event USING INDEX sqlite_autoindex_channel_event_1 (hash=?)"},
		{listEvents + ` WHERE delivery_id = ? ORDER BY id`, "SEARCH channel_event USING INDEX channel_event_by_delivery (delivery_id=?)"},
		{verdictsTo, "SEARCH verdict_log USING INDEX verdict_log_by_party (company_no=? AND mode=? AND payer=? AND day<?)"},
	}
	for _, tt := range tests {
		args := make([]any, strings.Count(tt.query, "?"))
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
