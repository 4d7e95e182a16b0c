package file

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/phpdave11/gofpdf"

	"holdfast/plugins/sdk"
)

// Measures of the page in millimetres, and sizes of type in points.
const (
	margin   = 22.0
	width    = 210 - 2*margin
	lineStep = 5.0
	bodySize = 10.0
	tableMax = 9.5
)

// pagesMark stands for the number of pages until it is known; no text has it.
const pagesMark = "{\x7f}"

// Letter draws m as an A4 letter: sender, recipient, date, subject, then the
// text, in which rows of a table keep their columns. A letter for the post has
// its address where the window of an envelope is. The same message gives the
// same bytes.
func Letter(m sdk.Message) ([]byte, error) {
	l := newLetter(drawable(m))
	if body, ok := l.postHead(); ok {
		l.body(body)
	} else {
		l.head()
		l.body(l.m.Text)
	}
	l.foot()
	var b bytes.Buffer
	if err := l.pdf.Output(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

type letter struct {
	m    sdk.Message
	pdf  *gofpdf.Fpdf
	face face
}

func newLetter(m sdk.Message) *letter {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.SetMargins(margin, 20, margin)
	pdf.SetAutoPageBreak(true, 25)
	pdf.SetCreationDate(m.Date.UTC())
	pdf.SetModificationDate(m.Date.UTC())
	pdf.SetCatalogSort(true)
	l := &letter{m: m, pdf: pdf, face: faceFor(pdf, m)}
	pdf.SetTitle(m.Subject, true)
	pdf.SetAuthor(m.From.Name, true)
	pdf.SetProducer("Holdfast", true)
	pdf.AliasNbPages(pagesMark)
	pdf.SetFooterFunc(l.pageFoot)
	pdf.AddPage()
	return l
}

// head draws sender, recipient, date and subject.
func (l *letter) head() {
	sender := l.m.From.Name
	if sender == "" {
		sender = l.m.From.Address
	}
	l.style("B", 15)
	l.pdf.SetTextColor(32, 52, 84)
	l.line(7, sender)
	l.style("", 8.5)
	l.pdf.SetTextColor(110, 110, 110)
	l.line(4.5, l.m.From.Address)
	l.pdf.SetDrawColor(32, 52, 84)
	l.pdf.SetLineWidth(0.4)
	l.pdf.Line(margin, l.pdf.GetY()+2, margin+width, l.pdf.GetY()+2)
	l.pdf.Ln(12)
	l.recipient()
	l.pdf.Ln(9)
	l.style("B", 12)
	l.paragraph(6, l.m.Subject)
	l.pdf.Ln(4)
}

// recipient draws the address on the left, date and reference on the right.
func (l *letter) recipient() {
	left := []string{}
	for _, to := range l.m.To {
		if to.Name != "" {
			left = append(left, to.Name)
		}
		left = append(left, to.Address)
	}
	right := []string{l.m.Date.Format("2006-01-02")}
	if l.m.Reference != "" {
		right = append(right, l.m.Reference)
	}
	l.style("", bodySize)
	l.pdf.SetTextColor(0, 0, 0)
	for i := range max(len(left), len(right)) {
		l.pdf.CellFormat(width*0.7, lineStep, l.face.encode(at(left, i)), "", 0, "L", false, 0, "")
		l.pdf.CellFormat(width*0.3, lineStep, l.face.encode(at(right, i)), "", 1, "R", false, 0, "")
	}
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// body draws the text. A row of a table stands in type of one width, as wide
// as the longest row lets it be.
func (l *letter) body(text string) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	size := tableSize(lines)
	for _, text := range lines {
		switch {
		case strings.TrimSpace(text) == "":
			l.pdf.Ln(lineStep * 0.7)
		case isRow(text):
			l.pdf.SetFont(l.face.mono, "", size)
			l.line(size*0.48, text)
		default:
			l.style("", bodySize)
			l.paragraph(lineStep, text)
		}
	}
}

// foot lists what is enclosed.
func (l *letter) foot() {
	if len(l.m.Attachments) == 0 {
		return
	}
	l.pdf.Ln(6)
	l.style("", 8.5)
	l.pdf.SetTextColor(110, 110, 110)
	for _, a := range l.m.Attachments {
		l.line(4.5, "+ "+a.Name)
	}
}

func (l *letter) pageFoot() {
	l.pdf.SetY(-15)
	l.style("", 8)
	l.pdf.SetTextColor(110, 110, 110)
	l.pdf.CellFormat(width*0.8, 4, l.face.encode(l.m.Key), "", 0, "L", false, 0, "")
	l.pdf.CellFormat(width*0.2, 4, fmt.Sprintf("%d / %s", l.pdf.PageNo(), pagesMark), "", 0, "R", false, 0, "")
	l.pdf.SetTextColor(0, 0, 0)
}

func (l *letter) style(style string, size float64) { l.pdf.SetFont(l.face.text, style, size) }

func (l *letter) line(height float64, text string) {
	l.pdf.CellFormat(0, height, l.face.encode(text), "", 1, "L", false, 0, "")
}

func (l *letter) paragraph(height float64, text string) {
	l.pdf.MultiCell(0, height, l.face.encode(text), "", "L", false)
}

var columns = regexp.MustCompile(`[^\s.!?] {2,}\S`)

// isRow reports whether a line is aligned by blanks, or is a rule under such
// lines.
func isRow(line string) bool {
	trimmed := strings.TrimSpace(line)
	if len(trimmed) >= 3 && strings.Trim(trimmed, "-=─━+| ") == "" {
		return true
	}
	return columns.MatchString(trimmed) || strings.HasPrefix(line, "        ")
}

// tableSize returns the size of type in which the longest row fits. A letter
// of these faces is 0.6 of its size wide.
func tableSize(lines []string) float64 {
	longest := 1
	for _, line := range lines {
		if isRow(line) {
			longest = max(longest, utf8.RuneCountInString(line))
		}
	}
	const point = 25.4 / 72
	return min(tableMax, width/(float64(longest)*0.605*point))
}
