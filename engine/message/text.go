package message

import (
	"strings"
	"unicode/utf8"
)

// asText writes the blocks for a reader without HTML: aligned tables, one
// paragraph per line group.
func asText(blocks []block, w Words) string {
	var out strings.Builder
	for i, b := range blocks {
		if i > 0 {
			out.WriteString("\n")
		}
		for _, line := range textLines(b, w) {
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}

func textLines(b block, w Words) []string {
	switch b.Kind {
	case markDocuments, markStepDocuments:
		return documentLines(b.groups(), w)
	case markTotals:
		return totalLines(b.Parts.Totals)
	case markPay:
		return payLines(b.Parts, w)
	case markFooter:
		return append(append([]string{"--"}, answerLines(b.Parts, w)...), b.Parts.Footer...)
	}
	return b.Lines
}

// documentLines writes a table per group, a document's note under it.
func documentLines(groups []group, w Words) []string {
	var out []string
	for i, g := range groups {
		if i > 0 {
			out = append(out, "")
		}
		if g.Title != "" {
			out = append(out, g.Title)
		}
		table := [][]string{{w["head_document"], w["head_issued"], w["head_due"], w["head_late"], g.Head}}
		notes := []string{""}
		for _, r := range g.Rows {
			table = append(table, []string{r.Number, r.Issued, r.Due, r.Late, r.Open})
			notes = append(notes, r.Note)
		}
		for j, line := range align(table, 3) {
			out = append(out, line)
			if notes[j] != "" {
				out = append(out, "  "+notes[j])
			}
		}
	}
	return out
}

func totalLines(totals []total) []string {
	var table [][]string
	for _, t := range totals {
		table = append(table, []string{t.Label, t.Amount})
	}
	var out []string
	for i, line := range align(table, 1) {
		if totals[i].Apart {
			out = append(out, "")
		}
		out = append(out, line)
	}
	return out
}

// answerLines lists the links by which the customer answers.
func answerLines(p parts, w Words) []string {
	var out []string
	for _, l := range p.Answer {
		out = append(out, l.Label+w["colon"]+" "+l.URL)
	}
	if len(out) > 0 {
		out = append(out, "")
	}
	return out
}

func payLines(p parts, w Words) []string {
	var out []string
	for _, l := range p.Links {
		out = append(out, l.Label+w["colon"], l.URL)
	}
	return append(out, p.Pay...)
}

// align pads columns to equal width; from column right on they stand to the
// right.
func align(table [][]string, right int) []string {
	var widths []int
	for _, cells := range table {
		for i, cell := range cells {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var out []string
	for _, cells := range table {
		var line strings.Builder
		for i, cell := range cells {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i > 0 {
				line.WriteString("  ")
			}
			if i >= right {
				line.WriteString(pad + cell)
			} else {
				line.WriteString(cell + pad)
			}
		}
		out = append(out, strings.TrimRight(line.String(), " "))
	}
	return out
}

// joinNotes sets short texts beside each other.
func joinNotes(texts []string) string { return strings.Join(texts, " · ") }
