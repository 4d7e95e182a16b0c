package statement

import (
	"fmt"

	"holdfast/engine/workbook"
)

// tieLine is one line of the sheet Tie-out: a figure per currency. formula is
// given the currency's cell, the column and the row, and may be nil.
type tieLine struct {
	title   string
	look    workbook.Look
	value   func(t Totals) (int64, bool)
	formula func(m *month, col int) string
}

// The rows of the sheet Tie-out that formulas name.
const (
	tieHead      = 4
	tieOpening   = tieHead + 1
	tieOther     = tieHead + 5
	tieClosing   = tieHead + 6
	tieOpenItems = tieHead + 8
	tieAged      = tieHead + 9
	tieActivity  = tieHead + 10
	tieControl   = tieHead + 11
)

// tieOut writes the sheet that sets the month's figures side by side, one
// column per currency; every difference should be 0.
func (m *month) tieOut() error {
	widths := []float64{44}
	for range m.sums {
		widths = append(widths, 18)
	}
	sheet, err := m.book.Sheet(sheetTieOut, workbook.Layout{
		Widths: widths, Frozen: tieHead, Letter: m.seller.Letter,
		Footer: fmt.Sprintf("%s · %s · %s", m.seller.Name, sheetTieOut, monthName(m.last)),
	})
	if err != nil {
		return err
	}
	out := &writer{sheet: sheet}
	out.high(24, workbook.Cell{Value: "Tie-out, " + monthName(m.last), Look: workbook.Title})
	out.row(workbook.Cell{Value: fmt.Sprintf("%s · %s to %s", m.seller.Name, m.first, m.last), Look: workbook.Small})
	out.skipTo(tieHead)
	head := []workbook.Cell{{Value: "In each currency of its own", Look: workbook.Head}}
	for _, t := range m.sums {
		head = append(head, workbook.Cell{Value: string(t.Currency), Look: workbook.HeadRight})
	}
	out.row(head...)
	for _, line := range m.tieLines() {
		m.tieRow(out, line)
	}
	out.skip(1)
	out.row(workbook.Cell{Value: "Other holds opening balances, discounts, write-offs, transfers and what the ERP does not explain.", Look: workbook.Small})
	return out.err
}

// tieRow writes one line; a line without a title stays empty.
func (m *month) tieRow(out *writer, line tieLine) {
	if line.title == "" {
		out.skip(1)
		return
	}
	titleLook := workbook.Text
	switch line.look {
	case workbook.TotalMoney:
		titleLook = workbook.TotalText
	case workbook.StrongMoney:
		titleLook = workbook.StrongText
	}
	row := []workbook.Cell{{Value: line.title, Look: titleLook}}
	for i, t := range m.sums {
		amount, known := line.value(t)
		if !known {
			row = append(row, workbook.Cell{Value: "not given", Look: workbook.SmallRight})
			continue
		}
		cell := money(amount, t.Currency, line.look)
		if line.formula != nil {
			cell.Formula = line.formula(m, i+2)
		}
		row = append(row, cell)
	}
	out.row(row...)
}

// always is a figure that is always known.
func always(f func(t Totals) int64) func(Totals) (int64, bool) {
	return func(t Totals) (int64, bool) { return f(t), true }
}

// tieLines are the lines in order; the constants above follow them.
func (m *month) tieLines() []tieLine {
	lines := m.rollLines()
	lines = append(lines, tieLine{})
	lines = append(lines, m.sourceLines()...)
	lines = append(lines, tieLine{})
	return append(lines, differenceLines()...)
}

// rollLines go from the opening to the closing balance.
func (m *month) rollLines() []tieLine {
	var lines []tieLine
	for i, part := range []struct {
		title string
		value func(t Totals) int64
	}{
		{"Opening balance", func(t Totals) int64 { return t.Opening }},
		{"Invoiced", func(t Totals) int64 { return t.Invoiced }},
		{"Credited", func(t Totals) int64 { return t.Credited }},
		{"Received", func(t Totals) int64 { return t.Received }},
		{"Other", func(t Totals) int64 { return t.Other }},
	} {
		lines = append(lines, tieLine{part.title, workbook.Money, always(part.value), func(m *month, col int) string {
			return m.sumIf(sheetSummary, sumOpening+i, sumCurrency, m.summaryLast(), col)
		}})
	}
	return append(lines, tieLine{"Closing balance, rolled forward", workbook.TotalMoney, always(func(t Totals) int64 { return t.Closing() }),
		func(_ *month, col int) string { return "SUM(" + workbook.Range(col, tieOpening, tieOther) + ")" }})
}

// sourceLines are the figures that the closing balance must equal.
func (m *month) sourceLines() []tieLine {
	return []tieLine{
		{"Sum of all open items", workbook.Money, always(func(t Totals) int64 { return t.OpenItems }), func(m *month, col int) string {
			return m.sumIf(sheetOpen, itemOpen, itemCur, m.open.next()-1, col)
		}},
		{"Sum of the aging", workbook.Money, always(Totals.Aged), func(m *month, col int) string {
			var sum string
			for i := range places {
				sum += "+" + m.sumIf(sheetSummary, sumAging+i, sumCurrency, m.summaryLast(), col)
			}
			return sum[1:]
		}},
		{"Opening balance and all activity", workbook.Money, always(func(t Totals) int64 { return t.Closing() }), func(m *month, col int) string {
			last := m.activity.next() - 1
			return fmt.Sprintf("%s+%s-%s", workbook.Ref(col, tieOpening),
				m.sumIf(sheetActivity, moveCharge, moveCur, last, col), m.sumIf(sheetActivity, moveCredit, moveCur, last, col))
		}},
		{"Control account of the general ledger", workbook.Money, func(t Totals) (int64, bool) {
			if t.Control == nil {
				return 0, false
			}
			return *t.Control, true
		}, nil},
	}
}

// differenceLines set the closing balance against each of them.
func differenceLines() []tieLine {
	line := func(title string, row int, value func(t Totals) int64, known func(t Totals) bool) tieLine {
		return tieLine{title, workbook.StrongMoney, func(t Totals) (int64, bool) {
			if !known(t) {
				return 0, false
			}
			return t.Closing() - value(t), true
		}, func(m *month, col int) string {
			return fmt.Sprintf("ROUND(%s-%s,%d)", workbook.Ref(col, tieClosing), workbook.Ref(col, row), m.digits(col))
		}}
	}
	yes := func(Totals) bool { return true }
	return []tieLine{
		line("Difference to the open items", tieOpenItems, func(t Totals) int64 { return t.OpenItems }, yes),
		line("Difference to the aging", tieAged, Totals.Aged, yes),
		line("Difference to the activity", tieActivity, func(t Totals) int64 { return t.Closing() }, yes),
		line("Difference to the control account", tieControl, func(t Totals) int64 { return *t.Control },
			func(t Totals) bool { return t.Control != nil }),
		{"Of Other: not explained by an application", workbook.Money, always(func(t Totals) int64 { return t.Unexplained }), nil},
	}
}

// summaryLast is the last account's row on the sheet Summary.
func (m *month) summaryLast() int { return m.summary.next() - 1 - len(m.sums) }

// sumIf sums a column of another sheet over the rows of a tie-out column's
// currency.
func (m *month) sumIf(sheet string, sum, cur, last, col int) string {
	name := workbook.Quote(sheet) + "!"
	last = max(last, allFirst)
	return fmt.Sprintf("SUMIFS(%s%s,%s%s,%s)", name, fixed(sum, last), name, fixed(cur, last), workbook.Ref(col, tieHead))
}

// digits are the decimals of a tie-out column's currency.
func (m *month) digits(col int) int {
	digits, err := m.sums[col-2].Currency.Digits()
	if err != nil {
		return 2
	}
	return digits
}
