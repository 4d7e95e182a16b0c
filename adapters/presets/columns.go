package presets

import (
	"slices"
	"strings"
)

// entity lists the canonical columns of one file.
type entity struct {
	required []string
	optional []string
	extra    bool // x_ columns are welcome
}

const addressColumns = " address1 address2 postcode city region country"

// entities is every file that a preset may hold, by name without .sql. The
// files that write have no columns.
var entities = map[string]entity{
	"companies": {required: words("id name base_currency"), optional: words("time_zone")},
	"customers": {required: words("id name"), extra: true, optional: words(`number legal_name parent_id payer_id currency
		credit_limit terms_code payment_method debtor_kind cash_in_advance dunning_block language time_zone collector
		sales_rep segment active on_hold hold_version changed_at` + addressColumns)},
	"contacts": {required: words("customer_id id"), optional: words(`site_id role name email phone mobile language valid
		changed_at` + addressColumns)},
	"documents": {required: words("id customer_id number kind due_on currency open"), extra: true,
		optional: words(`instalment issued_on posted_on amount base_open rate po_number order_number ship_to_id related_id
		consolidation_no disputed disputed_amount dispute_reason voided closed_on changed_at`)},
	"applications": {required: words("customer_id id receipt_id document_id currency amount"), optional: words(`applied_on
		posted_on discount write_off reversed changed_at`)},
	"orders":      {required: words("customer_id id currency amount"), optional: words("prepaid on_hold changed_at")},
	"freshness":   {required: words("source posted_through")},
	"hold_get":    {required: words("value"), optional: words("version")},
	"hold_set":    {},
	"hold_insert": {},
	"hold_delete": {},
	// Rows that are no longer in the ERP: entity is documents, applications,
	// contacts or orders.
	"gone": {required: words("entity id")},
	// Each open order of a customer with its own hold.
	"orders_hold_get": {required: words("order_id value"), optional: words("version")},
	"orders_hold_set": {},
	// The other modes of writing a hold, and the lease of a guard.
	"hold_call":   {},
	"hold_ask":    {},
	"hold_asked":  {required: words("outcome")},
	"hold_told":   {},
	"hold_lease":  {},
	"hold_guards": {required: words("name")},
}

func words(s string) []string { return strings.Fields(s) }

func known(name string) bool {
	_, ok := entities[name]
	return ok
}

// Columns returns the canonical columns of a file, required ones first.
func Columns(name string) (required, optional []string) {
	return entities[name].required, entities[name].optional
}

// Compare checks the columns that a query really returns. unknown are neither
// canonical nor x_ columns of the site; missing are required and not there;
// twice come more than once.
func Compare(name string, columns []string) (missing, unknown, twice []string) {
	e := entities[name]
	for _, want := range e.required {
		if !slices.Contains(columns, want) {
			missing = append(missing, want)
		}
	}
	for i, got := range columns {
		site := e.extra && strings.HasPrefix(got, "x_") && len(got) > 2
		if !site && !slices.Contains(e.required, got) && !slices.Contains(e.optional, got) {
			unknown = append(unknown, got)
		}
		if slices.Contains(columns[:i], got) {
			twice = append(twice, got)
		}
	}
	return missing, unknown, twice
}
