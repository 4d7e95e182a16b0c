package statement

import (
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

// writer keeps the first error of a run of rows, so that the rows read as a
// list.
type writer struct {
	sheet *workbook.Sheet
	err   error
}

func (w *writer) row(cells ...workbook.Cell) { w.high(0, cells...) }

func (w *writer) high(height float64, cells ...workbook.Cell) {
	if w.err == nil {
		w.err = w.sheet.HighRow(height, cells...)
	}
}

func (w *writer) skip(n int) { w.sheet.Skip(n) }

// skipTo leaves rows empty so that the next one is row n.
func (w *writer) skipTo(n int) { w.sheet.Skip(max(0, n-w.next())) }

func (w *writer) next() int { return w.sheet.Next() }

// pair is a labelled value of the letterhead.
type pair struct {
	label string
	value any // as workbook.Cell.Value
}

// letterhead writes rows 1 to 6: who sends, to whom, and the facts on the
// right-hand side.
func letterhead(out *writer, seller Seller, c ar.Customer, facts []pair) {
	facts = append([]pair{{"Customer number", c.Number}}, facts...)
	left := []workbook.Cell{
		{Value: seller.Name, Look: workbook.Title},
		{Value: strings.Join(seller.Address, ", "), Look: workbook.Small},
		{Value: join(" · ", seller.Phone, seller.Email), Look: workbook.Small},
		{},
		{Value: "Statement of account", Look: workbook.Section},
		{Value: join(", ", customerName(c), c.Address.City), Look: workbook.StrongText},
	}
	for i, cell := range left {
		row := make([]workbook.Cell, 7, 8)
		row[0] = cell
		if n := i - (len(left) - len(facts)); n >= 0 {
			row[6] = workbook.Cell{Value: facts[n].label, Look: workbook.Label}
			row = append(row, factCell(facts[n].value))
		}
		height := 0.0
		if i == 0 {
			height = 26
		}
		out.high(height, row...)
	}
}

// factCell writes the value of a pair.
func factCell(v any) workbook.Cell {
	if _, ok := v.(ar.Day); ok {
		return workbook.Cell{Value: v, Look: workbook.DayLeft}
	}
	return workbook.Cell{Value: v, Look: workbook.StrongText}
}

// customerName is the name on paper: the legal name where there is one.
func customerName(c ar.Customer) string {
	if c.LegalName != "" {
		return c.LegalName
	}
	return c.Name
}

// join joins the texts that are not empty.
func join(sep string, texts ...string) string {
	var kept []string
	for _, t := range texts {
		if t != "" {
			kept = append(kept, t)
		}
	}
	return strings.Join(kept, sep)
}
