package eml

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"holdfast/plugins/sdk"
)

// Lengths in bytes. RFC 5322, section 2.1.1: lines should have 78 at most and
// must not have more than 998. RFC 2047, section 2: an encoded word has 75 at
// most; ours fit behind the longest name of a field that has them.
const (
	lineWidth   = 76
	encodedRoom = lineWidth - len("Subject: ") - len("=?utf-8?q?") - len("?=")
	longestWord = 200 // of what stands in a header as it is
)

// head writes header fields.
type head struct{ *bytes.Buffer }

// plain writes a field of words that are what they are. A line is broken only
// between two of them.
func (h head) plain(name string, words ...string) {
	h.WriteString(name)
	h.WriteByte(':')
	column, first := len(name)+1, true
	for _, word := range words {
		if !first && column+1+len(word) > lineWidth {
			h.WriteString("\r\n")
			column = 0
		}
		h.WriteByte(' ')
		h.WriteString(word)
		column, first = column+1+len(word), false
	}
	h.WriteString("\r\n")
}

// text writes a field that a person reads.
func (h head) text(name, text string) {
	if text == "" {
		h.plain(name)
		return
	}
	if asItIs(text) {
		h.plain(name, strings.Split(text, " ")...)
		return
	}
	h.plain(name, encodedWords(text)...)
}

// boxes writes a field of addresses.
func (h head) boxes(name string, list []sdk.Mailbox) {
	var words []string
	for i, box := range list {
		words = append(words, boxWords(box)...)
		if i < len(list)-1 {
			words[len(words)-1] += ","
		}
	}
	h.plain(name, words...)
}

// boxWords returns a mailbox, its name between quotes or encoded.
func boxWords(box sdk.Mailbox) []string {
	switch {
	case box.Name == "":
		return []string{box.Address}
	case asItIs(box.Name):
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(box.Name) + `"`
		return append(strings.Split(quoted, " "), "<"+box.Address+">")
	}
	return append(encodedWords(box.Name), "<"+box.Address+">")
}

// asItIs reports whether a text may stand in a header unencoded: ASCII words
// with one blank between them, none so long that its line could not be broken,
// and nothing that a reader would take for an encoded word.
func asItIs(text string) bool {
	for word := range strings.SplitSeq(text, " ") {
		if word == "" || len(word) > longestWord {
			return false
		}
	}
	printable := !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
	return printable && !strings.Contains(text, "=?")
}

// encodedWords returns text as encoded words of RFC 2047, each of whole
// characters. Readers drop the blanks between them.
func encodedWords(text string) []string {
	var words []string
	var word strings.Builder
	for len(text) > 0 {
		_, n := utf8.DecodeRuneInString(text)
		q := quoted(text[:n])
		if word.Len()+len(q) > encodedRoom {
			words = append(words, "=?utf-8?q?"+word.String()+"?=")
			word.Reset()
		}
		word.WriteString(q)
		text = text[n:]
	}
	return append(words, "=?utf-8?q?"+word.String()+"?=")
}

// quoted returns a character in the Q encoding that is right in names too.
func quoted(char string) string {
	c := char[0]
	switch {
	case char == " ":
		return "_"
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("!*+-/", rune(c)):
		return char
	}
	return escape(char, '=')
}

// linkEscape escapes all but letters, digits, "-._~" and what is kept.
func linkEscape(text, keep string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~"+keep, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString(escape(text[i:i+1], '%'))
		}
	}
	return b.String()
}

// escape writes each byte as a sign and two hexadecimal digits.
func escape(text string, sign byte) string {
	var b strings.Builder
	for i := range len(text) {
		fmt.Fprintf(&b, "%c%02X", sign, text[i])
	}
	return b.String()
}
