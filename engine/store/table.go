package store

import (
	"fmt"
	"strings"

	"holdfast/engine/ar"
)

// table says how one kind of record is kept: its columns besides company_no, in
// the order in which they are written, staged and read.
type table struct {
	name    string
	columns []string
	order   []string // of the primary key, after company_no
	match   []string // what makes a staged row the same as a kept one
	owner   string   // the column that names the customer
}

// The tables that a pull fills. hash comes last and covers every column but
// changed_at.
var (
	customerTable = table{
		name: "customer", order: []string{"id"}, match: []string{"id"}, owner: "id",
		columns: split(`id number name legal_name parent payer currency credit_limit terms_code payment_method
			debtor_kind cash_in_advance dunning_block language line1 line2 postcode city region country time_zone
			collector sales_rep segment active on_hold hold_version extra changed_at hash`),
	}
	contactTable = table{
		name: "contact", order: []string{"customer_id", "id"}, match: []string{"customer_id", "id"}, owner: "customer_id",
		columns: split(`customer_id id site_id role name email phone mobile language valid
			line1 line2 postcode city region country hash`),
	}
	documentTable = table{
		name: "document", order: []string{"customer_id", "id"}, match: []string{"id"}, owner: "customer_id",
		columns: split(`customer_id id number kind instalment issued_on posted_on due_on currency amount open base_open
			po_number order_number ship_to_id related_id consolidation_no disputed disputed_amount dispute_reason
			voided closed_on extra changed_at hash`),
	}
	applicationTable = table{
		name: "application", order: []string{"document_id", "id"}, match: []string{"document_id", "id"}, owner: "customer_id",
		columns: split(`document_id id customer_id receipt_id applied_on posted_on amount discount write_off reversed hash`),
	}
	orderTable = table{
		name: "sales_order", order: []string{"customer_id", "id"}, match: []string{"customer_id", "id"}, owner: "customer_id",
		columns: split(`customer_id id currency amount prepaid on_hold hash`),
	}
	flawTable = table{
		name: "flaw", order: []string{"customer_id", "entity", "id", "field"}, owner: "customer_id",
		columns: split(`customer_id entity id field reason`),
	}
	cashTable = table{name: "cash", columns: split(`name posted_through`)}
	// goneTable is staged only: what the ERP itself says it no longer has.
	goneTable = table{name: "gone", columns: split(`entity id`)}
	// companyTable is staged only: its row is updated, never swapped.
	companyTable = table{name: "company", columns: split(`name base_currency time_zone`)}
)

// tables lists what a pull stages. It is made anew for each call, since nothing
// in the package may change.
func tables() []table {
	return []table{companyTable, customerTable, contactTable, documentTable, applicationTable, orderTable, flawTable, cashTable, goneTable}
}

func split(text string) []string { return strings.Fields(text) }

// list writes the columns, each with a prefix such as "s.".
func (t table) list(prefix string) string {
	return prefix + strings.Join(t.columns, ", "+prefix)
}

// taken is list for rows on their way in: a document that is closed, and whose
// closing day the ERP does not know, closes on the day of the read.
func (t table) taken(prefix string, day ar.Day) string {
	text := t.list(prefix)
	if t.name != documentTable.name {
		return text
	}
	closing := fmt.Sprintf("CASE WHEN %[1]sopen = 0 AND %[1]sclosed_on = 0 THEN %[2]d ELSE %[1]sclosed_on END", prefix, day)
	return strings.Replace(text, prefix+"closed_on", closing, 1)
}

// marks writes n groups of placeholders for the columns.
func (t table) marks(n int) string {
	group := "(" + strings.TrimSuffix(strings.Repeat("?,", len(t.columns)), ",") + ")"
	return strings.TrimSuffix(strings.Repeat(group+",", n), ",")
}

// insert writes the statement that adds one kept row: company_no, then columns.
func (t table) insert() string {
	return "INSERT INTO " + t.name + " (company_no, " + t.list("") + ") VALUES (?," +
		strings.TrimSuffix(strings.Repeat("?,", len(t.columns)), ",") + ")"
}

// placeholders writes n placeholders.
func placeholders(n int) string {
	return strings.TrimSuffix(strings.Repeat("?,", n), ",")
}
