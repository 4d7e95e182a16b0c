package statement

import (
	"context"
	"fmt"
	"io"
	"iter"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
	"holdfast/engine/workbook"
)

// The names of the sheets of the workbook of all customers, since formulas
// refer to them.
const (
	sheetSummary  = "Summary"
	sheetOpen     = "Open items"
	sheetActivity = "Activity"
	sheetTieOut   = "Tie-out"
)

// month is the workbook of all customers, being written account by account.
// Rows go to three sheets at once; nothing of an account is kept but its sums.
type month struct {
	seller                  Seller
	first, last             ar.Day
	book                    *workbook.Book
	summary, open, activity *writer
	sums                    sums
}

// The first rows of each sheet hold its title and the head.
const (
	allHead  = 3
	allFirst = allHead + 1
)

// All writes one workbook for all customers of a company and month: Summary,
// Open items, Activity and Tie-out. It reads the accounts once and keeps none
// of them. control is the balance of the control account at the month's end,
// nil where it is not known. It returns the totals per currency.
func All(ctx context.Context, w io.Writer, seller Seller, day ar.Day, accounts iter.Seq2[ledger.AccountLedger, error], control ar.Balance) ([]Totals, error) {
	m, err := newMonth(seller, day)
	if err != nil {
		return nil, err
	}
	defer m.book.Close()
	for account, err := range accounts {
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := m.add(account.Customer, sections(account, m.first, m.last)); err != nil {
			return nil, err
		}
	}
	return m.sums, m.finish(w, control)
}

// newMonth opens the sheets and writes their heads.
func newMonth(seller Seller, day ar.Day) (*month, error) {
	m := &month{seller: seller, first: day.MonthStart(), last: day.MonthEnd()}
	book, err := workbook.New(workbook.Props{Title: "Receivables of " + monthName(day), Author: seller.Name, Day: m.last})
	if err != nil {
		return nil, err
	}
	m.book = book
	if m.summary, err = m.sheet(sheetSummary, summaryColumns); err != nil {
		return nil, err
	}
	if m.open, err = m.sheet(sheetOpen, openItemColumns); err != nil {
		return nil, err
	}
	m.activity, err = m.sheet(sheetActivity, movementColumns)
	return m, err
}

// column is one column of a sheet of the workbook of all customers.
type column struct {
	title string
	width float64
	look  workbook.Look
}

var summaryColumns = []column{
	{"Number", 12, workbook.Head}, {"Customer", 32, workbook.Head}, {"Cur", 6, workbook.Head},
	{"Opening", 15, workbook.HeadRight}, {"Invoiced", 15, workbook.HeadRight}, {"Credited", 15, workbook.HeadRight},
	{"Received", 15, workbook.HeadRight}, {"Other", 13, workbook.HeadRight}, {"Closing", 15, workbook.HeadRight},
	{"Current", 14, workbook.HeadRight}, {"1–30 days", 14, workbook.HeadRight}, {"31–60 days", 14, workbook.HeadRight},
	{"61–90 days", 14, workbook.HeadRight}, {"91+ days", 14, workbook.HeadRight},
	{"Other debits", 14, workbook.HeadRight}, {"Unapplied", 14, workbook.HeadRight},
}

var openItemColumns = []column{
	{"Number", 12, workbook.Head}, {"Customer", 32, workbook.Head}, {"Document", 18, workbook.Head}, {"Kind", 15, workbook.Head},
	{"Issued", 12, workbook.HeadCentre}, {"Due", 12, workbook.HeadCentre}, {"Days past due", 9, workbook.HeadRight},
	{"Order", 16, workbook.HeadIndented}, {"Cur", 6, workbook.Head},
	{"Amount", 15, workbook.HeadRight}, {"Open", 15, workbook.HeadRight}, {"Disputed", 14, workbook.HeadRight}, {"Aging", 13, workbook.HeadRight},
}

var movementColumns = []column{
	{"Number", 12, workbook.Head}, {"Customer", 32, workbook.Head}, {"Day", 12, workbook.HeadCentre},
	{"Document", 18, workbook.Head}, {"What", 16, workbook.Head}, {"Order", 16, workbook.Head}, {"Cur", 6, workbook.Head},
	{"Charges", 15, workbook.HeadRight}, {"Credits", 15, workbook.HeadRight},
}

// sheet adds one sheet with its title and head.
func (m *month) sheet(name string, columns []column) (*writer, error) {
	layout := workbook.Layout{
		Frozen: allHead, FrozenCol: 2, Repeat: allHead, Landscape: true, Letter: m.seller.Letter,
		Footer: fmt.Sprintf("%s · %s · %s", m.seller.Name, name, monthName(m.last)),
	}
	head := make([]workbook.Cell, len(columns))
	for i, c := range columns {
		layout.Widths = append(layout.Widths, c.width)
		head[i] = workbook.Cell{Value: c.title, Look: c.look}
	}
	sheet, err := m.book.Sheet(name, layout)
	if err != nil {
		return nil, err
	}
	out := &writer{sheet: sheet}
	out.high(24, workbook.Cell{Value: name + ", " + monthName(m.last), Look: workbook.Title})
	out.row(workbook.Cell{Value: fmt.Sprintf("%s · %s to %s", m.seller.Name, m.first, m.last), Look: workbook.Small})
	out.high(28, head...)
	return out, out.err
}

// add writes one account's month.
func (m *month) add(c ar.Customer, parts []section) error {
	for _, part := range parts {
		m.sums.add(part)
		m.summaryRow(c, part)
		for _, d := range part.open {
			m.openItemRow(c, d)
		}
		for _, move := range part.moves {
			m.movementRow(c, move)
		}
	}
	return firstError(m.summary.err, m.open.err, m.activity.err)
}

// finish writes the totals and the tie-out, then the file.
func (m *month) finish(w io.Writer, control ar.Balance) error {
	m.sums.control(control)
	m.summaryTotals()
	if err := m.summary.err; err != nil {
		return err
	}
	if err := m.tieOut(); err != nil {
		return err
	}
	_, err := m.book.WriteTo(w)
	return err
}

// monthName writes a day's month: October 2026.
func monthName(d ar.Day) string {
	y, mon, _ := d.Date()
	return fmt.Sprintf("%s %d", mon, y)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
