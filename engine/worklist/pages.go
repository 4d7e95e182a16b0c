package worklist

import (
	_ "embed"
	"fmt"
	"iter"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

// howTo is what the sheet of that name says, a line each.
//
//go:embed howto.txt
var howTo string

// splitLines passes the lines of a text.
func splitLines(text string) iter.Seq[string] { return strings.SplitSeq(text, "\n") }

// splitWords passes the words of a line.
func splitWords(line string) iter.Seq[string] { return strings.FieldsSeq(line) }

// documents lists whatever is open on each customer of the list, figures as
// figures.
func (l *List) documents(book *workbook.Book) error {
	columns := []column{
		{"No", workbook.HeadCentre, 5, nil}, {"Customer", workbook.Head, 36, nil}, {headNumber, workbook.Head, 11, nil},
		{"Document", workbook.Head, 16, nil}, {"Kind", workbook.Head, 14, nil}, {"Issued", workbook.HeadCentre, 11, nil},
		{"Due", workbook.HeadCentre, 11, nil}, {"Days late", workbook.HeadRight, 7, nil}, {"PO number", workbook.HeadIndented, 15, nil},
		{"Currency", workbook.HeadCentre, 9, nil}, {"Amount", workbook.HeadRight, 14, nil}, {"Open", workbook.HeadRight, 14, nil},
		{"Disputed", workbook.HeadRight, 14, nil},
	}
	layout := l.layout(columns)
	layout.Frozen, layout.Repeat, layout.Ruled = 1, 1, true
	sheet, err := book.Sheet(sheetDocuments, layout)
	if err != nil {
		return err
	}
	if err := sheet.HighRow(30, heads(columns)...); err != nil {
		return err
	}
	written := map[ar.AccountID]bool{}
	for i := range l.Rows {
		r := &l.Rows[i]
		if written[r.Account] {
			continue
		}
		written[r.Account] = true
		for _, d := range r.All {
			if err := sheet.Row(documentCells(r, d)...); err != nil {
				return err
			}
		}
	}
	if sheet.Next() == 2 {
		return nil
	}
	return sheet.Filter(workbook.Ref(1, 1) + ":" + workbook.Ref(len(columns), sheet.Next()-1))
}

func documentCells(r *Row, d Document) []workbook.Cell {
	late := workbook.Cell{}
	if d.Late > 0 {
		late = workbook.Cell{Value: d.Late, Look: workbook.Int}
	}
	return []workbook.Cell{
		{Value: r.Place, Look: workbook.Centre}, {Value: r.Customer}, {Value: r.Number}, {Value: d.Number}, {Value: words(string(d.Kind))},
		{Value: d.IssuedOn, Look: workbook.Day}, {Value: d.DueOn, Look: workbook.Day}, late, {Value: d.PO, Look: workbook.Indented},
		{Value: string(d.Open.Currency), Look: workbook.Centre}, {Value: d.Amount, Look: workbook.Money}, {Value: d.Open, Look: workbook.Money},
		{Value: d.Disputed, Look: workbook.Money},
	}
}

// howTo writes what a person must know, a line each.
func (l *List) howTo(book *workbook.Book) error {
	columns := []column{{"", workbook.Head, 4, nil}, {"", workbook.Head, 130, nil}}
	sheet, err := book.Sheet(sheetHowTo, l.layout(columns))
	if err != nil {
		return err
	}
	if err := sheet.HighRow(24, workbook.Cell{Value: "How to work with this list", Look: workbook.Title}); err != nil {
		return err
	}
	sheet.Skip(1)
	n := 0
	for line := range splitLines(strings.TrimSpace(howTo)) {
		n++
		cells := []workbook.Cell{{Value: n, Look: workbook.Centre}, {Value: line, Look: workbook.Wrapped}}
		if err := sheet.HighRow(heightOf(linesOf(line, 130)), cells...); err != nil {
			return err
		}
	}
	return nil
}

// scripts writes what to say for each row that has a script.
func (l *List) scripts(book *workbook.Book) error {
	columns := []column{{"", workbook.Head, scriptWidth, nil}}
	sheet, err := book.Sheet(sheetScripts, l.layout(columns))
	if err != nil {
		return err
	}
	for i := range l.Rows {
		if l.Rows[i].Script == "" {
			continue
		}
		if err := writeScript(sheet, &l.Rows[i]); err != nil {
			return err
		}
	}
	if sheet.Next() == 1 {
		return sheet.Row(workbook.Cell{Value: "No task of this list has a script.", Look: workbook.Label})
	}
	return nil
}

// scriptWidth is the width of the sheet of scripts, in characters.
const scriptWidth = 130

// writeScript writes what to say for one row, a paragraph each row.
func writeScript(sheet *workbook.Sheet, r *Row) error {
	title := fmt.Sprintf("%d  %s: %s", r.Place, r.Customer, r.Script)
	if err := sheet.HighRow(20, workbook.Cell{Value: title, Look: workbook.Section}); err != nil {
		return err
	}
	text := first(strings.TrimSpace(r.Say), "There is no text of this script here; ask where your people keep it.")
	for line := range splitLines(text) {
		if strings.TrimSpace(line) == "" {
			sheet.Skip(1)
			continue
		}
		look := workbook.Wrapped
		if strings.Contains(strings.TrimSpace(line), "  ") { // a line of a table
			look = workbook.Fixed
		}
		if err := sheet.HighRow(heightOf(linesOf(line, scriptWidth)), workbook.Cell{Value: line, Look: look}); err != nil {
			return err
		}
	}
	sheet.Skip(1)
	return nil
}
