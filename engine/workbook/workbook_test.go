package workbook

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
)

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                    "plain",
		"bell \x07 nul \x00":       "bell  nul ",
		"two\nlines\tand tab\r":    "two\nlines\tand tab",
		"C1 \u0085 gone":           "C1  gone",
		"kept: Ærø, 日本, 🚢":         "kept: Ærø, 日本, 🚢",
		strings.Repeat("x", 40000): strings.Repeat("x", 32767),
		strings.Repeat("🚢", 20000): strings.Repeat("🚢", 16383), // two units each
	} {
		if got := Clean(text); got != want {
			t.Errorf("%.20q: %d bytes, want %d", text, len(got), len(want))
		}
	}
}

func TestSheetName(t *testing.T) {
	for text, want := range map[string]string{
		"Open items":                           "Open items",
		"a/b:c[d]*?\\":                         "a-b-c-d----",
		"'quoted'":                             "quoted",
		"":                                     "Sheet",
		"a name that is longer than Excel has": "a name that is longer than Exce",
	} {
		if got := SheetName(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestSerialDays(t *testing.T) {
	for day, want := range map[string]any{
		"": "", "1899-12-31": "1899-12-31", "1900-01-01": 1, "1900-02-28": 59, "1900-03-01": 61, "2026-10-31": 46326,
	} {
		if got := serial(ar.MustDay(day)); got != want {
			t.Errorf("%q: %v, want %v", day, got, want)
		}
	}
}

func TestMoneyFollowsItsCurrency(t *testing.T) {
	book, err := New(Props{Title: "x", Day: ar.MustDay("2026-10-31")})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet, err := book.Sheet("One", Layout{Widths: []float64{20}})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []ar.Money{{Minor: 123456, Currency: "USD"}, {Minor: 123456, Currency: "JPY"}, {Minor: 123456, Currency: "BHD"}, {Minor: -5, Currency: "USD"}} {
		if err := sheet.Row(Cell{Value: m, Look: Money}); err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if _, err := book.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for ref, want := range map[string]string{"A1": "1,234.56", "A2": "123,456", "A3": "123.456", "A4": "-0.05"} {
		if got, _ := f.GetCellValue("One", ref); got != want {
			t.Errorf("%s shows %q, want %q", ref, got, want)
		}
	}
}

func TestUnknownValueIsRefused(t *testing.T) {
	book, err := New(Props{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet, err := book.Sheet("One", Layout{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sheet.Row(Cell{Value: 1.5}); err == nil {
		t.Error("a float is no amount")
	}
}

// A large workbook goes through a file, which is gone afterwards.
func TestSpool(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := &spool{}
	want := bytes.Repeat([]byte("0123456789"), spoolLimit/5)
	for rest := want; len(rest) > 0; rest = rest[min(len(rest), 999):] {
		if _, err := s.Write(rest[:min(len(rest), 999)]); err != nil {
			t.Fatal(err)
		}
	}
	got := make([]byte, s.size)
	if _, err := s.reader().ReadAt(got, 0); err != nil || !bytes.Equal(got, want) {
		t.Errorf("read back %d of %d bytes, %v", len(got), len(want), err)
	}
	if s.file == nil {
		t.Fatal("all of it is in memory")
	}
	name := s.file.Name()
	s.close()
	if _, err := os.Stat(name); !os.IsNotExist(err) {
		t.Errorf("%s is left behind: %v", name, err)
	}
}
