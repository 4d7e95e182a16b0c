package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"holdfast/engine/ar"
)

// WriteText writes the table for a terminal: aligned columns, amounts to the
// right, totals under a rule, notes below. Of a table whose rows are alarms it
// says where there is none.
func (t Table) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n\n", t.Title)
	if t.Alarm && len(t.Rows) == 0 {
		fmt.Fprintln(out, "None.")
	} else {
		t.writeGrid(out)
	}
	for i, note := range t.Notes {
		if i == 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, note)
	}
	return out.Flush()
}

// writeGrid writes head, rows and totals.
func (t Table) writeGrid(out io.Writer) {
	cols := t.shown()
	lines := make([][]string, 0, len(t.Rows)+len(t.Totals)+1)
	head := make([]string, len(cols))
	for i, c := range cols {
		head[i] = t.Columns[c].Title
	}
	lines = append(lines, head)
	for _, rows := range [][][]any{t.Rows, t.Totals} {
		for _, row := range rows {
			lines = append(lines, t.words(row, cols))
		}
	}
	widths := columnWidths(lines)
	for i, line := range lines {
		if i == 1 || i == 1+len(t.Rows) && len(t.Totals) > 0 {
			fmt.Fprintln(out, ruleOf(widths))
		}
		t.writeLine(out, line, cols, widths)
	}
}

// words writes the shown cells of a row for a person.
func (t Table) words(row []any, cols []int) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		switch v := row[c].(type) {
		case nil:
		case int64:
			amount := ar.Money{Minor: v, Currency: t.currency(row, c)}.String()
			out[i], _, _ = strings.Cut(amount, " ")
		default:
			out[i] = strings.Map(oneLine, fmt.Sprint(v))
		}
	}
	return out
}

// oneLine keeps a cell on its line and a terminal in its state.
func oneLine(r rune) rune {
	if r < ' ' || r >= 0x7f && r < 0xa0 {
		return ' '
	}
	return r
}

func (t Table) writeLine(out io.Writer, line []string, cols []int, widths []int) {
	var b strings.Builder
	for i, cell := range line {
		pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		kind := t.Columns[cols[i]].Kind
		if kind == Money || kind == Int {
			b.WriteString(pad + cell)
		} else {
			b.WriteString(cell + pad)
		}
		b.WriteString("  ")
	}
	fmt.Fprintln(out, strings.TrimRight(b.String(), " "))
}

func columnWidths(lines [][]string) []int {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

func ruleOf(widths []int) string {
	parts := make([]string, len(widths))
	for i, w := range widths {
		parts[i] = strings.Repeat("-", w)
	}
	return strings.Join(parts, "  ")
}
