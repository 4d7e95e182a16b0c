package statement

import (
	"bytes"
	"fmt"
	"io"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
	"holdfast/engine/workbook"
)

// Customer writes the workbook of one account and month: what is open at the
// month's end with its aging, and the activity of the month.
func Customer(w io.Writer, s Statement) error {
	return customer(w, s, sections(s.Account, s.first(), s.last()))
}

func customer(w io.Writer, s Statement, parts []section) error {
	book, err := newBook(s.Seller, s.Account.Customer, s.last())
	if err != nil {
		return err
	}
	defer book.Close()
	if err := writeOpen(book, s.Seller, s.Account.Customer, s.last(), parts); err != nil {
		return err
	}
	if err := writeActivity(book, s, parts); err != nil {
		return err
	}
	_, err = book.WriteTo(w)
	return err
}

// Account returns the small workbook that goes with a message: what is open on
// one account at the end of a day, with totals and aging.
func Account(seller Seller, account ledger.AccountLedger, day ar.Day) ([]byte, error) {
	book, err := newBook(seller, account.Customer, day)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	if err := writeOpen(book, seller, account.Customer, day, openSections(account, day)); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = book.WriteTo(&out)
	return out.Bytes(), err
}

// openSections splits what is open at the end of day by currency.
func openSections(account ledger.AccountLedger, day ar.Day) []section {
	open := account.AsOf(day)
	var out []section
	for _, age := range ledger.Age(account.Customer, open, day) {
		s := section{roll: Roll{Currency: age.Currency}, aging: age}
		for _, d := range open {
			if d.Currency == age.Currency {
				s.open = append(s.open, d)
			}
		}
		out = append(out, s)
	}
	return out
}

func newBook(seller Seller, c ar.Customer, day ar.Day) (*workbook.Book, error) {
	return workbook.New(workbook.Props{
		Title: fmt.Sprintf("Statement of account %s, %s", c.Number, day), Author: seller.Name, Day: day,
	})
}

// The columns of the sheet Statement, counted from 1.
const (
	colDocument = iota + 1
	colKind
	colIssued
	colDue
	colLate
	colPO
	colAmount
	colOpen
	colPlace
	openColumns = colPlace
)

// openHead are the titles of the columns of open documents.
var openHead = []workbook.Cell{
	{Value: "Document", Look: workbook.Head}, {Value: "Kind", Look: workbook.Head},
	{Value: "Issued", Look: workbook.HeadCentre}, {Value: "Due", Look: workbook.HeadCentre},
	{Value: "Days past due", Look: workbook.HeadRight}, {Value: "Your order", Look: workbook.HeadIndented},
	{Value: "Amount", Look: workbook.HeadRight}, {Value: "Open", Look: workbook.HeadRight},
	{Value: "Aging", Look: workbook.HeadRight},
}

// writeOpen writes the sheet Statement: letterhead, head, and a section per
// currency with its documents, total and aging.
func writeOpen(book *workbook.Book, seller Seller, c ar.Customer, day ar.Day, parts []section) error {
	const head = 8
	sheet, err := book.Sheet("Statement", workbook.Layout{
		Widths: []float64{17, 15, 11.5, 11.5, 11, 17, 15, 15, 14}, Frozen: head, Repeat: head, Letter: seller.Letter,
		Footer: fmt.Sprintf("%s · account %s · as of %s", seller.Name, c.Number, day),
	})
	if err != nil {
		return err
	}
	out := &writer{sheet: sheet}
	letterhead(out, seller, c, []pair{{"As of", day}})
	out.skipTo(head)
	out.high(30, openHead...)
	for _, part := range parts {
		openSection(out, part, day)
	}
	if len(parts) == 0 {
		out.skip(1)
		out.row(workbook.Cell{Value: "Nothing is open on this account."})
	}
	return out.err
}

// openSection writes one currency's open documents, total and aging.
func openSection(out *writer, part section, day ar.Day) {
	cur := part.roll.Currency
	out.high(24, workbook.Cell{Value: "Open documents in " + string(cur), Look: workbook.Section})
	first := out.next()
	for _, d := range part.open {
		out.row(openRow(d, day)...)
	}
	last := out.next() - 1
	total := make([]workbook.Cell, openColumns)
	for i := range total {
		total[i] = workbook.Cell{Look: workbook.TotalText}
	}
	total[0].Value = "Total " + string(cur)
	total[colOpen-1] = workbook.Cell{Look: workbook.TotalMoney, Value: ar.Money{Minor: part.aging.Total(), Currency: cur}}
	if last >= first {
		total[colOpen-1].Formula = "SUM(" + workbook.Range(colOpen, first, last) + ")"
	}
	out.row(total...)
	agingLine(out, part, first, last)
}

// openRow writes one open document.
func openRow(d ar.Document, day ar.Day) []workbook.Cell {
	row := make([]workbook.Cell, openColumns)
	row[colDocument-1] = workbook.Cell{Value: documentName(d)}
	row[colKind-1] = workbook.Cell{Value: kindWords[d.Kind]}
	if d.DisputedOpen() > 0 {
		row[colKind-1].Value = kindWords[d.Kind] + " (in dispute)"
	}
	row[colIssued-1] = workbook.Cell{Value: issued(d), Look: workbook.Day}
	row[colDue-1] = workbook.Cell{Value: d.DueOn, Look: workbook.Day}
	row[colLate-1] = lateCell(d, day)
	row[colPO-1] = workbook.Cell{Value: d.PONumber, Look: workbook.Indented}
	row[colAmount-1] = workbook.Cell{Value: ar.Money{Minor: d.Amount, Currency: d.Currency}, Look: workbook.Money}
	row[colOpen-1] = workbook.Cell{Value: ar.Money{Minor: d.Open, Currency: d.Currency}, Look: workbook.Money}
	row[colPlace-1] = workbook.Cell{Value: placeTitles()[placeOf(d, day)], Look: workbook.SmallRight}
	return row
}

// lateCell is the days past due, empty where there are none.
func lateCell(d ar.Document, day ar.Day) workbook.Cell {
	late := d.DaysPastDue(day)
	if late <= 0 || d.IsCredit() {
		return workbook.Cell{}
	}
	return workbook.Cell{Value: late, Look: workbook.Int}
}

// agingLine writes the aging of one currency under its documents: each amount
// sums the rows whose last column names its place.
func agingLine(out *writer, part section, first, last int) {
	cur := part.roll.Currency
	out.skip(1)
	head := []workbook.Cell{{Value: "By days past due", Look: workbook.Head}}
	for _, title := range placeTitles() {
		head = append(head, workbook.Cell{Value: title, Look: workbook.HeadRight})
	}
	headRow := out.next()
	out.row(append(head, workbook.Cell{Value: "Total", Look: workbook.HeadRight})...)
	row := []workbook.Cell{{Value: string(cur)}}
	for i, amount := range amounts(part.aging) {
		cell := workbook.Cell{Value: ar.Money{Minor: amount, Currency: cur}, Look: workbook.Money}
		if last >= first {
			cell.Formula = fmt.Sprintf("SUMIFS(%s,%s,%s)",
				workbook.Range(colOpen, first, last), workbook.Range(colPlace, first, last), workbook.Ref(i+2, headRow))
		}
		row = append(row, cell)
	}
	at := out.next()
	row = append(row, workbook.Cell{
		Value: ar.Money{Minor: part.aging.Total(), Currency: cur}, Look: workbook.StrongMoney,
		Formula: fmt.Sprintf("SUM(%s:%s)", workbook.Ref(2, at), workbook.Ref(places+1, at)),
	})
	out.row(row...)
	out.skip(1)
}

// documentName writes a document's number, with the instalment where there are
// several.
func documentName(d ar.Document) string {
	name := d.Number
	if name == "" {
		name = string(d.ID)
	}
	if d.Instalment > 1 {
		return fmt.Sprintf("%s (%d)", name, d.Instalment)
	}
	return name
}

// issued is the day on a document's face, else the day it was posted.
func issued(d ar.Document) ar.Day {
	if d.IssuedOn != 0 {
		return d.IssuedOn
	}
	return d.PostedOn
}
