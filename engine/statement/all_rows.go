package statement

import (
	"fmt"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
	"holdfast/engine/workbook"
)

// The columns of the sheets of all customers that formulas name, from 1.
const (
	sumCurrency = 3
	sumOpening  = 4
	sumOther    = 8
	sumClosing  = 9
	sumAging    = 10 // the first of seven
	itemCur     = 9
	itemOpen    = 11
	moveCur     = 7
	moveCharge  = 8
	moveCredit  = 9
)

// summaryRow writes one account's month in one currency.
func (m *month) summaryRow(c ar.Customer, part section) {
	r := part.roll
	at := m.summary.next()
	row := append(make([]workbook.Cell, 0, len(summaryColumns)),
		workbook.Cell{Value: c.Number}, workbook.Cell{Value: c.Name}, workbook.Cell{Value: string(r.Currency)})
	for _, amount := range []int64{r.Opening, r.Invoiced, r.Credited, r.Received, r.Other} {
		row = append(row, money(amount, r.Currency, workbook.Money))
	}
	closing := money(r.Closing(), r.Currency, workbook.StrongMoney)
	closing.Formula = fmt.Sprintf("SUM(%s:%s)", workbook.Ref(sumOpening, at), workbook.Ref(sumOther, at))
	row = append(row, closing)
	for _, amount := range amounts(part.aging) {
		row = append(row, money(amount, r.Currency, workbook.Money))
	}
	m.summary.row(row...)
}

// openItemRow writes one open document.
func (m *month) openItemRow(c ar.Customer, d ar.Document) {
	disputed := workbook.Cell{}
	if amount := d.DisputedOpen(); amount > 0 {
		disputed = money(amount, d.Currency, workbook.Money)
	}
	m.open.row(
		workbook.Cell{Value: c.Number}, workbook.Cell{Value: c.Name}, workbook.Cell{Value: documentName(d)}, workbook.Cell{Value: kindWords[d.Kind]},
		workbook.Cell{Value: issued(d), Look: workbook.Day}, workbook.Cell{Value: d.DueOn, Look: workbook.Day}, lateCell(d, m.last),
		workbook.Cell{Value: d.PONumber, Look: workbook.Indented}, workbook.Cell{Value: string(d.Currency)},
		money(d.Amount, d.Currency, workbook.Money), money(d.Open, d.Currency, workbook.Money), disputed,
		workbook.Cell{Value: placeTitles()[placeOf(d, m.last)], Look: workbook.SmallRight})
}

// movementRow writes one movement.
func (m *month) movementRow(c ar.Customer, move ledger.Movement) {
	d := move.Document
	row := []workbook.Cell{
		{Value: c.Number}, {Value: c.Name}, {Value: move.Day, Look: workbook.Day}, {Value: documentName(d)},
		{Value: causeWords(move)}, {Value: d.PONumber}, {Value: string(d.Currency)}, {}, {},
	}
	if move.Amount >= 0 {
		row[moveCharge-1] = money(move.Amount, d.Currency, workbook.Money)
	} else {
		row[moveCredit-1] = money(-move.Amount, d.Currency, workbook.Money)
	}
	m.activity.row(row...)
}

// summaryTotals writes one line per currency under the accounts.
func (m *month) summaryTotals() {
	last := m.summary.next() - 1
	for _, t := range m.sums {
		row := []workbook.Cell{
			{Value: "Total", Look: workbook.TotalText}, {Look: workbook.TotalText}, {Value: string(t.Currency), Look: workbook.TotalText},
		}
		values := []int64{t.Opening, t.Invoiced, t.Credited, t.Received, t.Other, t.Closing()}
		values = append(values, t.Aging[:]...)
		for i, amount := range values {
			cell := money(amount, t.Currency, workbook.TotalMoney)
			if last >= allFirst {
				cell.Formula = fmt.Sprintf("SUMIFS(%s,%s,%s)", fixed(sumOpening+i, last), fixed(sumCurrency, last),
					workbook.Ref(sumCurrency, m.summary.next()))
			}
			row = append(row, cell)
		}
		m.summary.row(row...)
	}
}

// fixed names a column's rows from the first account to last.
func fixed(col, last int) string { return workbook.Range(col, allFirst, last) }

// money is a cell of an amount.
func money(minor int64, cur ar.Currency, look workbook.Look) workbook.Cell {
	return workbook.Cell{Value: ar.Money{Minor: minor, Currency: cur}, Look: look}
}
