package worklist

import (
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/workbook"
)

// SheetToday is the sheet that is filled in.
const SheetToday = "Today"

// The other sheets of a workbook.
const (
	sheetDocuments = "Documents"
	sheetHowTo     = "How to"
	sheetScripts   = "Scripts"
)

// headRow is the row of the sheet of the day that holds the heads.
const headRow = 4

// Write writes a list as a workbook. Equal lists give equal bytes.
func (l *List) Write(w io.Writer) error {
	book, err := workbook.New(workbook.Props{Title: "Worklist of " + l.Collector, Author: l.Name, Day: l.Day})
	if err != nil {
		return err
	}
	defer book.Close()
	for _, write := range []func(*workbook.Book) error{l.today, l.documents, l.howTo, l.scripts} {
		if err := write(book); err != nil {
			return fmt.Errorf("worklist of %s: %w", l.Collector, err)
		}
	}
	_, err = book.WriteTo(w)
	return err
}

// layout is what the sheets share.
func (l *List) layout(columns []column) workbook.Layout {
	widths := make([]float64, len(columns))
	for i, c := range columns {
		widths[i] = c.width
	}
	return workbook.Layout{
		Widths: widths, Landscape: true, Letter: l.Letter, Top: true, Footer: fmt.Sprintf("%s, worklist of %s, %s", l.Name, l.Collector, l.Day),
	}
}

// today writes the rows and the columns to fill in.
func (l *List) today(book *workbook.Book) error {
	columns := columns(l)
	layout := l.layout(columns)
	layout.Frozen, layout.FrozenCol, layout.Repeat, layout.RepeatCol, layout.PagesWide = headRow, 3, headRow, 3, 2
	layout.Hidden, layout.Ruled = []int{1}, true
	sheet, err := book.Sheet(SheetToday, layout)
	if err != nil {
		return err
	}
	about := fmt.Sprintf("%s: %s, the most urgent first.", l.Name, tasksText(len(l.Rows)))
	day := l.Day.Time(time.UTC).Format("Monday 2006-01-02")
	if err := sheet.HighRow(20, workbook.Cell{}, workbook.Cell{Value: "Worklist of " + l.Collector, Look: workbook.Section}, workbook.Cell{},
		workbook.Cell{Value: about, Look: workbook.Label}); err != nil {
		return err
	}
	if err := sheet.Row(workbook.Cell{}, workbook.Cell{Value: day, Look: workbook.Label}, workbook.Cell{},
		workbook.Cell{Value: "Fill in the yellow columns, save, and put the file where it is picked up. The sheet \"" + sheetHowTo + "\" says more.",
			Look: workbook.Label}); err != nil {
		return err
	}
	sheet.Skip(1)
	if err := sheet.HighRow(30, heads(columns)...); err != nil {
		return err
	}
	for i := range l.Rows {
		cells, height := l.cells(columns, &l.Rows[i])
		if err := sheet.HighRow(height, cells...); err != nil {
			return err
		}
	}
	return l.rules(sheet, columns)
}

func tasksText(n int) string {
	if n == 1 {
		return "1 task"
	}
	return fmt.Sprintf("%d tasks", n)
}

func heads(columns []column) []workbook.Cell {
	cells := make([]workbook.Cell, len(columns))
	for i, c := range columns {
		cells[i] = workbook.Cell{Value: c.head, Look: c.look}
	}
	return cells
}

// cells makes one row, and its height.
func (l *List) cells(columns []column, r *Row) ([]workbook.Cell, float64) {
	cells := make([]workbook.Cell, len(columns))
	lines := 2
	for i, c := range columns {
		cells[i] = c.cell(l, r)
		if text, ok := cells[i].Value.(string); ok && cells[i].Look == workbook.Wrapped {
			lines = max(lines, linesOf(text, c.width))
		}
	}
	return cells, heightOf(lines)
}

// heightOf is the height of a row in points.
func heightOf(lines int) float64 { return min(400, 13.5*float64(lines)+4) }

// linesOf returns how many lines a text takes in a column, a word at a time.
func linesOf(text string, width float64) int {
	lines, used := 1, 0
	room := max(1, int(width*1.25)-2) // a letter is narrower than the figures that widths are counted in
	word := func(n int) {
		if used > 0 && used+1+n > room {
			lines, used = lines+1, 0
		}
		if n > room {
			lines += (n - 1) / room
		}
		used += n + 1
	}
	for line := range splitLines(text) {
		for w := range splitWords(line) {
			word(utf8.RuneCountInString(w))
		}
		lines, used = lines+1, 0
	}
	return lines - 1
}

// rules puts drop-downs and limits on what a person fills in.
func (l *List) rules(sheet *workbook.Sheet, columns []column) error {
	last := headRow + len(l.Rows)
	if len(l.Rows) == 0 {
		return sheet.Protect()
	}
	at := map[string]int{}
	for i, c := range columns {
		at[c.head] = i + 1
	}
	down := func(head string) []string { return []string{workbook.Range(at[head], headRow+1, last)} }
	soon, far := l.Day, l.Day+366
	day := fmt.Sprintf("A day from %s to %s, such as %s.", soon, far, soon+7)
	steps := []error{
		l.outcomes(sheet, at[headOutcome]),
		sheet.TakeDays(down(headPromised), soon, far, workbook.Hint{Title: "Promise day", Text: "The day on which the money will come in.", Wrong: day}),
		sheet.TakeDays(down(headCallBack), soon, far, workbook.Hint{Title: "Call back on", Text: "The day on which they want to hear from us.", Wrong: day}),
		sheet.TakeAmounts(down(headAmount), workbook.Hint{Title: "Promise amount", Text: "Empty: all that is open.", Wrong: "An amount above nought."}),
		sheet.TakeAmounts(down(headDisputed), workbook.Hint{Title: "Disputed amount", Text: "How much of one document; empty: all of it.", Wrong: "An amount above nought."}),
		sheet.Choose(down(headDispute), intake.DisputeCodes, workbook.Hint{Title: "Dispute code", Text: "Why it is contested.", Wrong: "Choose from the list."}),
		l.chooseCurrency(sheet, down(headCurrency)),
		sheet.Filter(workbook.Ref(1, headRow) + ":" + workbook.Ref(len(columns), last)),
		sheet.Protect(),
	}
	for _, err := range steps {
		if err != nil {
			return err
		}
	}
	return nil
}

// outcomes offers each row the codes of its own task, one rule for all rows
// that have the same.
func (l *List) outcomes(sheet *workbook.Sheet, column int) error {
	var order []string
	cells, codes := map[string][]string{}, map[string][]string{}
	for i := range l.Rows {
		r := &l.Rows[i]
		key := fmt.Sprintf("%q", r.Outcomes)
		if cells[key] == nil {
			order, codes[key] = append(order, key), r.Outcomes
		}
		cells[key] = append(cells[key], workbook.Ref(column, headRow+1+i))
	}
	for _, key := range order {
		hint := workbook.Hint{Title: "Outcome", Text: "How it ended. It closes the task.", Wrong: "Choose from the list."}
		if err := sheet.Choose(cells[key], codes[key], hint); err != nil {
			return err
		}
	}
	return nil
}

// chooseCurrency offers the currencies that are on the list.
func (l *List) chooseCurrency(sheet *workbook.Sheet, cells []string) error {
	var sum ar.Balance
	for i := range l.Rows {
		for _, d := range l.Rows[i].All {
			sum = sum.Add(0, d.Open.Currency)
		}
	}
	sum = sum.Add(0, l.Base)
	var codes []string
	for _, m := range sum {
		codes = append(codes, string(m.Currency))
	}
	return sheet.Choose(cells, codes, workbook.Hint{Title: "Currency", Text: "Of both amounts.", Wrong: "Choose from the list."})
}
