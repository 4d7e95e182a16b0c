package letter

import (
	"slices"

	"holdfast/plugins/sdk"
)

// Measures of tables.
const (
	tableSize  = 9.0
	tableStep  = 4.5
	cellPad    = 1.4  // left and right of a cell
	narrowest  = 16.0 // that a column gets where there is too little room
	keptRows   = 15   // a table without a head that is no longer stays on one page
	noteIndent = 4.0
)

// table sets rows in columns. Its head comes again on every page; sums, which
// have none, stay together.
func (c *composer) table(t *sdk.Table) []strip {
	widths := c.columns(t)
	var head []strip
	for _, line := range c.faces.bold.wrap(t.Title, bodySize, c.width) {
		if line != "" {
			head = append(head, strip{height: subjectStep, texts: []piece{{width: c.width, text: line, size: bodySize, bold: true}}, keep: true})
		}
	}
	if len(t.Head) > 0 {
		head = append(head, c.row(sdk.Row{Cells: t.Head, Strong: true}, t.Right, widths)...)
		for i := range head {
			head[i].keep = true
			if head[i].texts[0].size == tableSize {
				head[i].fill = shaded
			}
		}
	}
	out := slices.Clone(head)
	for i, r := range t.Rows {
		out = append(out, c.tableRow(t, r, i, widths, head)...)
	}
	if len(t.Head) == 0 && len(t.Rows) <= keptRows {
		return kept(out)
	}
	return out
}

// tableRow is a row with what distinguishes it: every second one is shaded, a
// strong one stands under a line.
func (c *composer) tableRow(t *sdk.Table, r sdk.Row, i int, widths []float64, head []strip) []strip {
	lines := kept(c.row(r, t.Right, widths))
	if len(lines) == 0 {
		return nil
	}
	lines[0].head = head
	for j := range lines {
		if len(t.Head) > 0 && i%2 == 1 {
			lines[j].fill = zebra
		}
	}
	if r.Strong {
		lines[0].ruled = true
	}
	return lines
}

// row wraps the cells of a row and sets its note below.
func (c *composer) row(r sdk.Row, right int, widths []float64) []strip {
	f := c.faces.regular
	if r.Strong {
		f = c.faces.bold
	}
	var out []strip
	left := 0.0
	for i, w := range widths {
		for j, text := range f.wrap(cell(r.Cells, i), tableSize, w-2*cellPad) {
			if j == len(out) {
				out = append(out, strip{height: tableStep})
			}
			out[j].texts = append(out[j].texts, piece{left: left + cellPad, width: w - 2*cellPad, text: text, size: tableSize, bold: r.Strong, right: i >= right})
		}
		left += w
	}
	if r.Note == "" {
		return out
	}
	width := c.width - noteIndent - cellPad
	for _, text := range c.faces.regular.wrap(r.Note, tableSize-1, width) {
		out = append(out, strip{height: tableStep - 0.5, texts: []piece{{left: noteIndent, width: width, text: text, size: tableSize - 1, color: grey}}})
	}
	return out
}

func cell(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

// columns are the widths of a table's columns: what each needs and an even share
// of what is left, or, where there is too little, as even as the widest allow.
func (c *composer) columns(t *sdk.Table) []float64 {
	var widths []float64
	need := func(cells []string, f *face) {
		for i, text := range cells {
			if i == len(widths) {
				widths = append(widths, 2*cellPad)
			}
			widths[i] = max(widths[i], f.width(text, tableSize)+2*cellPad+0.6)
		}
	}
	need(t.Head, c.faces.bold)
	for _, r := range t.Rows {
		f := c.faces.regular
		if r.Strong {
			f = c.faces.bold
		}
		need(r.Cells, f)
	}
	return fit(widths, c.width)
}

// fit makes widths add up to a whole.
func fit(widths []float64, whole float64) []float64 {
	for range widths {
		over := sum(widths) - whole
		if over <= 0 {
			break
		}
		i := slices.Index(widths, slices.Max(widths))
		widths[i] = max(widths[i]-over, min(narrowest, widths[i]))
		if widths[i] < whole/float64(len(widths)) {
			widths[i] = max(widths[i], whole/float64(len(widths)))
		}
	}
	rest := (whole - sum(widths)) / float64(max(len(widths), 1))
	scale := min(1, whole/max(sum(widths), 1))
	for i := range widths {
		widths[i] = widths[i]*scale + max(rest, 0)
	}
	return widths
}

func sum(widths []float64) float64 {
	total := 0.0
	for _, w := range widths {
		total += w
	}
	return total
}
