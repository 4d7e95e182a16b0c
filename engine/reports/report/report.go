// Package report holds what every report shares: its input, the table that it
// returns and the ways to write that table down.
package report

import (
	"context"
	"io"
	"iter"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/ledger"
	"holdfast/engine/sequence"
)

// Input is what a report reads: accounts or parties as they come, one at a time,
// and the day that it looks at. A report reads the one or the other, once.
type Input struct {
	AsOf     ar.Day
	Accounts iter.Seq2[ledger.AccountLedger, error]
	Parties  iter.Seq2[Party, error] // those with something open, running or held
}

// Party is one party of a company as it was last decided.
type Party struct {
	Company string // the company's key
	Case    sequence.Case
}

// Report is one report by its name on the command line.
type Report struct {
	Name  string
	Title string
	// Build reads its input once. It stops at the first error of the input or
	// when ctx is done.
	Build func(ctx context.Context, in Input) (Table, error)
}

// Kind is what a column holds.
type Kind string

// The kinds of column, with the Go type of their cells.
const (
	Text  Kind = "text"  // string
	Day   Kind = "day"   // ar.Day
	Money Kind = "money" // int64, minor units of the currency in the row's CurrencyFrom column
	Int   Kind = "int"   // int
)

// Column is one column of a table.
type Column struct {
	Key          string // in JSON and CSV
	Title        string // for a person
	Kind         Kind
	CurrencyFrom string // of Money: the key of the column that holds the row's currency
	Quiet        bool   // left out where a person reads: text and Excel
}

// Field is one fact about a whole table, such as its as-of day.
type Field struct {
	Key   string
	Value string
}

// Table is what a report returns.
type Table struct {
	Name    string
	Title   string
	AsOf    ar.Day
	Meta    []Field // head of the JSON form, in this order
	Columns []Column
	Rows    [][]any
	Totals  [][]any // per currency, for a person: text and Excel only; nil cells stay empty
	Notes   []string
	Alarm   bool // each row waits for a person: none is good
}

// Formats lists what Write can write.
var Formats = []string{"table", "csv", "xlsx", "json"}

// Write writes the table in a format of Formats.
func (t Table) Write(w io.Writer, format string) error {
	switch format {
	case "table":
		return t.WriteText(w)
	case "csv":
		return t.WriteCSV(w)
	case "xlsx":
		return t.WriteXLSX(w)
	case "json":
		return t.WriteJSON(w)
	}
	return fault.New(fault.Invalid, "there is no report format %q", format).WithCure("use table, csv, xlsx or json")
}

// plain writes a cell as JSON and CSV want it: money as an exact decimal, days
// as ISO days.
func (t Table) plain(row []any, i int) any {
	switch v := row[i].(type) {
	case ar.Day:
		return v.String()
	case int64:
		return ar.FormatAmount(v, t.currency(row, i))
	}
	return row[i]
}

// currency returns the currency of a money cell.
func (t Table) currency(row []any, i int) ar.Currency {
	for j, c := range t.Columns {
		if c.Key == t.Columns[i].CurrencyFrom {
			code, _ := row[j].(string)
			return ar.Currency(code)
		}
	}
	return ""
}

// shown lists the columns that a person sees.
func (t Table) shown() []int {
	var out []int
	for i, c := range t.Columns {
		if !c.Quiet {
			out = append(out, i)
		}
	}
	return out
}
