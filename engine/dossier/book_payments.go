package dossier

import (
	"cmp"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

var paymentColumns = []column{
	{"Applied on", 11.5, workbook.HeadCentre}, {"Receipt or credit", 19, workbook.Head}, {"Kind", 14, workbook.Head},
	{"Its day", 11.5, workbook.HeadCentre}, {"Its amount", 15, workbook.HeadRight}, {"To document", 18, workbook.HeadIndented},
	{"Cur", 6, workbook.HeadCentre}, {"Applied", 15, workbook.HeadRight}, {"Discount", 13, workbook.HeadRight},
	{"Write-off", 13, workbook.HeadRight}, {"Remark", 18, workbook.HeadIndented},
}

// payments writes what was set against the documents that were handed on, and
// what money and credit is set against none.
func (d *Dossier) payments(book *workbook.Book) error {
	handed, others := d.split()
	p := d.table(book, "Payments", "Receipts and credits that were set against the documents that were handed on", paymentColumns)
	for _, a := range d.appliedTo(handed) {
		p.row(d.paymentRow(&a, handed)...)
	}
	p.empty("Nothing was paid or credited on these documents.")
	titled := false
	for i := range others {
		doc := &others[i]
		if doc.Open >= 0 {
			continue
		}
		if !titled {
			p.high(22, workbook.Cell{Value: "On the account, set against no document", Look: workbook.Section})
			titled = true
		}
		p.row(text(""), text(name(doc)), text(words(string(doc.Kind))), day(issued(doc)), money(-doc.Amount, doc.Currency), text(""),
			workbook.Cell{Value: string(doc.Currency), Look: workbook.Centre}, text(""), text(""), text(""),
			workbook.Cell{Value: "left: " + ar.Money{Minor: -doc.Open, Currency: doc.Currency}.String(), Look: workbook.Indented})
	}
	return p.err
}

// appliedTo returns the applications to documents, in the order of their days.
func (d *Dossier) appliedTo(docs []ar.Document) []ar.Application {
	var all []ar.Application
	for _, a := range d.Applied {
		if slices.ContainsFunc(docs, func(doc ar.Document) bool { return doc.ID == a.Document }) {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(x, y ar.Application) int {
		return cmp.Or(cmp.Compare(appliedOn(&x), appliedOn(&y)), strings.Compare(string(x.Document), string(y.Document)), strings.Compare(x.ID, y.ID))
	})
	return all
}

// appliedOn is the day of an application, else the day it was posted.
func appliedOn(a *ar.Application) ar.Day { return cmp.Or(a.AppliedOn, a.PostedOn) }

func (d *Dossier) paymentRow(a *ar.Application, docs []ar.Document) []workbook.Cell {
	to := docs[slices.IndexFunc(docs, func(doc ar.Document) bool { return doc.ID == a.Document })]
	receipt, kind, on, amount := text(string(a.Receipt)), text(""), text(""), text("")
	if r := d.receipt(a.Receipt); r != nil {
		receipt, kind, on, amount = text(name(r)), text(words(string(r.Kind))), day(issued(r)), money(-r.Amount, r.Currency)
	}
	remark := ""
	if a.Reversed {
		remark = "taken back, does not count"
	}
	return []workbook.Cell{
		day(appliedOn(a)), receipt, kind, on, amount, {Value: name(&to), Look: workbook.Indented}, {Value: string(to.Currency), Look: workbook.Centre},
		money(a.Amount, to.Currency), money(a.Discount, to.Currency), money(a.WriteOff, to.Currency), {Value: remark, Look: workbook.Indented},
	}
}

// receipt finds the document that an application took its money from, nil where
// it is not known.
func (d *Dossier) receipt(id ar.DocumentID) *ar.Document {
	for _, list := range [][]ar.Document{d.Documents, d.Receipts} {
		if i := slices.IndexFunc(list, func(doc ar.Document) bool { return doc.ID == id }); i >= 0 {
			return &list[i]
		}
	}
	return nil
}
