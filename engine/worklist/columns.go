package worklist

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

// Heads of the columns that are read back. They name the columns in a workbook:
// where a column stands does not matter.
const (
	headKey      = "Row key"
	headTask     = "Task"
	headNumber   = "Number"
	headOutcome  = "Outcome"
	headPromised = "Promise day"
	headAmount   = "Promise amount"
	headDispute  = "Dispute code"
	headDisputed = "Disputed amount"
	headCurrency = "Currency"
	headOnly     = "Only these documents"
	headCallBack = "Call back on"
	headNote     = "Note"
)

// readBack are the heads that a workbook must have to be read.
var readBack = []string{
	headKey, headTask, headNumber, headOutcome, headPromised, headAmount, headDispute, headDisputed, headCurrency, headOnly, headCallBack, headNote,
}

// column is one column of the sheet of the day.
type column struct {
	head  string
	look  workbook.Look // of its head
	width float64
	cell  func(l *List, r *Row) workbook.Cell
}

// columns lists the columns of a list: what is told, with one overdue column
// for each currency, then what a person fills in.
func columns(l *List) []column {
	all := []column{
		{headKey, workbook.Head, 10, func(l *List, r *Row) workbook.Cell {
			key := rowKey{Company: l.Company, List: l.Collector, Task: r.Key, ID: r.Task, Number: r.Number}
			return workbook.Cell{Value: key.seal(l.Sign)}
		}},
		{"No", workbook.HeadCentre, 5, func(_ *List, r *Row) workbook.Cell { return workbook.Cell{Value: r.Place, Look: workbook.Centre} }},
		{"Customer", workbook.HeadIndented, 26, func(l *List, r *Row) workbook.Cell {
			return workbook.Cell{Value: first(r.Customer, r.Number, l.Name), Look: workbook.Wrapped}
		}},
		told(headNumber, 10, func(r *Row) string { return r.Number }),
		{headTask, workbook.HeadCentre, 7, func(_ *List, r *Row) workbook.Cell { return workbook.Cell{Value: int(r.Task), Look: workbook.Centre} }},
		told("Contact", 17, func(r *Row) string { return r.Contact }),
		told("Phone", 15, func(r *Row) string { return r.Phone }),
		told("What to do", 26, func(r *Row) string { return first(r.Do, words(r.Script), "see why") }),
		told("Why", 22, func(r *Row) string { return r.Why }),
		told("Script", 14, func(r *Row) string { return r.Script }),
		{"Due", workbook.HeadCentre, 11, func(_ *List, r *Row) workbook.Cell { return workbook.Cell{Value: r.DueOn, Look: workbook.Day} }},
	}
	for _, cur := range l.currencies() {
		all = append(all, column{"Overdue " + string(cur), workbook.HeadRight, 13, func(_ *List, r *Row) workbook.Cell {
			return workbook.Cell{Value: ar.Money{Minor: r.Overdue.In(cur), Currency: cur}, Look: workbook.Money}
		}})
	}
	all = append(all,
		told("Documents", 38, func(r *Row) string { return documentsText(r.Documents) }),
		told("Last contact", 14, func(r *Row) string { return lastText(r.Last) }),
		told("Promise", 17, func(r *Row) string { return promiseText(r.Promise) }),
		told("Why it stands here", 24, func(r *Row) string { return r.Because }),
	)
	return append(all, fields()...)
}

// fields are the columns that a person fills in.
func fields() []column {
	field := func(head string, width float64, look workbook.Look) column {
		return column{head, workbook.FieldHead, width, func(*List, *Row) workbook.Cell { return workbook.Cell{Look: look} }}
	}
	return []column{
		field(headOutcome, 15, workbook.Field),
		field(headPromised, 12, workbook.FieldDay),
		field(headAmount, 13, workbook.FieldAmount),
		field(headDispute, 14, workbook.Field),
		field(headDisputed, 13, workbook.FieldAmount),
		{headCurrency, workbook.FieldHead, 11, func(l *List, r *Row) workbook.Cell {
			return workbook.Cell{Value: string(r.currency(l.Base)), Look: workbook.Field}
		}},
		field(headOnly, 16, workbook.Field),
		field(headCallBack, 12, workbook.FieldDay),
		field(headNote, 28, workbook.Field),
	}
}

// told is a column of text.
func told(head string, width float64, text func(r *Row) string) column {
	return column{head, workbook.HeadIndented, width, func(_ *List, r *Row) workbook.Cell {
		return workbook.Cell{Value: text(r), Look: workbook.Wrapped}
	}}
}

// currencies lists the currencies of what is overdue, by code.
func (l *List) currencies() []ar.Currency {
	var all []ar.Currency
	for i := range l.Rows {
		for _, m := range l.Rows[i].Overdue {
			all = append(all, m.Currency)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// currency returns the one that a row's amounts are most likely in.
func (r *Row) currency(base ar.Currency) ar.Currency {
	cur, most := base, -1
	count := map[ar.Currency]int{}
	for _, d := range r.Documents {
		count[d.Open.Currency]++
		if n := count[d.Open.Currency]; n > most {
			cur, most = d.Open.Currency, n
		}
	}
	return cur
}

// shown is how many documents a row names one by one.
const shown = 4

// documentsText names documents with what is open, one a line.
func documentsText(documents []Document) string {
	var lines []string
	var rest ar.Balance
	for i, d := range documents {
		if i >= shown && len(documents) > shown+1 {
			rest = rest.Add(d.Open.Minor, d.Open.Currency)
			continue
		}
		line := d.Number + "  " + d.Open.String()
		if d.Late > 0 {
			line += fmt.Sprintf(", %s late", dayCount(int64(d.Late)))
		}
		if d.Disputed.Minor > 0 {
			line += ", " + d.Disputed.String() + " disputed"
		}
		lines = append(lines, line)
	}
	if len(rest) > 0 {
		lines = append(lines, fmt.Sprintf("and %d more: %s", len(documents)-shown, rest))
	}
	return strings.Join(lines, "\n")
}
