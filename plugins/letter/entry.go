package letter

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"holdfast/plugins/sdk"
)

// entry is one letter as the posting list has it.
type entry struct {
	Key        string `json:"key"`
	Reference  string `json:"reference,omitempty"` // the customer's number
	Receiver   string `json:"receiver,omitempty"`
	Pages      int    `json:"pages,omitempty"`
	Enclosures int    `json:"enclosures,omitempty"`
	Purpose    string `json:"purpose,omitempty"`
	Registered bool   `json:"registered,omitempty"`
	PostedOn   string `json:"posted_on,omitempty"` // 2026-11-23; empty: not yet
	Number     string `json:"number,omitempty"`    // of registered mail
}

// entryOf is the entry of a letter that was drawn on some pages.
func (c *Channel) entryOf(m sdk.Message, pages int) entry {
	return entry{
		Key: m.Key, Reference: m.Reference, Receiver: m.Postal[0], Pages: pages, Enclosures: len(m.Attachments), Purpose: m.Purpose,
		Registered: slices.Contains(c.set.Registered, m.Purpose),
	}
}

// The columns of a posting list.
const (
	columnKey        = "key"
	columnRegistered = "registered"
	columnNumber     = "registered_number"
	columnPosted     = "posted_on"
)

var listColumns = []string{columnKey, "reference", "receiver", "pages", "enclosures", "purpose", columnRegistered, columnNumber, columnPosted}

// cells are the entry's cells by column.
func (e entry) cells() map[string]string {
	registered := "no"
	if e.Registered {
		registered = "yes"
	}
	return map[string]string{
		columnKey: e.Key, "reference": plainCell(e.Reference), "receiver": plainCell(e.Receiver), "pages": strconv.Itoa(e.Pages),
		"enclosures": strconv.Itoa(e.Enclosures), "purpose": e.Purpose, columnRegistered: registered, columnNumber: e.Number, columnPosted: e.PostedOn,
	}
}

// plainCell keeps a spreadsheet from taking a name for a formula.
func plainCell(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	if strings.ContainsRune("=+-@\t\r＝＋－＠", first) { // East Asian programs take the wide ones too
		return "'" + text
	}
	return text
}

// unfitMessage says why a message can never be a letter; empty: it can.
func (c *Channel) unfitMessage(m sdk.Message) string {
	switch {
	case !fitKey(m.Key):
		return "the key cannot name a file"
	case len(m.Postal) == 0:
		return "it has no postal address: a letter needs one"
	case m.Date.IsZero():
		return "it has no date"
	}
	lines := append([]string{m.Subject, m.Reference, m.Purpose, m.From.Name, m.From.Address}, m.Postal...)
	for _, to := range m.To {
		lines = append(lines, to.Name, to.Address)
	}
	for _, a := range m.Attachments {
		lines = append(lines, a.Name, a.Type)
		if c.spool != nil && a.Type != "application/pdf" {
			return "the enclosure " + strconv.Quote(a.Name) + " is no PDF, so it cannot be printed"
		}
	}
	for _, line := range lines {
		if strings.IndexFunc(line, unicode.IsControl) >= 0 {
			return "a line break or control character in " + strconv.Quote(line)
		}
	}
	return ""
}

// fitKey reports whether a key can name a file on every system.
func fitKey(key string) bool {
	if len(key) < 16 || len(key) > 100 {
		return false
	}
	return strings.IndexFunc(key, func(r rune) bool { return !plainLetter(r) && r != '-' }) < 0
}

func plainLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// fileName leaves of an enclosure's name what every file system takes; its number
// keeps alike ones apart.
func fileName(i int, name string) string {
	name = strings.Map(func(r rune) rune {
		if plainLetter(r) || strings.ContainsRune("-_.", r) {
			return r
		}
		return '_'
	}, filepath.Base(strings.ReplaceAll(name, `\`, "/")))
	if len(name) > 80 {
		name = name[len(name)-80:]
	}
	return strconv.Itoa(i+1) + "-" + name
}

// unfitQueue reports a name that a program would take for something else.
func unfitQueue(name string) bool {
	return strings.HasPrefix(name, "-") || strings.IndexFunc(name, unicode.IsControl) >= 0
}
