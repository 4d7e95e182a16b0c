// Package aging reports what every account owes by days past the due day.
package aging

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
	"holdfast/engine/reports/report"
)

// Report is the aging report by due date.
var Report = report.Report{Name: "aging", Title: "Aging by due date", Build: Build}

// columns are the report's own; every amount is in the row's currency.
var columns = []report.Column{
	{Key: "company", Title: "Company", Kind: report.Text},
	{Key: "customer_id", Title: "Customer id", Kind: report.Text, Quiet: true},
	{Key: "customer_number", Title: "Number", Kind: report.Text},
	{Key: "customer", Title: "Customer", Kind: report.Text},
	{Key: "currency", Title: "Cur", Kind: report.Text},
	{Key: "current", Title: "Current", Kind: report.Money, CurrencyFrom: "currency"},
	{Key: "d1_30", Title: "1-30", Kind: report.Money, CurrencyFrom: "currency"},
	{Key: "d31_60", Title: "31-60", Kind: report.Money, CurrencyFrom: "currency"},
	{Key: "d61_90", Title: "61-90", Kind: report.Money, CurrencyFrom: "currency"},
	{Key: "d91_plus", Title: "91+", Kind: report.Money, CurrencyFrom: "currency"},
	{Key: "other_debits", Title: "Other debits", Kind: report.Money, CurrencyFrom: "currency"},
	{Key: "unapplied", Title: "Unapplied", Kind: report.Money, CurrencyFrom: "currency"},
	{Key: "total", Title: "Total", Kind: report.Money, CurrencyFrom: "currency"},
}

// Build ages every account, one row per account and currency, ordered by
// company, customer number and currency, with a total per currency.
func Build(ctx context.Context, in report.Input) (report.Table, error) {
	var rows []ledger.Aging
	for account, err := range in.Accounts {
		if err != nil {
			return report.Table{}, fmt.Errorf("aging report: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return report.Table{}, err
		}
		rows = append(rows, account.Aging(in.AsOf)...)
	}
	slices.SortFunc(rows, func(a, b ledger.Aging) int {
		return cmp.Or(
			strings.Compare(string(a.Account.Company), string(b.Account.Company)),
			strings.Compare(a.Number, b.Number),
			strings.Compare(string(a.Account.Customer), string(b.Account.Customer)),
			strings.Compare(string(a.Currency), string(b.Currency)),
			strings.Compare(string(a.Account.Source), string(b.Account.Source)))
	})
	return table(rows, in.AsOf), nil
}

func table(rows []ledger.Aging, asOf ar.Day) report.Table {
	t := report.Table{
		Name:    "aging",
		Title:   "Aging by due date as of " + asOf.String(),
		AsOf:    asOf,
		Meta:    []report.Field{{Key: "as_of", Value: asOf.String()}, {Key: "basis", Value: "due_date"}},
		Columns: columns,
		Notes: []string{
			"Buckets hold open invoices and retentions by days past due; due on the as-of day is current, and so is an undated invoice.",
			"Debit memos, finance charges and opening balances stand in other debits; credit memos and receipts not yet applied in unapplied.",
		},
	}
	for _, row := range rows {
		head := []any{string(row.Account.Company), string(row.Account.Customer), row.Number, row.Name, string(row.Currency)}
		t.Rows = append(t.Rows, append(head, amounts(row)...))
	}
	for _, sum := range totals(rows) {
		head := []any{"Total", nil, nil, nil, string(sum.Currency)}
		t.Totals = append(t.Totals, append(head, amounts(sum)...))
	}
	return t
}

// amounts are the money cells of a row.
func amounts(a ledger.Aging) []any {
	cells := make([]any, 0, 8)
	for _, amount := range a.InBucket {
		cells = append(cells, amount)
	}
	return append(cells, a.OtherDebits, a.Unapplied, a.Total())
}

// totals adds the rows up per currency, ordered by currency.
func totals(rows []ledger.Aging) []ledger.Aging {
	var sums []ledger.Aging
	for _, row := range rows {
		i := slices.IndexFunc(sums, func(s ledger.Aging) bool { return s.Currency == row.Currency })
		if i < 0 {
			i = len(sums)
			sums = append(sums, ledger.Aging{Currency: row.Currency})
		}
		for b := range row.InBucket {
			sums[i].InBucket[b] += row.InBucket[b]
		}
		sums[i].OtherDebits += row.OtherDebits
		sums[i].Unapplied += row.Unapplied
	}
	slices.SortFunc(sums, func(a, b ledger.Aging) int { return strings.Compare(string(a.Currency), string(b.Currency)) })
	return sums
}
