package workbook

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
)

// form writes a small sheet that a person fills in.
func form(t *testing.T) []byte {
	t.Helper()
	book, err := New(Props{Title: "form", Day: ar.MustDay("2026-10-31")})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet, err := book.Sheet("Form", Layout{Widths: []float64{8, 20, 12}, Hidden: []int{1}, Repeat: 1, RepeatCol: 2, PagesWide: 2, Top: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		sheet.Row(Cell{Value: "key", Look: Head}, Cell{Value: "Outcome", Look: FieldHead}, Cell{Value: "Day", Look: FieldHead}),
		sheet.Row(Cell{Value: "k1"}, Cell{Look: Field}, Cell{Look: FieldDay}, Cell{Look: FieldAmount}),
		sheet.Choose([]string{"B2"}, []string{"reached", "no_answer"}, Hint{Title: "Outcome", Text: "How it ended.", Wrong: "Choose from the list."}),
		sheet.Choose([]string{"B3"}, []string{strings.Repeat("long", 80)}, Hint{}),
		sheet.Choose([]string{"B4"}, []string{"one,two"}, Hint{}),
		sheet.TakeDays([]string{"C2"}, ar.MustDay("2026-10-31"), ar.MustDay("2027-10-31"), Hint{Title: "Day", Wrong: "No day."}),
		sheet.TakeAmounts([]string{"D2"}, Hint{}),
		sheet.Filter("A1:C2"), sheet.Protect(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if _, err := book.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestFormIsReadBack(t *testing.T) {
	content := form(t)
	if !bytes.Equal(content, form(t)) {
		t.Error("the same form twice is not the same bytes")
	}
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rules, err := f.GetDataValidations("Form")
	if err != nil || len(rules) != 3 {
		t.Fatalf("%d rules, want 3: choices that Excel refuses must be left out (%v)", len(rules), err)
	}
	if rules[0].Formula1 != `"reached,no_answer"` || rules[0].Sqref != "B2" || !rules[0].AllowBlank {
		t.Errorf("drop-down: %+v", rules[0])
	}
	if rules[1].Formula1 != "46326" || rules[1].Formula2 != "46691" {
		t.Errorf("days from %s to %s, want 46326 to 46691", rules[1].Formula1, rules[1].Formula2)
	}
	if visible, _ := f.GetColVisible("Form", "A"); visible {
		t.Error("the hidden column is visible")
	}
	for cell, locked := range map[string]bool{"A2": true, "B2": false, "C2": false, "D2": false} {
		id, _ := f.GetCellStyle("Form", cell)
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := style.Protection == nil || style.Protection.Locked; got != locked {
			t.Errorf("%s: locked %v, want %v", cell, got, locked)
		}
	}
	if p, err := f.GetSheetProtection("Form"); err != nil || !p.AutoFilter || p.InsertRows {
		t.Errorf("protection %+v, %v", p, err)
	}
	for _, name := range f.GetDefinedName() {
		if strings.Contains(name.Name, "Print_Titles") && name.RefersTo != "'Form'!$A:$B,'Form'!$1:$1" {
			t.Errorf("printed on every page: %s", name.RefersTo)
		}
	}
}
