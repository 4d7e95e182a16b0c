// Package coverage reports overdue documents that nobody looks after. Each is to
// be in exactly one state, such as in a step, disputed or promised; the rows are
// those that are in none, so that no row is good.
package coverage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/reports/report"
	"holdfast/engine/sequence"
)

// Report is the list of overdue documents that nobody looks after.
var Report = report.Report{Name: "coverage", Title: "Overdue documents that nobody looks after", Build: Build}

var columns = []report.Column{
	{Key: "company", Title: "Company", Kind: report.Text},
	{Key: "customer_id", Title: "Customer id", Kind: report.Text, Quiet: true},
	{Key: "customer_number", Title: "Number", Kind: report.Text},
	{Key: "customer", Title: "Customer", Kind: report.Text},
	{Key: "document_id", Title: "Document id", Kind: report.Text, Quiet: true},
	{Key: "document", Title: "Document", Kind: report.Text},
	{Key: "due_on", Title: "Due", Kind: report.Day},
	{Key: "days_past_due", Title: "Days", Kind: report.Int},
	{Key: "currency", Title: "Cur", Kind: report.Text},
	{Key: "open", Title: "Open", Kind: report.Money, CurrencyFrom: "currency"},
	{Key: "reason", Title: "Reason", Kind: report.Text},
	{Key: "detail", Title: "Detail", Kind: report.Text},
	{Key: "cure", Title: "What to do", Kind: report.Text},
}

// Build looks at each overdue document and each without a due day, and lists
// those that the last decision of their party left in no state, by company,
// customer and due day.
func Build(ctx context.Context, in report.Input) (report.Table, error) {
	var b builder
	for p, err := range in.Parties {
		if err != nil {
			return report.Table{}, fmt.Errorf("coverage report: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return report.Table{}, err
		}
		b.party(&p, in.AsOf)
	}
	slices.SortFunc(b.rows, func(x, y row) int {
		return cmp.Or(
			strings.Compare(x.company, y.company), strings.Compare(x.customer.Number, y.customer.Number),
			strings.Compare(string(x.customer.Account.Customer), string(y.customer.Account.Customer)),
			cmp.Compare(x.doc.DueOn, y.doc.DueOn), strings.Compare(string(x.doc.ID), string(y.doc.ID)))
	})
	return b.table(in.AsOf), nil
}

// builder counts documents by state and keeps those in none.
type builder struct {
	counts map[State]int
	rows   []row
}

// row is one document that nobody looks after.
type row struct {
	company  string
	customer *ar.Customer
	doc      ar.Document
	verdict  sequence.Verdict
}

func (b *builder) party(p *report.Party, asOf ar.Day) {
	if b.counts == nil {
		b.counts = map[State]int{}
	}
	for i := range p.Case.Accounts {
		a := &p.Case.Accounts[i]
		for _, doc := range a.Documents {
			if doc.Open <= 0 || doc.DueOn >= asOf {
				continue
			}
			state, verdict := standing(&p.Case, &doc)
			b.counts[state]++
			if state == Uncovered {
				b.rows = append(b.rows, row{p.Company, &a.Customer, doc, verdict})
			}
		}
	}
}

func (b *builder) table(asOf ar.Day) report.Table {
	t := report.Table{
		Name: "coverage", Title: "Overdue documents that nobody looks after, as of " + asOf.String(), AsOf: asOf,
		Meta: b.meta(asOf), Columns: columns, Notes: []string{b.tally()}, Alarm: true,
	}
	for _, r := range b.rows {
		late := 0
		if !r.doc.DueOn.IsZero() {
			late = int(asOf - r.doc.DueOn)
		}
		t.Rows = append(t.Rows, []any{
			r.company, string(r.customer.Account.Customer), r.customer.Number, r.customer.Name, string(r.doc.ID), r.doc.Number,
			r.doc.DueOn, late, string(r.doc.Currency), r.doc.Open, string(r.verdict.Reason), r.verdict.Detail, cure(r.verdict.Reason),
		})
	}
	return t
}

// meta are the counts for programs.
func (b *builder) meta(asOf ar.Day) []report.Field {
	fields := []report.Field{{Key: "as_of", Value: asOf.String()}}
	for _, s := range states {
		fields = append(fields, report.Field{Key: string(s.State), Value: strconv.Itoa(b.counts[s.State])})
	}
	return append(fields, report.Field{Key: string(Uncovered), Value: strconv.Itoa(len(b.rows))})
}

// tally says for a person how many documents are in each state.
func (b *builder) tally() string {
	all := len(b.rows)
	var parts []string
	for _, s := range states {
		if n := b.counts[s.State]; n > 0 {
			all += n
			parts = append(parts, fmt.Sprintf("%d %s", n, s.Words))
		}
	}
	switch {
	case all == 0:
		return "Nothing is overdue."
	case len(b.rows) > 0:
		parts = append(parts, fmt.Sprintf("%d that nobody looks after", len(b.rows)))
	}
	return fmt.Sprintf("Overdue or without a due day: %d. Of these %s.", all, strings.Join(parts, ", "))
}
