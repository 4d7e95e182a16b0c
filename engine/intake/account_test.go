package intake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

var (
	today = ar.MustDay("2026-11-20")
	noon  = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	kim   = intake.Teller{By: "kim", On: today, At: noon}
	acme  = ar.AccountID{Source: "erp", Company: "1", Customer: "c1"}
)

func doc(id, number string, open int64, currency ar.Currency) ar.Document {
	return ar.Document{ID: ar.DocumentID(id), Account: acme, Number: number, Kind: ar.Invoice, Currency: currency, Amount: open, Open: open}
}

func usd(minor int64) *ar.Money { return &ar.Money{Minor: minor, Currency: "USD"} }

func part(days ar.Day, m *ar.Money) intake.Part { return intake.Part{Day: today + days, Amount: *m} }

// account owes three invoices in dollars, one of two instalments, and one in
// euros; it has a credit, a paid invoice, a promise, a plan and disputes.
func account() *intake.Account {
	first, second := doc("i1", "INV-3", 3000, "USD"), doc("i2", "INV-3", 2000, "USD")
	first.DueOn, first.Instalment, second.DueOn, second.Instalment = today-20, 1, today+10, 2
	credit := doc("cm", "CM-1", -700, "USD")
	covered := func(id, number string, amount int64) []intake.Covered {
		return []intake.Covered{{Document: ar.DocumentID(id), Number: number, Currency: "USD", Open: 1000, Amount: amount}}
	}
	half := *usd(500)
	return &intake.Account{
		Customer: ar.Customer{Account: acme, Number: "100", Name: "Acme"}, Base: "USD",
		Documents: []ar.Document{doc("a", "INV-1", 10000, "USD"), second, first, doc("e", "INV-9", 800, "EUR"), credit,
			doc("p", "INV-20", 1000, "USD"), doc("q", "INV-21", 1000, "USD"), doc("d", "INV-30", 1000, "USD"), doc("w", "INV-31", 1000, "USD")},
		Closed: []intake.Closed{{ID: "x", Number: "INV-7", On: today - 3}},
		Facts: []intake.Fact{
			{ID: 11, Kind: intake.Promise, Account: acme, Documents: covered("p", "INV-20", 0), Day: today + 5,
				Amount: ar.Balance{*usd(1000)}, By: "lee", On: today - 2, Key: "mail-1"},
			{ID: 12, Kind: intake.Plan, Account: acme, Documents: covered("q", "INV-21", 0), By: "lee", On: today - 2,
				Parts: []intake.Part{{Day: today + 5, Amount: half}, {Day: today + 9, Amount: half}}},
			{ID: 13, Kind: intake.Dispute, Account: acme, Documents: covered("d", "INV-30", 400), Code: "price", By: "lee", On: today - 2},
			{ID: 14, Kind: intake.Dispute, Account: acme, Documents: covered("w", "INV-31", 0), Code: "price", By: "lee", On: today - 2},
			{ID: 15, Kind: intake.Reply, Account: acme, By: "mail", On: today - 1},
		},
	}
}

// refusal is what must be refused, with words that must stand in the error.
type refusal struct {
	name string
	tell func(a *intake.Account) (intake.Fact, error)
	kind fault.Kind
	says string
}

func checkRefusals(t *testing.T, tests []refusal) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := tt.tell(account())
			if !fault.Is(err, tt.kind) {
				t.Fatalf("%v (%+v), want %s", err, f, tt.kind)
			}
			if !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("said:  %v\nwant:  ... %s ...", err, tt.says)
			}
		})
	}
}

func want[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// must returns a fact that has to be taken.
func must(t *testing.T) func(intake.Fact, error) intake.Fact {
	return func(f intake.Fact, err error) intake.Fact {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
}
