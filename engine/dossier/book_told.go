package dossier

import (
	"fmt"

	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

var toldColumns = []column{
	{"Told on", 11.5, workbook.HeadCentre}, {"What", 14, workbook.Head}, {"About", 24, workbook.HeadIndented}, {"What was said", 40, workbook.HeadIndented},
	{"Amount", 16, workbook.HeadIndented}, {"For the day", 11.5, workbook.HeadCentre}, {"State", 15, workbook.HeadIndented},
	{"How it ended", 28, workbook.HeadIndented}, {"Told by", 16, workbook.HeadIndented},
}

// told writes what people told, in the order of its telling.
func (d *Dossier) told(book *workbook.Book) error {
	p := d.table(book, "What was told", "Promises, plans, disputes, pauses, notes and replies, as they stand on "+d.Day.String(), toldColumns)
	for i := range d.Told {
		t := &d.Told[i]
		f := &t.Fact
		amount := ""
		if sum := amountOf(f); len(sum) > 0 {
			amount = sum.String()
		}
		p.row(day(f.On), text(words(string(f.Kind))), wrapped(coveredText(f)), wrapped(saysText(f)), wrapped(amount), day(f.Day), wrapped(words(t.State)),
			wrapped(endText(t.Ended)), wrapped(person(f.By)))
	}
	p.empty("Nothing was told.")
	return p.err
}

var holdColumns = []column{
	{"Placed on", 11.5, workbook.HeadCentre}, {"Lifted on", 11.5, workbook.HeadCentre}, {"State", 14, workbook.Head}, {"It", 20, workbook.Head},
	{"Before it", 14, workbook.Head}, {"Why", 30, workbook.HeadIndented}, {"Outcome", 26, workbook.HeadIndented}, {"Asked for by", 26, workbook.HeadIndented},
}

// holds writes the credit holds of ours.
func (d *Dossier) holds(book *workbook.Book) error {
	p := d.table(book, "Holds", "Credit holds that we placed on the account, or would have", holdColumns)
	for i := range d.Holds {
		e := &d.Holds[i]
		state, before := words(string(e.State)), ""
		if e.State == ar.EntryShadow {
			state = "Journalled only"
		}
		if wasRead(e) {
			before = e.Previous.String()
		}
		p.row(day(e.PlacedOn), day(e.ReleasedOn), text(state), text(words(e.Level.String())), text(before), wrapped(e.Reason), wrapped(e.Outcome),
			wrapped(person(e.Proposer)))
	}
	p.empty("No hold of ours was placed.")
	return p.err
}

// wasRead reports whether the ERP was read for a hold, so that Previous is what
// stood there.
func wasRead(e *ar.HoldEntry) bool {
	return e.Written.Held == ar.Valued || e.Previous.Held != ar.NoRow || e.State == ar.EntryPlacing
}

var fileColumns = []column{{"File", 60, workbook.Head}, {"Bytes", 12, workbook.HeadRight}, {"SHA-256", 70, workbook.HeadIndented}}

// index writes what lies beside the workbook.
func (d *Dossier) index(book *workbook.Book, files []File) error {
	p := d.table(book, "Files", fmt.Sprintf("%s has the same with this workbook. In messages/sealed are the bytes that a yes and the audit journal name.",
		manifestFile), fileColumns)
	for i := range files {
		p.row(text(files[i].Name), workbook.Cell{Value: len(files[i].Data), Look: workbook.Int}, workbook.Cell{Value: files[i].SHA(), Look: workbook.Indented})
	}
	p.empty("There are no other files.")
	for _, note := range d.Notes() {
		p.row(workbook.Cell{Value: words(note), Look: workbook.Label})
	}
	return p.err
}
