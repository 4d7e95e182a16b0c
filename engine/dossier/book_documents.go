package dossier

import (
	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

// colAmount is the first of the columns of figures, counted from 1.
const colAmount = 6

var documentColumns = []column{
	{"Document", 17, workbook.Head}, {"Kind", 14, workbook.Head}, {"Issued", 11.5, workbook.HeadCentre}, {"Due", 11.5, workbook.HeadCentre},
	{"Days late", 7, workbook.HeadRight}, {"Amount", 14, workbook.HeadRight}, {"Open", 14, workbook.HeadRight},
	{"Disputed", 14, workbook.HeadRight}, {"Claimed", 14, workbook.HeadRight}, {"PO number", 15, workbook.HeadIndented},
	{"Order", 13, workbook.Head}, {"Copy", 26, workbook.HeadIndented},
}

// documents writes what was handed on, per currency with totals, and what else
// is open on the account.
func (d *Dossier) documents(book *workbook.Book) error {
	handed, others := d.split()
	p := d.table(book, "Documents", "Open, disputed and claimed as of the end of "+d.Day.String(), documentColumns)
	d.byCurrency(p, "Handed on, in ", handed, true)
	d.byCurrency(p, "Also open on the account, in ", others, false)
	p.empty("Nothing was handed on, and nothing is open.")
	return p.err
}

// byCurrency writes documents with a title, and their totals, per currency. What
// was not handed on is not claimed.
func (d *Dossier) byCurrency(p *page, title string, docs []ar.Document, handed bool) {
	for len(docs) > 0 {
		cur, n := docs[0].Currency, 0
		for n < len(docs) && docs[n].Currency == cur {
			n++
		}
		if p.next() > headRow+1 {
			p.skip(1)
		}
		p.high(22, workbook.Cell{Value: title + string(cur), Look: workbook.Section})
		from := p.next()
		var sums [4]int64
		for i := range docs[:n] {
			figures := d.figures(&docs[i], handed)
			for j := range sums {
				sums[j] += figures[j]
			}
			p.row(d.documentRow(&docs[i], figures)...)
		}
		p.row(totalRow("Total "+string(cur), cur, sums, from, p.next()-1)...)
		docs = docs[n:]
	}
}

// figures are amount, open, disputed and claimed of a document.
func (d *Dossier) figures(doc *ar.Document, handed bool) [4]int64 {
	disputed := d.disputed(doc)
	out := [4]int64{doc.Amount, doc.Open, disputed, 0}
	if handed {
		out[3] = doc.Open - disputed
	}
	return out
}

func (d *Dossier) documentRow(doc *ar.Document, figures [4]int64) []workbook.Cell {
	kind, late := words(string(doc.Kind)), text("")
	if doc.Voided {
		kind += ", void"
	}
	if n := doc.DaysPastDue(d.Day); n > 0 && doc.Open > 0 && !doc.IsCredit() {
		late = workbook.Cell{Value: n, Look: workbook.Int}
	}
	row := []workbook.Cell{text(name(doc)), text(kind), day(issued(doc)), day(doc.DueOn), late}
	for _, minor := range figures {
		row = append(row, money(minor, doc.Currency))
	}
	return append(row, workbook.Cell{Value: doc.PONumber, Look: workbook.Indented}, text(doc.OrderNumber), wrapped(d.copyText(doc.ID)))
}

// totalRow sums the figures of rows.
func totalRow(title string, cur ar.Currency, sums [4]int64, from, to int) []workbook.Cell {
	row := make([]workbook.Cell, len(documentColumns))
	for i := range row {
		row[i] = workbook.Cell{Look: workbook.TotalText}
	}
	row[0].Value = title
	for i, minor := range sums {
		col := colAmount + i
		row[col-1] = workbook.Cell{
			Value: ar.Money{Minor: minor, Currency: cur}, Look: workbook.TotalMoney, Formula: "SUM(" + workbook.Range(col, from, to) + ")",
		}
	}
	return row
}
