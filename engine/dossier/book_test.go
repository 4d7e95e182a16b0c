package dossier

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
)

// opened is the sample's workbook.
func opened(t *testing.T, d *Dossier) *excelize.File {
	t.Helper()
	files, err := d.Files()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// rowsOf are the rows of a sheet as a person reads them, their cells joined.
func rowsOf(t *testing.T, f *excelize.File, sheet string) []string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.TrimRight(strings.Join(row, "|"), "|"))
	}
	return lines
}

func TestWhatTheSheetsSay(t *testing.T) {
	f := opened(t, sample())
	for _, want := range []struct{ sheet, row string }{
		{"Summary", "EUR|1|500.00|500.00|0.00|500.00|0.00"},
		{"Summary", "USD|1|1,200.00|900.00|250.00|650.00|100.00"},
		{"Summary", "To|Legal"},
		{"Summary", "On|2026-10-30"},
		{"Summary", "Sequence, step|past-due, agency"},
		{"Summary", "Legal name|Anders og Søn A/S"},
		{"Summary", "Address|Havnegade 1, 5000 Odense, DK"},
		{"Summary", "Credit limit|50,000.00 USD"},
		{"Summary", "Ap|Pat Payable||||ap@anders.example"},
		{"Documents", "INV-1|Invoice|2026-08-02|2026-09-01|59|1,200.00|900.00|250.00|650.00|PO-INV-1||invoices/INV-1.pdf"},
		{"Documents", "INV-2|Invoice|2026-09-01|2026-10-01|29|500.00|500.00|0.00|500.00|PO-INV-2||none: not found where copies are kept"},
		{"Documents", "INV-3|Invoice|2026-10-16|2026-11-15||700.00|700.00|0.00|0.00|PO-INV-3"},
		{"Payments", "2026-09-21|RC-1|Receipt|2026-09-20|300.00|INV-1|USD|300.00|0.00|0.00"},
		{"Payments", "|CM-1|Credit memo|2026-10-02|100.00||USD||||left: 100.00 USD"},
		{"Contacts", "2026-10-05|E-mail|mail|ap@anders.example|past-due-1|Reminder|Sent|2026-10-05 13:30 UTC|250 queued as 4711|messages/001-2026-10-05-first.eml"},
		{"Contacts", "2026-10-14|Call|telephone||call-past-due|pays on Friday|Promised, by dana"},
		{"Contacts", "2026-10-20|Letter|mail|Anders og Søn A/S, Havnegade 1, 5000 Odense|final-notice|Final notice|Sent|2026-10-05 13:30 UTC|250 queued as 4711|messages/003-2026-10-20-final.txt"},
		{"What was told", "2026-10-21|Dispute|INV-1|Damaged: wet|250.00 USD||Open||dana"},
		{"What was told", "2026-10-14|Promise|the account||650.00 USD|2026-10-23|Broken||dana"},
		{"What was told", "2026-10-27|Pause|the account|Trade fair||2026-11-04||Withdrawn on 2026-10-28 by kim|kim"},
		{"Holds", "2026-10-20||Placed|Stops shipments|N|cheque returned||dana"},
	} {
		rows := rowsOf(t, f, want.sheet)
		if !strings.Contains("\n"+strings.Join(rows, "\n")+"\n", "\n"+want.row+"\n") {
			t.Errorf("%s has no row\n%s\nit has\n%s", want.sheet, want.row, strings.Join(rows, "\n"))
		}
	}
	for _, row := range rowsOf(t, f, "Contacts") {
		if strings.HasPrefix(row, "2026-10-12") && (!strings.Contains(row, "Refused") || strings.Contains(row, "messages/")) {
			t.Errorf("a refused message stands as %s", row)
		}
	}
}

func TestDaysAndFiguresAreNoTexts(t *testing.T) {
	f := opened(t, sample())
	for cell, want := range map[string]string{"C6": "46266", "D6": "46296", "G6": "500"} {
		got, _ := f.GetCellValue("Documents", cell, excelize.Options{RawCellValue: true})
		if kind, _ := f.GetCellType("Documents", cell); got != want || kind != excelize.CellTypeUnset {
			t.Errorf("Documents!%s: %q of type %d, want the number %s", cell, got, kind, want)
		}
	}
	if formula, _ := f.GetCellFormula("Documents", "I7"); formula != "SUM(I6:I6)" {
		t.Errorf("the total of what is claimed is %q", formula)
	}
}

func TestBeforeItsReceiptAllWasOpen(t *testing.T) {
	d := sample()
	d.Day = ar.MustDay("2026-09-10")
	for _, c := range d.Claims() {
		if c.Currency == "USD" && c.Open != 120000 {
			t.Errorf("before its receipt %d was open, want 120000", c.Open)
		}
	}
}

func TestNoDocumentsMeansAllThatIsOpen(t *testing.T) {
	d := sample()
	d.Matter.Documents = nil
	if n := len(d.Handed()); n != 3 {
		t.Errorf("%d documents are handed on, want the three that are open", n)
	}
}
