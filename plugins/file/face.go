package file

import (
	"bytes"
	"strings"
	"unicode"

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
	return face{text: "go", mono: "gomono", encode: asIs}
}

// western reports whether everything drawn is in Windows-1252.
func western(m sdk.Message) bool {
	parts := []string{m.From.Name, m.From.Address, m.Subject, m.Text, m.Reference}
	for _, to := range m.To {
		parts = append(parts, to.Name, to.Address)
	}
	parts = append(parts, m.Postal...)
	for _, a := range m.Attachments {
		parts = append(parts, a.Name)
	}
	for _, r := range strings.Join(parts, "") {
		if _, ok := charmap.Windows1252.EncodeRune(r); !ok {
			return false
		}
	}
	return true
}

// windows1252 encodes what western has found to fit.
func windows1252(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		b, _ := charmap.Windows1252.EncodeRune(r)
		out = append(out, b)
	}
	return string(out)
}

// asIs is the encoding of the embedded fonts.
func asIs(s string) string { return s }

// drawable returns m with everything that is drawn fit for the PDF library,
// which knows neither broken UTF-8 nor characters beyond the basic plane.
func drawable(m sdk.Message) sdk.Message {
	m.From.Name, m.From.Address = plainRunes(m.From.Name), plainRunes(m.From.Address)
	m.Subject, m.Text, m.Reference = plainRunes(m.Subject), plainRunes(m.Text), plainRunes(m.Reference)
	to := make([]sdk.Mailbox, len(m.To))
	for i, box := range m.To {
		to[i] = sdk.Mailbox{Name: plainRunes(box.Name), Address: plainRunes(box.Address)}
	}
	files := make([]sdk.Attachment, len(m.Attachments))
	for i, a := range m.Attachments {
		files[i].Name = plainRunes(a.Name)
	}
	postal := make([]string, len(m.Postal))
	for i, line := range m.Postal {
		postal[i] = plainRunes(line)
	}
	m.To, m.Attachments, m.Postal = to, files, postal
	return m
}

func plainRunes(s string) string {
	return strings.Map(plainRune, strings.ToValidUTF8(strings.ReplaceAll(s, "\t", "    "), "\uFFFD"))
}

// plainRune writes the narrow and fixed blanks of numbers, dashes that align
// and lines of tables with characters that every face has.
func plainRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r > 0xFFFD:
		return '\uFFFD'
	case unicode.IsControl(r), r == '\u200B', r == '\uFEFF':
		return -1
	case strings.ContainsRune("\u00A0\u202F\u2009\u2007", r):
		return ' '
	case strings.ContainsRune("\u2010\u2011\u2212─━", r):
		return '-'
	}
	return r
}
