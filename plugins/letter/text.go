package letter

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"holdfast/plugins/sdk"
)

// clean writes a text in characters that are drawn one by one: composed, blanks
// and dashes in their common form, and without what is not seen. A line break
// stays.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\t", "    ")
	return strings.Map(commonRune, norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD")))
}

func commonRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return -1
	case unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp):
		return ' '
	case strings.ContainsRune("\u2010\u2011\u2212", r):
		return '-'
	}
	return r
}

// cleaned returns m with everything that is drawn made clean.
func cleaned(m sdk.Message) sdk.Message {
	m.Subject, m.Text, m.Reference, m.From.Name = clean(m.Subject), clean(m.Text), clean(m.Reference), clean(m.From.Name)
	m.Postal = cleanAll(m.Postal)
	if m.Letter == nil {
		m.Letter = letterOf(m)
		return m
	}
	l := sdk.Letter{Sender: cleanAll(m.Letter.Sender), Dated: clean(m.Letter.Dated), Slip: cleanAll(m.Letter.Slip)}
	for _, b := range m.Letter.Body {
		l.Body = append(l.Body, sdk.Block{Lines: cleanAll(b.Lines), Table: cleanTable(b.Table)})
	}
	if len(l.Sender) == 0 {
		l.Sender = []string{m.From.Name}
	}
	m.Letter = &l
	return m
}

func cleanAll(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = clean(line)
	}
	return out
}

func cleanTable(t *sdk.Table) *sdk.Table {
	if t == nil {
		return nil
	}
	out := &sdk.Table{Title: clean(t.Title), Head: cleanAll(t.Head), Right: t.Right}
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, sdk.Row{Cells: cleanAll(r.Cells), Note: clean(r.Note), Strong: r.Strong})
	}
	return out
}

// letterOf cuts the text of a letter into its parts: sender, receiver, place and
// date, and subject are a paragraph each, then comes the body. A text with fewer
// paragraphs is all body.
func letterOf(m sdk.Message) *sdk.Letter {
	parts := strings.SplitN(strings.TrimRight(m.Text, "\n"), "\n\n", 5)
	l := &sdk.Letter{Sender: []string{m.From.Name}, Dated: m.Date.Format("2006-01-02")}
	body := m.Text
	if len(parts) == 5 {
		l.Sender, l.Dated, body = strings.Split(parts[0], "\n"), parts[2], parts[4]
	}
	for paragraph := range strings.SplitSeq(strings.Trim(body, "\n"), "\n\n") {
		l.Body = append(l.Body, sdk.Block{Lines: strings.Split(paragraph, "\n")})
	}
	return l
}

// drawn passes every text of a clean letter.
func drawn(m sdk.Message, pass func(string)) {
	each := func(lines []string) {
		for _, line := range lines {
			pass(line)
		}
	}
	each([]string{m.Subject, m.Reference, m.Letter.Dated})
	each(m.Postal)
	each(m.Letter.Sender)
	each(m.Letter.Slip)
	for _, a := range m.Attachments {
		pass(a.Name)
	}
	for _, b := range m.Letter.Body {
		each(b.Lines)
		if b.Table == nil {
			continue
		}
		pass(b.Table.Title)
		each(b.Table.Head)
		for _, r := range b.Table.Rows {
			each(r.Cells)
			pass(r.Note)
		}
	}
}

// cannotDraw says which characters of a clean letter the typefaces do not have, or
// would set in the wrong order; empty: none.
func cannotDraw(m sdk.Message, t *typeface) string {
	var missing []rune
	drawn(m, func(text string) {
		for _, r := range text {
			if r != '\n' && !t.has(r) && !slices.Contains(missing, r) {
				missing = append(missing, r)
			}
		}
	})
	if len(missing) == 0 {
		return ""
	}
	return fmt.Sprintf("the typeface has no %s", quoted(missing))
}

func quoted(runes []rune) string {
	var out []string
	for _, r := range runes[:min(len(runes), 8)] {
		out = append(out, fmt.Sprintf("%q (U+%04X)", r, r))
	}
	if len(runes) > 8 {
		out = append(out, fmt.Sprintf("and %d others", len(runes)-8))
	}
	return strings.Join(out, ", ")
}
