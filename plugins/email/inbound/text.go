package inbound

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNodes bounds how much of an HTML page is walked.
const maxNodes = 200_000

// textOf turns HTML into text for reading. What mail programs mark as the quoted
// mail becomes lines with ">" before them.
func textOf(page string) string {
	w := pageWriter{}
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(1 << 20)
	for range maxNodes {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		w.token(kind, z.Token())
	}
	w.newline()
	return strings.TrimSpace(w.b.String())
}

// pageWriter writes text as it meets it. It keeps no tree, so that no page is
// too deep.
type pageWriter struct {
	b       strings.Builder
	line    strings.Builder
	skip    int        // depth in what is not shown
	quote   []quoteTag // open elements since the quote began; empty: none
	rest    bool       // all that follows is the quoted mail
	blank   int        // empty lines just written
	special bool       // in pre
}

// quoteTag is an element that was opened in a quote.
type quoteTag struct{ tag string }

func (w *pageWriter) token(kind html.TokenType, t html.Token) {
	switch kind {
	case html.TextToken:
		w.text(t.Data)
	case html.StartTagToken, html.SelfClosingTagToken:
		w.open(t, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		w.close(t)
	}
}

func (w *pageWriter) text(data string) {
	if w.skip > 0 {
		return
	}
	if w.special {
		for i, part := range strings.Split(data, "\n") {
			if i > 0 {
				w.newline()
			}
			w.line.WriteString(part)
		}
		return
	}
	data = strings.ReplaceAll(data, "\u00a0", " ")
	words := strings.Join(strings.Fields(data), " ")
	if words == "" {
		words = " "
	} else {
		words = edge(data[0]) + words + edge(data[len(data)-1])
	}
	w.line.WriteString(words)
}

// edge keeps the space at the end of a piece of text.
func edge(b byte) string {
	if b == ' ' || b == '\n' || b == '\t' || b == '\r' {
		return " "
	}
	return ""
}

func (w *pageWriter) open(t html.Token, selfClosing bool) {
	if hidden(t.DataAtom) {
		if !selfClosing {
			w.skip++
		}
		return
	}
	switch {
	case t.DataAtom == atom.Br && strings.TrimSpace(w.line.String()) == "":
		w.blankLine()
	case breaks(t.DataAtom):
		w.newline()
	}
	w.special = w.special || t.DataAtom == atom.Pre
	switch {
	case restBegins(t):
		w.newline()
		w.rest = true
	case len(w.quote) > 0 && !selfClosing && t.Data == w.quote[0].tag, len(w.quote) == 0 && !selfClosing && quoteBegins(t):
		w.newline()
		w.quote = append(w.quote, quoteTag{t.Data})
	}
	if t.DataAtom == atom.Li {
		w.line.WriteString("- ")
	}
}

func (w *pageWriter) close(t html.Token) {
	if hidden(t.DataAtom) {
		w.skip = max(0, w.skip-1)
		return
	}
	if breaks(t.DataAtom) {
		w.newline()
	}
	if t.DataAtom == atom.P {
		w.blankLine()
	}
	if t.DataAtom == atom.Pre {
		w.special = false
	}
	if n := len(w.quote); n > 0 && t.Data == w.quote[0].tag {
		w.newline()
		w.quote = w.quote[:n-1]
	}
	if t.DataAtom == atom.Td || t.DataAtom == atom.Th {
		w.line.WriteString(" ")
	}
}

// newline ends the line, if there is something on it or the last was not empty.
func (w *pageWriter) newline() {
	line := strings.TrimSpace(strings.Join(strings.Fields(w.line.String()), " "))
	w.line.Reset()
	if line == "" {
		return
	}
	w.write(line)
	w.blank = 0
}

func (w *pageWriter) blankLine() {
	if w.blank == 0 && w.b.Len() > 0 {
		w.write("")
		w.blank = 1
	}
}

func (w *pageWriter) write(line string) {
	w.rest = w.rest || len(w.quote) > 0 && original.MatchString(line) // a mail passed on is quoted to its end
	if w.rest || len(w.quote) > 0 {
		line = strings.TrimRight("> "+line, " ")
	}
	w.b.WriteString(line + "\n")
}

func hidden(a atom.Atom) bool {
	switch a {
	case atom.Head, atom.Style, atom.Script, atom.Title, atom.Noscript, atom.Template:
		return true
	}
	return false
}

func breaks(a atom.Atom) bool {
	switch a {
	case atom.Br, atom.P, atom.Div, atom.Tr, atom.Table, atom.Li, atom.Ul, atom.Ol, atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4, atom.Pre, atom.Blockquote,
		atom.Body, atom.Section, atom.Article:
		return true
	}
	return false
}

// quoteBegins reports the elements in which mail programs put the quoted mail.
func quoteBegins(t html.Token) bool {
	if t.DataAtom == atom.Blockquote {
		return true
	}
	class := " " + strings.ToLower(attr(t, "class")) + " "
	return says(class, []string{" gmail_attr", " yahoo_quoted", " protonmail_quote", " moz-cite-prefix", " zmail_extra", " mailbird", " front-blockquote"})
}

// restBegins reports where Outlook's quoted mail begins; it goes to the end.
func restBegins(t html.Token) bool {
	switch id := strings.ToLower(attr(t, "id")); id {
	case "appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container", "olk_src_body_section", "reply-intro", "x_divrplyfwdmsg":
		return true
	}
	return false
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
