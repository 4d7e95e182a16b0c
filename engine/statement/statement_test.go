package statement

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
)

// customerBook writes and opens the sample's workbook.
func customerBook(t *testing.T) ([]byte, *excelize.File) {
	t.Helper()
	var buf bytes.Buffer
	if err := Customer(&buf, Statement{Seller: seller, Account: sample(), Month: october}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), open(t, buf.Bytes())
}

func open(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// find returns the row, counted from 1, whose first or second cell is text.
func find(t *testing.T, f *excelize.File, sheet, text string) int {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && row[0] == text || len(row) > 1 && row[1] == text {
			return i + 1
		}
	}
	t.Fatalf("no row %q on %s", text, sheet)
	return 0
}

func value(t *testing.T, f *excelize.File, sheet, ref string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, ref, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCustomerTotals(t *testing.T) {
	_, f := customerBook(t)
	row := find(t, f, "Statement", "Total USD")
	if got := value(t, f, "Statement", cell("H", row)); got != "23259.75" {
		t.Errorf("open in USD: %s", got)
	}
	formula, _ := f.GetCellFormula("Statement", cell("H", row))
	if !strings.HasPrefix(formula, "SUM(H") {
		t.Errorf("total is %q, want a sum", formula)
	}
	aging := find(t, f, "Statement", "USD")
	for col, want := range map[string]string{"B": "7560.25", "C": "980", "D": "2319.5", "E": "0", "F": "12500", "G": "25", "H": "-125", "I": "23259.75"} {
		if got := value(t, f, "Statement", cell(col, aging)); got != want {
			t.Errorf("aging %s: %s, want %s", col, got, want)
		}
	}
	var closing []string
	rows, _ := f.GetRows("Activity", excelize.Options{RawCellValue: true})
	for _, row := range rows {
		if len(row) > 1 && row[1] == "Closing balance" {
			closing = append(closing, row[6])
		}
	}
	if !slices.Equal(closing, []string{"880", "23259.75"}) {
		t.Errorf("closing balances %v", closing)
	}
}

func TestTextIsNeverAFormula(t *testing.T) {
	_, f := customerBook(t)
	row := find(t, f, "Statement", "INV-1001")
	for _, ref := range []string{cell("F", row), "A6"} {
		if formula, _ := f.GetCellFormula("Statement", ref); formula != "" {
			t.Errorf("%s is the formula %q", ref, formula)
		}
		kind, _ := f.GetCellType("Statement", ref)
		if kind != excelize.CellTypeInlineString {
			t.Errorf("%s has cell type %v, want a string", ref, kind)
		}
	}
	if got := value(t, f, "Statement", cell("F", row)); got != `=HYPERLINK("http://bad.example")` {
		t.Errorf("PO number %q", got)
	}
	if got := value(t, f, "Statement", "A6"); got != "=Østfold Marine & Co, Boston" {
		t.Errorf("control characters are dropped: %q", got)
	}
}

func TestDatesAndPrint(t *testing.T) {
	_, f := customerBook(t)
	row := find(t, f, "Statement", "INV-1007")
	if got := value(t, f, "Statement", cell("D", row)); got != "46267" {
		t.Errorf("due day is %s, want a real date", got)
	}
	shown, _ := f.GetCellValue("Statement", cell("D", row))
	if shown != "2026-09-02" {
		t.Errorf("due day shows as %s", shown)
	}
	panes, _ := f.GetPanes("Statement")
	if !panes.Freeze || panes.YSplit != 8 {
		t.Errorf("panes %+v", panes)
	}
	page, _ := f.GetPageLayout("Statement")
	if *page.FitToWidth != 1 || *page.FitToHeight != 0 || *page.Size != 9 {
		t.Errorf("page %+v", page)
	}
	foot, _ := f.GetHeaderFooter("Statement")
	if !strings.Contains(foot.OddFooter, "Page &P of &N") || !strings.Contains(foot.OddFooter, "Harbour && Sons") {
		t.Errorf("footer %q", foot.OddFooter)
	}
	var repeats []string
	for _, name := range f.GetDefinedName() {
		repeats = append(repeats, name.Name+" "+name.RefersTo)
	}
	if !slices.Contains(repeats, "_xlnm.Print_Titles 'Statement'!$8:$8") {
		t.Errorf("repeated rows %v", repeats)
	}
}

// Two writings of the same workbook are the same file, whatever the order in
// which the library walks its sheets.
func TestBytesAreDeterministic(t *testing.T) {
	write := func() []byte {
		var buf bytes.Buffer
		if _, err := All(context.Background(), &buf, seller, october, company(5, 4), nil); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	first := write()
	for range 12 {
		if !bytes.Equal(first, write()) {
			t.Fatal("the same month gave two files")
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(z.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("parts are not in the order of their names")
	}
}

func TestAllTies(t *testing.T) {
	var buf bytes.Buffer
	control := ar.Balance{{Minor: 1, Currency: "EUR"}}
	totals, err := All(context.Background(), &buf, seller, october, company(40, 7), control)
	if err != nil {
		t.Fatal(err)
	}
	if len(totals) != 3 || totals[0].Ties() || !totals[1].Ties() || !totals[2].Ties() {
		t.Fatalf("only EUR has a control account that differs: %+v", totals)
	}
	f := open(t, buf.Bytes())
	row := find(t, f, "Tie-out", "Closing balance, rolled forward")
	for i, col := range []string{"B", "C", "D"} {
		want, _ := numberOf(totals[i].OpenItems, totals[i].Currency)
		if got := value(t, f, "Tie-out", cell(col, row)); got != want {
			t.Errorf("%s closes at %s, open items are %s", totals[i].Currency, got, want)
		}
	}
}

func TestTotalsAsJSON(t *testing.T) {
	control := int64(-1)
	b, err := json.Marshal(Totals{Roll: Roll{Currency: "USD", Opening: 1000, Received: -995}, OpenItems: 5, Control: &control})
	want := `{"currency":"USD","opening":"10.00","invoiced":"0.00","credited":"0.00","received":"-9.95","other":"0.00",` +
		`"unexplained":"0.00","closing":"0.05","open_items":"0.05","aged":"0.00","control":"-0.01","ties":false}`
	if err != nil || string(b) != want {
		t.Errorf("%s, %v", b, err)
	}
}

// A month that does not add up says so.
func TestTiesSeesDifferences(t *testing.T) {
	good := Totals{Roll: Roll{Opening: 10, Invoiced: 5, Received: -3}, OpenItems: 12, Aging: [places]int64{7, 0, 0, 0, 0, 6, -1}}
	if !good.Ties() {
		t.Fatal("12 = 12 = 12")
	}
	for what, spoil := range map[string]func(*Totals){
		"movement": func(t *Totals) { t.Received-- },
		"open":     func(t *Totals) { t.OpenItems++ },
		"aging":    func(t *Totals) { t.Aging[2]++ },
		"control":  func(t *Totals) { c := int64(11); t.Control = &c },
	} {
		bad := good
		spoil(&bad)
		if bad.Ties() {
			t.Errorf("%s differs and still ties", what)
		}
	}
}

func TestAccountHasOpenDocumentsOnly(t *testing.T) {
	content, err := Account(seller, sample(), ar.MustDay("2026-11-10"))
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, content)
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Statement"}) {
		t.Errorf("sheets %v", got)
	}
	row := find(t, f, "Statement", "Total EUR")
	if got := value(t, f, "Statement", cell("H", row)); got != "890" {
		t.Errorf("open in EUR: %s", got)
	}
}
