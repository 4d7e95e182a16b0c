package draft_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/adapters/draft"
	"holdfast/adapters/presets"
)

func table(name string, rows int64, columns ...string) adapters.Table {
	t := adapters.Table{Schema: "dbo", Name: name, Rows: rows}
	for _, c := range columns {
		name, key := strings.CutSuffix(c, "*")
		t.Columns = append(t.Columns, adapters.TableColumn{Name: name, Type: "nvarchar", Key: key})
	}
	return t
}

// A draft loads on every engine, marks what it guessed, and says what it did not
// find; nothing is made up.
func TestADraftLoadsAndSaysWhatItGuessed(t *testing.T) {
	tables := []adapters.Table{
		table("Customer Master", 900, "Cust No*", "Name", "Credit Limit", "Modified"),
		table("Customer Log", 90_000, "Id*", "Customer", "Text"),
		table("Open Invoice", 50_000, "Doc No*", "Cust No", "Invoice No", "Due Date", "Currency", "Balance", "Modified"),
		table("Weather", 1, "Day*", "Rain"),
	}
	for _, engine := range []string{"postgres", "sqlserver", "oracle", "sqlite"} {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, "mine"), 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range (draft.Draft{Name: "mine", Engine: engine, Schema: "dbo", Tables: tables}).Files() {
			if err := os.WriteFile(filepath.Join(dir, "mine", name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		p, err := presets.Load("mine", dir)
		if err != nil {
			t.Fatalf("%s: %v", engine, err)
		}
		customers, documents := p.Queries["customers"].Text, p.Queries["documents"].Text
		if !strings.Contains(customers, "Customer Master") || !strings.Contains(customers, "It might as well be Customer Log") {
			t.Errorf("%s: %s", engine, customers)
		}
		for _, line := range []string{"'invoice' AS kind -- CHECK", "AS open -- guessed", "-- , t.? AS po_number"} {
			if !strings.Contains(documents, line) {
				t.Errorf("%s: no %q in %s", engine, line, documents)
			}
		}
		if p.Queries["contacts"] != nil || p.WritesSQL() || p.Verified != "docs" {
			t.Errorf("%s: something was made up", engine)
		}
		if !p.Queries["documents"].Has("customers") || !p.Queries["documents"].Has("ids") || !p.Queries["documents"].Has("since") {
			t.Errorf("%s: documents cannot be read by customer, id or stamp", engine)
		}
	}
}
