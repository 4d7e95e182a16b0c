package cli

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// Column is one column of a table for a person.
type Column struct {
	Title string
	Right bool // figures stand right
}

// Table writes aligned text, without a head where no column has a title. With
// --json a list is written by WriteJSON instead.
func (a *App) Table(columns []Column, rows [][]string) error {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = utf8.RuneCountInString(c.Title)
		for _, row := range rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = strings.ToUpper(c.Title)
	}
	if strings.Join(titles, "") != "" {
		rows = append([][]string{titles}, rows...)
	}
	for _, row := range rows {
		if _, err := fmt.Fprintln(a.Out, tableLine(columns, widths, row)); err != nil {
			return err
		}
	}
	return nil
}

// tableLine writes one line of a table, without blanks at its end.
func tableLine(columns []Column, widths []int, row []string) string {
	var b strings.Builder
	for i, cell := range row {
		if i > 0 {
			b.WriteString("  ")
		}
		pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		cell = strings.Map(oneCell, cell)
		if columns[i].Right {
			b.WriteString(pad + cell)
		} else {
			b.WriteString(cell + pad)
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// oneCell keeps a text from the ERP on its line and a terminal in its state.
func oneCell(r rune) rune {
	if r < ' ' || r >= 0x7f && r < 0xa0 {
		return ' '
	}
	return r
}

// WriteJSON writes v for programs. A nil list is written as an empty one.
func (a *App) WriteJSON(v any) error {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Slice && r.IsNil() {
		v = []any{}
	}
	enc := json.NewEncoder(a.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// Say writes a line for a person.
func (a *App) Say(format string, args ...any) {
	fmt.Fprintf(a.Out, format+"\n", args...)
}
