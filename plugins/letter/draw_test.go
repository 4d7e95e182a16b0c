package letter

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"holdfast/plugins/sdk"
)

// sheetsDrawn counts the pages that a PDF really has.
func sheetsDrawn(pdf []byte) int { return bytes.Count(pdf, []byte("/Type /Page\n")) }

// pagesOf reads the text of each page back.
func pagesOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	cmd := exec.Command(poppler(t, "pdftotext"), "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// TestEveryLengthHasItsPages: rows that fill a page to the brim turn no page too
// many, on either paper.
func TestEveryLengthHasItsPages(t *testing.T) {
	for paper := range sheets {
		l := plainLayout(t, paper, "din5008-b")
		most := 0
		for rows := 0; rows < 140; rows += 7 {
			pdf, n, err := l.draw(sampleLetter(rows))
			if err != nil || sheetsDrawn(pdf) != n || n < most {
				t.Fatalf("%s, %d rows: %d pages, said %d, %v", paper, rows, sheetsDrawn(pdf), n, err)
			}
			most = n
		}
		if most < 4 {
			t.Errorf("%s: 137 rows take %d pages", paper, most)
		}
	}
}

func TestTableOverPages(t *testing.T) {
	pdf, n, err := plainLayout(t, "a4", "din5008-b").draw(sampleLetter(130))
	if err != nil || n != 4 {
		t.Fatal(n, err)
	}
	pages := pagesOf(t, pdf)
	for i, text := range pages {
		for _, want := range []string{fmt.Sprintf("Seite %d von %d", i+1, n), "Offen, EUR", "C-1001"} {
			if !strings.Contains(text, want) {
				t.Errorf("page %d has no %q:\n%s", i+1, want, text)
			}
		}
	}
	all := strings.Join(pages, "\n")
	for i := range 130 {
		number, amount := fmt.Sprintf("INV-%04d", 1001+i), fmt.Sprintf("%d.200,00", i+1)
		if strings.Count(all, number) != 1 || !strings.Contains(all, amount+"\n") {
			t.Errorf("%s of %s stands %d times", number, amount, strings.Count(all, number))
		}
	}
	last := pages[n-1]
	for _, want := range []string{"Bitte zahlen Sie", "4.500,00 EUR", "Empfänger: Hafenkontor", "Verwendungszweck: C-1001"} {
		if !strings.Contains(last, want) {
			t.Errorf("the last page has no %q:\n%s", want, last)
		}
	}
	for _, want := range []string{"Letzte Mahnung", "Уважаемый клиент, Ελλάδα, 100 €", "Hafenkontor Łódź & Söhne GmbH · Deichstraße 14"} {
		if !strings.Contains(pages[0], want) {
			t.Errorf("the first page has no %q:\n%s", want, pages[0])
		}
	}
}

// TestSlipStaysTogether at whatever place of the page the letter ends.
func TestSlipStaysTogether(t *testing.T) {
	l := plainLayout(t, "letter", "us-10")
	for rows := 18; rows < 32; rows += 2 {
		pdf, _, err := l.draw(sampleLetter(rows))
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range pagesOf(t, pdf) {
			if strings.Contains(text, "Empfänger: Hafenkontor") != strings.Contains(text, "Verwendungszweck: C-1001") {
				t.Errorf("%d rows: page %d has a part of the slip:\n%s", rows, i+1, text)
			}
		}
	}
}

// word is where pdftotext finds a word, in points.
type word struct {
	XMin float64 `xml:"xMin,attr"`
	YMin float64 `xml:"yMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

func wordsOf(t *testing.T, pdf []byte) []word {
	t.Helper()
	cmd := exec.Command(poppler(t, "pdftotext"), "-bbox", "-l", "1", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Words []word `xml:"body>doc>page>word"`
	}
	if err := xml.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Words
}

// TestAddressShowsInTheWindow: the whole address, and of all else nothing but the
// sender's small line. The windows are those of the envelopes, in millimetres from
// the sheet's left and top edge.
func TestAddressShowsInTheWindow(t *testing.T) {
	for envelope, w := range map[string]struct{ left, top, right, bottom float64 }{
		"din5008-b": {20, 45, 105, 90},
		"us-10":     {22.2, 51.8, 111, 80.4}, // where a sheet shows that lies on the bottom, wherever it slides sideways
		"c5":        {20, 57, 91, 88.5},      // where it shows however the sheet slides
		"fr":        {110, 55, 195, 88},
	} {
		m := sampleLetter(2)
		m.Postal = append(m.Postal[:4:4], "Tredje etasje, bygning 12", "NORWAY")
		pdf, _, err := plainLayout(t, "a4", envelope).draw(m)
		if err != nil {
			t.Fatal(err)
		}
		shown := ""
		for _, f := range wordsOf(t, pdf) {
			x, y, right, bottom := f.XMin*point, f.YMin*point, f.XMax*point, f.YMax*point
			in := x >= w.left && right <= w.right && y >= w.top && bottom <= w.bottom
			if in {
				shown += f.Text + " "
			} else if right > w.left && x < w.right && bottom > w.top && y < w.bottom {
				t.Errorf("%s: %q is cut by the window: %.1f to %.1f, %.1f to %.1f", envelope, f.Text, x, right, y, bottom)
			}
		}
		if want := strings.Join(m.Letter.Sender, " · ") + " " + strings.Join(m.Postal, " ") + " "; shown != want {
			t.Errorf("%s: the window shows %q, want %q", envelope, shown, want)
		}
	}
}

func TestAddressTooLongForTheWindow(t *testing.T) {
	m := sampleLetter(1)
	m.Postal = strings.Split(strings.Repeat("a line of an address\n", 14), "\n")
	var u unfit
	if _, _, err := plainLayout(t, "letter", "us-10").draw(m); !errors.As(err, &u) || !strings.Contains(u.cure, "ERP") {
		t.Errorf("%v", err)
	}
}

func TestDrawnTheSameEachTime(t *testing.T) {
	l, problems := layoutOf(Settings{Paper: "a4", Window: "fr", LogoFile: logoFile(t)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	m := sampleLetter(70)
	m.Letter.Body = append(m.Letter.Body, sdk.Block{Lines: []string{"INV-1   2026-10-01   1,200.00"}})
	first, _, err := l.draw(m)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if again, _, err := l.draw(m); err != nil || !bytes.Equal(first, again) {
			t.Fatalf("drawn anew it differs (%v)", err)
		}
	}
}

// TestTextWithoutParts: a letter that has only its text is drawn from that.
func TestTextWithoutParts(t *testing.T) {
	m := sampleLetter(0)
	m.Letter = nil
	m.Text = "Hafenkontor GmbH\n20459 Hamburg\n\n" + strings.Join(m.Postal, "\n") + "\n\nHamburg, den 23.\n\nMahnung\n\nGuten Tag,\n\nINV-1   2026-10-01   1.200,00\n\nGruß\n"
	pdf, n, err := plainLayout(t, "a4", "din5008-b").draw(m)
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	text := pagesOf(t, pdf)[0]
	for _, want := range []string{"Hamburg, den 23.", "Guten Tag,", "1.200,00", "Gruß", "Hafenkontor GmbH · 20459 Hamburg"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
	if strings.Count(text, "Postboks 9") != 1 {
		t.Errorf("the address stands twice:\n%s", text)
	}
}

// TestTakesAnyText: what a template may yield is drawn, or refused with its cure,
// and never ends the process.
func TestTakesAnyText(t *testing.T) {
	l := plainLayout(t, "a4", "din5008-b")
	for text, drawn := range map[string]bool{
		"": true, "\n\n\n": true, "e\u0301\u200b\ufeff\u00a0x\tx": true, strings.Repeat("x", 20_000): true, strings.Repeat("a  b ", 4_000): true,
		strings.Repeat("line\n", 5_000): true, "\x00\x01\x7f\r\t": true, "🚢": false, "請求書": false, "مرحبا": false, "\xff\xfe": true,
	} {
		m := sampleLetter(1)
		m.Subject, m.Reference = text, text
		m.Letter.Body = []sdk.Block{{Lines: []string{text}}, {Lines: strings.Split(text, "\n")}, {Table: &sdk.Table{
			Title: text, Head: []string{text, text}, Right: 1, Rows: []sdk.Row{{Cells: []string{text, text, text}, Note: text}, {}},
		}}, {Table: &sdk.Table{}}, {}}
		pdf, n, err := l.draw(m)
		var u unfit
		if drawn && (err != nil || sheetsDrawn(pdf) != n) || !drawn && !errors.As(err, &u) {
			t.Errorf("%.20q: %d pages of %d, %v", text, sheetsDrawn(pdf), n, err)
		}
	}
}

// TestLetterWithNothingInIt: parts that are missing are no reason to die.
func TestLetterWithNothingInIt(t *testing.T) {
	l := plainLayout(t, "letter", "c5")
	for _, parts := range []*sdk.Letter{nil, {}, {Body: []sdk.Block{{Table: &sdk.Table{Rows: []sdk.Row{{}}}}, {Table: &sdk.Table{Right: 9, Rows: []sdk.Row{{Note: "x"}}}}}}} {
		m := sdk.Message{Key: "k", Postal: []string{"x"}, Letter: parts}
		if pdf, n, err := l.draw(m); err != nil || n != 1 || sheetsDrawn(pdf) != 1 {
			t.Errorf("%+v: %d pages, %v", parts, n, err)
		}
	}
}

func TestLogo(t *testing.T) {
	l, problems := layoutOf(Settings{Paper: "a4", Window: "din5008-b", LogoFile: logoFile(t)})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	pdf, _, err := l.draw(sampleLetter(1))
	if err != nil || !bytes.Contains(pdf, []byte("/Subtype /Image")) {
		t.Errorf("no picture in the letter: %v", err)
	}
}

// logoFile is a PNG of the kind that the PDF library does not take as it is.
func logoFile(t *testing.T) string {
	t.Helper()
	picture := image.NewNRGBA64(image.Rect(0, 0, 300, 80)) // 16 bits, partly see-through
	for x := range 300 {
		for y := range 80 {
			picture.Set(x, y, color.NRGBA{R: 20, G: uint8(x / 2), B: 120, A: uint8(y * 3)})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "logo.png")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func BenchmarkDraw(b *testing.B) {
	l := plainLayout(b, "a4", "din5008-b")
	m := sampleLetter(20)
	for b.Loop() {
		if _, _, err := l.draw(m); err != nil {
			b.Fatal(err)
		}
	}
}
