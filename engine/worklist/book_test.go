package worklist

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// written is a list as a workbook.
func written(t *testing.T, l *List) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := l.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestEqualListsAreEqualBytes(t *testing.T) {
	if !bytes.Equal(written(t, build(t)), written(t, build(t))) {
		t.Error("the same list twice is not the same bytes")
	}
}

func TestEachRowOffersItsOwnOutcomes(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, build(t))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rules, err := f.GetDataValidations(SheetToday)
	if err != nil {
		t.Fatal(err)
	}
	column, _ := excelize.ColumnNumberToName(columnsOf(t, f)[headOutcome])
	offers := map[string]string{}
	for _, rule := range rules {
		for cell := range strings.FieldsSeq(rule.Sqref) {
			offers[cell] = rule.Formula1
		}
	}
	for cell, want := range map[string]string{column + "5": `"yes,no"`, column + "6": `"` + strings.Join(calls, ",") + `"`, column + "9": `"done"`} {
		if offers[cell] != want {
			t.Errorf("%s offers %s, want %s", cell, offers[cell], want)
		}
	}
	if offers[column+"7"] != offers[column+"6"] {
		t.Errorf("rows of the same outcomes differ: %s", offers[column+"7"])
	}
}

func TestFiguresAreFigures(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, build(t))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	at := columnsOf(t, f)
	for head, want := range map[string]string{"Overdue USD": "20000", "Overdue EUR": "9900", "Due": "46351"} {
		cell, _ := excelize.CoordinatesToCellName(at[head], headRow+3)
		got, _ := f.GetCellValue(SheetToday, cell, excelize.Options{RawCellValue: true})
		kind, _ := f.GetCellType(SheetToday, cell)
		if got != want || kind != excelize.CellTypeUnset {
			t.Errorf("%s: %s of type %d, want the number %s", head, got, kind, want)
		}
	}
	if got, _ := f.GetCellValue(sheetDocuments, "D4"); got != "INV-2" {
		t.Errorf("sheet of documents: %q", got)
	}
	if visible, _ := f.GetColVisible(SheetToday, "A"); visible {
		t.Error("the keys are to be seen")
	}
}
