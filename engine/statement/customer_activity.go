package statement

import (
	"fmt"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
	"holdfast/engine/workbook"
)

// The columns of the sheet Activity, counted from 1.
const (
	actDay = iota + 1
	actDocument
	actWhat
	actPO
	actCharge
	actCredit
	actBalance
)

var activityHead = []workbook.Cell{
	{Value: "Day", Look: workbook.HeadCentre}, {Value: "Document", Look: workbook.Head},
	{Value: "What", Look: workbook.Head}, {Value: "Your order", Look: workbook.Head},
	{Value: "Charges", Look: workbook.HeadRight}, {Value: "Credits", Look: workbook.HeadRight},
	{Value: "Balance", Look: workbook.HeadRight},
}

// writeActivity writes the sheet Activity: per currency the opening balance,
// what moved it day by day, and the closing balance.
func writeActivity(book *workbook.Book, s Statement, parts []section) error {
	const head = 8
	c := s.Account.Customer
	sheet, err := book.Sheet("Activity", workbook.Layout{
		Widths: []float64{12, 19, 20, 19, 16, 16, 17}, Frozen: head, Repeat: head, Letter: s.Seller.Letter,
		Footer: fmt.Sprintf("%s · account %s · activity %s to %s", s.Seller.Name, c.Number, s.first(), s.last()),
	})
	if err != nil {
		return err
	}
	out := &writer{sheet: sheet}
	activityTop(out, s)
	out.skipTo(head)
	out.high(20, activityHead...)
	for _, part := range parts {
		activitySection(out, part, s)
	}
	if len(parts) == 0 {
		out.skip(1)
		out.row(workbook.Cell{Value: "Nothing moved in this month."})
	}
	return out.err
}

// activityTop heads the sheet with customer and month.
func activityTop(out *writer, s Statement) {
	c := s.Account.Customer
	out.high(26, workbook.Cell{Value: s.Seller.Name, Look: workbook.Title})
	out.skip(1)
	out.row(workbook.Cell{Value: "Activity of the month", Look: workbook.Section})
	fact := func(label string, value any) {
		out.row(workbook.Cell{Value: label, Look: workbook.Label}, factCell(value))
	}
	fact("Customer", customerName(c))
	fact("Number", c.Number)
	fact("Period", s.first().String()+" to "+s.last().String())
}

// activitySection writes one currency: every balance is the one above it plus
// the row's charges less its credits.
func activitySection(out *writer, part section, s Statement) {
	cur := part.roll.Currency
	money := func(minor int64) ar.Money { return ar.Money{Minor: minor, Currency: cur} }
	out.high(24, workbook.Cell{Value: "Activity in " + string(cur), Look: workbook.Section})
	opening := make([]workbook.Cell, actBalance)
	opening[actDay-1] = workbook.Cell{Value: s.first(), Look: workbook.Day}
	opening[actDocument-1] = workbook.Cell{Value: "Opening balance", Look: workbook.StrongText}
	opening[actBalance-1] = workbook.Cell{Value: money(part.roll.Opening), Look: workbook.StrongMoney}
	first := out.next()
	out.row(opening...)
	balance, charges, credits := part.roll.Opening, int64(0), int64(0)
	for _, m := range part.moves {
		balance += m.Amount
		charges += max(m.Amount, 0)
		credits += max(-m.Amount, 0)
		out.row(activityRow(m, balance, out.next())...)
	}
	last := out.next() - 1
	closing := make([]workbook.Cell, actBalance)
	for i := range closing {
		closing[i] = workbook.Cell{Look: workbook.TotalText}
	}
	closing[actDay-1] = workbook.Cell{Value: s.last(), Look: workbook.TotalDay}
	closing[actDocument-1].Value = "Closing balance"
	closing[actCharge-1] = total(money(charges), "SUM("+workbook.Range(actCharge, first, last)+")")
	closing[actCredit-1] = total(money(credits), "SUM("+workbook.Range(actCredit, first, last)+")")
	at := out.next()
	closing[actBalance-1] = total(money(balance), fmt.Sprintf("%s+%s-%s",
		workbook.Ref(actBalance, first), workbook.Ref(actCharge, at), workbook.Ref(actCredit, at)))
	out.row(closing...)
	out.skip(1)
}

// total is a sum with its value as of writing.
func total(m ar.Money, formula string) workbook.Cell {
	return workbook.Cell{Value: m, Formula: formula, Look: workbook.TotalMoney}
}

// activityRow writes one movement on row at.
func activityRow(m ledger.Movement, balance int64, at int) []workbook.Cell {
	row := make([]workbook.Cell, actBalance)
	row[actDay-1] = workbook.Cell{Value: m.Day, Look: workbook.Day}
	row[actDocument-1] = workbook.Cell{Value: documentName(m.Document)}
	row[actWhat-1] = workbook.Cell{Value: causeWords(m)}
	row[actPO-1] = workbook.Cell{Value: m.Document.PONumber}
	side, amount := actCharge, m.Amount
	if amount < 0 {
		side, amount = actCredit, -amount
	}
	row[side-1] = workbook.Cell{Value: ar.Money{Minor: amount, Currency: m.Document.Currency}, Look: workbook.Money}
	row[actBalance-1] = workbook.Cell{
		Value: ar.Money{Minor: balance, Currency: m.Document.Currency}, Look: workbook.Money,
		Formula: fmt.Sprintf("%s+%s-%s", workbook.Ref(actBalance, at-1), workbook.Ref(actCharge, at), workbook.Ref(actCredit, at)),
	}
	return row
}
