package file

import (
	"bytes"
	"strings"

	"github.com/phpdave11/gofpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/text/encoding/charmap"

	"holdfast/plugins/sdk"
)

// face is the type of one letter.
type face struct {
	text   string // family of the text, with a bold
	mono   string // family of the tables
	encode func(string) string
}

// faceFor takes Helvetica and Courier, which every viewer has, where they can
// write the whole letter. Else it embeds the Go fonts, which takes some twenty
// times as long.
func faceFor(pdf *gofpdf.Fpdf, m sdk.Message) face {
	if western(m) {
		return face{text: "Helvetica", mono: "Courier", encode: windows1252}
	}
	// The library writes into the font that it cuts, so each letter has a copy.
	pdf.AddUTF8FontFromBytes("go", "", bytes.Clone(goregular.TTF))
	pdf.AddUTF8FontFromBytes("go", "B", bytes.Clone(gobold.TTF))
	pdf.AddUTF8FontFromBytes("gomono", "", bytes.Clone(gomono.TTF))
	return face{text: "go", mono: "gomono", encode: drawable}
}

// western reports whether everything drawn is in Windows-1252.
func western(m sdk.Message) bool {
	parts := []string{m.From.Name, m.From.Address, m.Subject, m.Text, m.Reference}
	for _, to := range m.To {
		parts = append(parts, to.Name, to.Address)
	}
	for _, a := range m.Attachments {
		parts = append(parts, a.Name)
	}
	for _, r := range strings.Join(parts, "") {
		if _, ok := charmap.Windows1252.EncodeRune(replaced(r)); !ok {
			return false
		}
	}
	return true
}

// windows1252 encodes what western has found to fit.
func windows1252(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		b, _ := charmap.Windows1252.EncodeRune(replaced(r))
		out = append(out, b)
	}
	return string(out)
}

// drawable leaves out what the PDF library cannot place: it knows no
// characters beyond the basic plane.
func drawable(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return '\uFFFD'
		}
		return replaced(r)
	}, s)
}

// replaced writes the narrow and fixed blanks of numbers, dashes that align
// and lines of tables with characters that every face has.
func replaced(r rune) rune {
	switch r {
	case '\u00A0', '\u202F', '\u2009', '\u2007':
		return ' '
	case '\u2010', '\u2011', '\u2212', '─', '━':
		return '-'
	}
	return r
}
