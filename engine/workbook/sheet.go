package workbook

import (
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Layout is how a sheet looks on screen and on paper. It must be known before
// the first row.
type Layout struct {
	Widths    []float64 // of the columns, in characters
	Frozen    int       // the first rows that stay in view; 0: none
	FrozenCol int       // the first columns that stay in view
	Repeat    int       // this row, counted from 1, heads every printed page; 0: none
	Landscape bool
	Letter    bool   // US Letter; A4 otherwise
	Footer    string // at the left of each page's foot; the page number stands right
	Top       bool   // text stands at the top of high rows; in their middle otherwise
	Ruled     bool   // a fine line stands below each row
	Hidden    []int  // columns that nobody sees, counted from 1
	PagesWide int    // how many pages lie side by side on paper; 0: one
	RepeatCol int    // the first columns that stand on every printed page
}

// Cell is one cell. Value is nil, string, int, ar.Day or ar.Money; a string is
// always text, whatever it begins with. With a Formula, Value is the value that
// shows until the program that opens the file recalculates.
type Cell struct {
	Value   any
	Formula string
	Look    Look
}

// Sheet is one sheet, written from the top down.
type Sheet struct {
	Name   string
	book   *Book
	stream *excelize.StreamWriter
	row    int
	cells  []any
	top    bool
	ruled  bool
}

// open sets the sheet up; the stream writes most of it with the first row.
func (s *Sheet) open(l Layout) error {
	f := s.book.file
	show, fit, height := false, true, 15.0
	view := excelize.ViewOptions{ShowGridLines: &show}
	if err := f.SetSheetView(s.Name, 0, &view); err != nil {
		return err
	}
	if err := f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit, DefaultRowHeight: &height, CustomHeight: &fit}); err != nil {
		return err
	}
	if err := s.paper(l); err != nil {
		return err
	}
	stream, err := f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	s.stream = stream
	for i, w := range l.Widths {
		if err := stream.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	for _, col := range l.Hidden {
		if err := stream.SetColVisible(col, col, false); err != nil {
			return err
		}
	}
	if l.Frozen == 0 && l.FrozenCol == 0 {
		return nil
	}
	return stream.SetPanes(panes(l))
}

// panes freezes the layout's rows and columns.
func panes(l Layout) *excelize.Panes {
	corner, _ := excelize.CoordinatesToCellName(l.FrozenCol+1, l.Frozen+1)
	pane := "bottomLeft"
	switch {
	case l.Frozen > 0 && l.FrozenCol > 0:
		pane = "bottomRight"
	case l.FrozenCol > 0:
		pane = "topRight"
	}
	return &excelize.Panes{Freeze: true, XSplit: l.FrozenCol, YSplit: l.Frozen, TopLeftCell: corner, ActivePane: pane}
}

// paper fits the sheet to the page's width and heads and foots every page.
func (s *Sheet) paper(l Layout) error {
	f := s.book.file
	size, height, width, orientation := 9, 0, 1, "portrait"
	width = max(width, l.PagesWide)
	if l.Letter {
		size = 1
	}
	if l.Landscape {
		orientation = "landscape"
	}
	page := excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToHeight: &height, FitToWidth: &width}
	if err := f.SetPageLayout(s.Name, &page); err != nil {
		return err
	}
	side, edge, foot := 0.5, 0.6, 0.3
	margins := excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge, Footer: &foot, Header: &foot}
	if err := f.SetPageMargins(s.Name, &margins); err != nil {
		return err
	}
	text := "&L&8" + footText(l.Footer) + "&R&8Page &P of &N"
	if err := f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: text}); err != nil {
		return err
	}
	titles := s.titles(l)
	if titles == "" {
		return nil
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.Name, RefersTo: titles})
}

// titles names what stands on every printed page: columns, a row, or both.
func (s *Sheet) titles(l Layout) string {
	var parts []string
	if l.RepeatCol > 0 {
		last, _ := excelize.ColumnNumberToName(l.RepeatCol)
		parts = append(parts, fmt.Sprintf("%s!$A:$%s", Quote(s.Name), last))
	}
	if l.Repeat > 0 {
		parts = append(parts, fmt.Sprintf("%s!$%d:$%d", Quote(s.Name), l.Repeat, l.Repeat))
	}
	return strings.Join(parts, ",")
}

// footText keeps a text from being read as footer codes or as a font size, and
// within what Excel takes.
func footText(text string) string {
	runes := []rune(strings.ReplaceAll(Clean(text), "\n", " "))
	if len(runes) > 120 {
		runes = runes[:120]
	}
	return " " + strings.ReplaceAll(string(runes), "&", "&&")
}

// Next returns the number of the row that Row writes next, counted from 1.
func (s *Sheet) Next() int { return s.row + 1 }

// Row writes one row from column A. Cells beyond the last stay empty, as does
// a zero Cell.
func (s *Sheet) Row(cells ...Cell) error { return s.write(0, cells) }

// HighRow writes one row of a height in points.
func (s *Sheet) HighRow(height float64, cells ...Cell) error { return s.write(height, cells) }

// Skip leaves n rows empty.
func (s *Sheet) Skip(n int) { s.row += n }

// Merge joins the cells of one written row from column first to last, counted
// from 1.
func (s *Sheet) Merge(row, first, last int) error {
	return s.stream.MergeCell(Ref(first, row), Ref(last, row))
}

func (s *Sheet) write(height float64, cells []Cell) error {
	s.row++
	if len(cells) == 0 {
		return nil
	}
	if s.row > excelize.TotalRows {
		return fault.New(fault.Unsupported, "sheet %q is full: Excel takes %d rows", s.Name, excelize.TotalRows).
			WithCure("split the company, or use CSV")
	}
	s.cells = s.cells[:0]
	for _, c := range cells {
		out, err := s.book.cell(c, s)
		if err != nil {
			return fmt.Errorf("sheet %q row %d: %w", s.Name, s.row, err)
		}
		s.cells = append(s.cells, out)
	}
	var opts []excelize.RowOpts
	if height > 0 {
		opts = append(opts, excelize.RowOpts{Height: height})
	}
	if err := s.stream.SetRow(Ref(1, s.row), s.cells, opts...); err != nil {
		return fmt.Errorf("sheet %q row %d: %w", s.Name, s.row, err)
	}
	return nil
}

// cell turns a Cell into what the stream writes, nil for an empty one. The
// sheet says how rows are dressed.
func (b *Book) cell(c Cell, s *Sheet) (any, error) {
	if c == (Cell{}) {
		return nil, nil
	}
	digits := 0
	out := excelize.Cell{Formula: c.Formula}
	switch v := c.Value.(type) {
	case nil:
	case string:
		out.Value = Clean(v)
	case int:
		out.Value = v
	case ar.Day:
		out.Value = serial(v)
	case ar.Money:
		out.Value, digits = Number(v)
	default:
		return nil, fmt.Errorf("a cell cannot hold a %T", v)
	}
	id, err := b.style(style{look: c.Look, digits: digits, top: s.top, ruled: s.ruled})
	out.StyleID = id
	return out, err
}

// serial is a day as Excel counts it; text for a day before Excel's first, and
// empty for no day.
func serial(d ar.Day) any {
	if d == 0 {
		return ""
	}
	n := int(d - ar.NewDay(1899, 12, 30))
	if n < 61 { // Excel believes in a 29 February 1900
		n--
	}
	if n < 1 {
		return d.String()
	}
	return n
}

// Number returns money as the nearest number that a cell can hold, and its
// decimals. Sheets compute in binary floating point; the exact figure is ours.
func Number(m ar.Money) (float64, int) {
	digits, err := m.Currency.Digits()
	if err != nil {
		digits = 2
	}
	return float64(m.Minor) / math.Pow10(digits), digits
}

// Ref names a cell by column and row, both counted from 1: Ref(2, 7) is B7.
func Ref(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // only for a column or row below 1 or beyond the sheet
	}
	return name
}

// Range names the cells of one column from row first to last: H3:H9.
func Range(col, first, last int) string { return Ref(col, first) + ":" + Ref(col, last) }

// Quote writes a sheet's name as formulas want it.
func Quote(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }
