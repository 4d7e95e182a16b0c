package dossier

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

// Write writes the workbook. files are those that lie beside it, for its index.
// Equal dossiers give equal bytes.
func (d *Dossier) Write(w io.Writer, files []File) error {
	book, err := workbook.New(workbook.Props{
		Title: fmt.Sprintf("Dossier of %s, task %d", first(d.Customer.Number, d.Customer.Name), d.Matter.Task), Author: d.Creditor.Name, Day: d.Day,
	})
	if err != nil {
		return err
	}
	defer book.Close()
	for _, write := range []func(*workbook.Book) error{
		d.summary, d.documents, d.payments, d.contacted, d.told, d.holds,
		func(b *workbook.Book) error { return d.index(b, files) },
	} {
		if err := write(book); err != nil {
			return err
		}
	}
	_, err = book.WriteTo(w)
	return err
}

// column is one column of a sheet.
type column struct {
	head  string
	width float64
	look  workbook.Look
}

// page is a sheet that keeps the first error of its rows, so that they read as a
// list.
type page struct {
	*workbook.Sheet
	columns []column
	err     error
}

// headRow is the row of a table that has its heads; a title and a line stand
// above it.
const headRow = 4

// table opens a sheet of one table with its title, a line about it and its heads.
func (d *Dossier) table(book *workbook.Book, title, about string, columns []column) *page {
	p := d.page(book, title, columns, workbook.Layout{Frozen: headRow, Repeat: headRow})
	p.high(26, workbook.Cell{Value: title, Look: workbook.Title})
	p.row(workbook.Cell{Value: about, Look: workbook.Label})
	p.skip(1)
	heads := make([]workbook.Cell, len(columns))
	for i, c := range columns {
		heads[i] = workbook.Cell{Value: c.head, Look: c.look}
	}
	p.high(30, heads...)
	return p
}

// page opens a sheet.
func (d *Dossier) page(book *workbook.Book, name string, columns []column, l workbook.Layout) *page {
	for _, c := range columns {
		l.Widths = append(l.Widths, c.width)
	}
	l.Landscape, l.Letter, l.Top, l.Ruled = true, d.Creditor.Letter, true, l.Frozen > 0
	l.Footer = fmt.Sprintf("%s · dossier of %s · task %d · as of %s", d.Creditor.Name, debtor(&d.Customer), d.Matter.Task, d.Day)
	sheet, err := book.Sheet(name, l)
	return &page{Sheet: sheet, columns: columns, err: err}
}

func (p *page) row(cells ...workbook.Cell) { p.high(p.height(cells), cells...) }

func (p *page) high(height float64, cells ...workbook.Cell) {
	if p.err == nil {
		p.err = p.HighRow(height, cells...)
	}
}

func (p *page) skip(n int) {
	if p.err == nil {
		p.Skip(n)
	}
}

func (p *page) next() int {
	if p.err != nil {
		return 1
	}
	return p.Next()
}

// empty says on a table without rows why it has none.
func (p *page) empty(text string) {
	if p.next() == headRow+1 {
		p.row(workbook.Cell{Value: text, Look: workbook.Label})
	}
}

// height is the height in points of a row whose texts are wrapped; 0, as others,
// where none takes a second line.
func (p *page) height(cells []workbook.Cell) float64 {
	lines := 1
	for i, c := range cells {
		text, ok := c.Value.(string)
		if !ok || c.Look != workbook.Wrapped {
			continue
		}
		room := max(1, p.columns[i].width*1.05-1) // the widths are counted in figures, which are as wide as letters
		n := 0
		for line := range strings.SplitSeq(text, "\n") {
			n += max(1, int(math.Ceil(float64(utf8.RuneCountInString(line))/room)))
		}
		lines = max(lines, n)
	}
	if lines == 1 {
		return 0
	}
	return min(400, 13.5*float64(lines)+3)
}

// Cells of a kind.
func text(s string) workbook.Cell    { return workbook.Cell{Value: s} }
func wrapped(s string) workbook.Cell { return workbook.Cell{Value: s, Look: workbook.Wrapped} }
func day(d ar.Day) workbook.Cell     { return workbook.Cell{Value: d, Look: workbook.Day} }
func money(minor int64, cur ar.Currency) workbook.Cell {
	return workbook.Cell{Value: ar.Money{Minor: minor, Currency: cur}, Look: workbook.Money}
}
