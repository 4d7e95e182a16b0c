package report

import (
	"io"

	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

// WriteXLSX writes the table as a workbook of one sheet, ready to print.
func (t Table) WriteXLSX(w io.Writer) error {
	book, err := workbook.New(workbook.Props{Title: t.Title, Day: t.AsOf})
	if err != nil {
		return err
	}
	defer book.Close()
	cols := t.shown()
	const headRow = 3
	sheet, err := book.Sheet(t.Name, workbook.Layout{
		Widths: t.widths(cols), Frozen: headRow, Repeat: headRow, Landscape: true, Footer: t.Title,
	})
	if err != nil {
		return err
	}
	if err := t.fill(sheet, cols); err != nil {
		return err
	}
	_, err = book.WriteTo(w)
	return err
}

// fill writes title, head, rows, totals and notes.
func (t Table) fill(sheet *workbook.Sheet, cols []int) error {
	if err := sheet.HighRow(24, workbook.Cell{Value: t.Title, Look: workbook.Title}); err != nil {
		return err
	}
	sheet.Skip(1)
	head := make([]workbook.Cell, len(cols))
	for i, c := range cols {
		head[i] = workbook.Cell{Value: t.Columns[c].Title, Look: workbook.Head}
		if k := t.Columns[c].Kind; k == Money || k == Int {
			head[i].Look = workbook.HeadRight
		}
	}
	if err := sheet.Row(head...); err != nil {
		return err
	}
	for _, row := range t.Rows {
		if err := sheet.Row(t.cells(row, cols, false)...); err != nil {
			return err
		}
	}
	for _, row := range t.Totals {
		if err := sheet.Row(t.cells(row, cols, true)...); err != nil {
			return err
		}
	}
	sheet.Skip(1)
	for _, note := range t.Notes {
		if err := sheet.Row(workbook.Cell{Value: note, Look: workbook.Small}); err != nil {
			return err
		}
	}
	return nil
}

// cells dresses the shown cells of a row.
func (t Table) cells(row []any, cols []int, total bool) []workbook.Cell {
	out := make([]workbook.Cell, len(cols))
	for i, c := range cols {
		cell := workbook.Cell{Value: row[c], Look: workbook.Text}
		switch v := row[c].(type) {
		case ar.Day:
			cell.Look = workbook.Day
		case int:
			cell.Look = workbook.Int
		case int64:
			cell.Value = ar.Money{Minor: v, Currency: t.currency(row, c)}
			cell.Look = workbook.Money
		}
		switch {
		case total && cell.Look == workbook.Money:
			cell.Look = workbook.TotalMoney
		case total:
			cell.Look = workbook.TotalText
		}
		out[i] = cell
	}
	return out
}

// widths gives each shown column room for its kind.
func (t Table) widths(cols []int) []float64 {
	out := make([]float64, len(cols))
	for i, c := range cols {
		switch t.Columns[c].Kind {
		case Money:
			out[i] = 15
		case Text:
			out[i] = t.textWidth(c)
		default:
			out[i] = 12
		}
	}
	return out
}

// textWidth is the longest text of a column, from 8 to 40 characters.
func (t Table) textWidth(c int) float64 {
	longest := max(8, len([]rune(t.Columns[c].Title))+2)
	for _, row := range t.Rows {
		if s, ok := row[c].(string); ok {
			longest = max(longest, len([]rune(s))+2)
		}
	}
	return float64(min(longest, 40))
}
