package message

import (
	"slices"
	"strings"
)

// The markers, each on a line of its own in a template.
const (
	markDocuments     = "documents"
	markStepDocuments = "step-documents" // only those at the message's own step
	markTotals        = "totals"
	markPay           = "pay"
	markFooter        = "footer"
)

var markers = []string{markDocuments, markStepDocuments, markTotals, markPay, markFooter}

// marker returns the name in [[name]], "" where line is something else.
func marker(line string) string {
	name, ok := cutName(strings.TrimSpace(line), "[[", "]]")
	if !ok {
		return ""
	}
	return name
}

// block is one paragraph or the part that a marker stands for.
type block struct {
	Kind  string // "" for a paragraph, else a marker
	Lines []string
	Parts parts
}

// blocksOf splits a filled body into paragraphs and parts. Parts with nothing
// in them are left out.
func blocksOf(body string, p parts) []block {
	var out []block
	open := false
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, " \t\r\n")
		name := marker(line)
		switch {
		case slices.Contains(markers, name):
			if !p.empty(name) {
				out = append(out, block{Kind: name, Parts: p})
			}
			open = false
		case line == "":
			open = false
		case open:
			out[len(out)-1].Lines = append(out[len(out)-1].Lines, line)
		default:
			out = append(out, block{Lines: []string{line}})
			open = true
		}
	}
	return out
}

// groups are the tables that the block shows.
func (b block) groups() []group {
	if b.Kind == markStepDocuments {
		return b.Parts.Step
	}
	return b.Parts.Groups
}

// empty reports whether a part has nothing to show.
func (p parts) empty(name string) bool {
	switch name {
	case markDocuments:
		return len(p.Groups) == 0
	case markStepDocuments:
		return len(p.Step) == 0
	case markTotals:
		return len(p.Totals) == 0
	case markPay:
		return len(p.Links) == 0 && len(p.Pay) == 0
	}
	return len(p.Footer) == 0
}
