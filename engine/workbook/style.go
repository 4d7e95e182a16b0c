package workbook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Look is how a cell is dressed.
type Look int

// The looks. Money takes its decimals from the currency of the cell's value
// and shows 0 as a dash; a total shows it as it is.
const (
	Text Look = iota
	Title
	Section
	Label
	Head
	HeadRight
	Day
	Int
	Money
	TotalText
	TotalMoney
	StrongMoney
	Small
	SmallRight
	DayLeft
	StrongText
	HeadCentre
	TotalDay
	Indented     // text beside a column of figures
	HeadIndented // its head
	Wrapped      // text of several lines
	Field        // text that a person fills in
	FieldDay     // a day that a person fills in
	FieldAmount  // an amount that a person fills in, in whichever currency
	FieldHead    // the head of such a column
	Centre       // text in the middle of its column
	Fixed        // text whose columns are made by blanks
)

// style is a look with its decimals, its place in a high row and its line below.
type style struct {
	look   Look
	digits int
	top    bool
	ruled  bool
}

// The colours: ink for text, grey for what stands back, a pale band for heads.
const (
	ink  = "1F2933"
	grey = "616E7C"
	band = "E4E9EE"
	rule = "9AA5B1"

	cream    = "FFFBEA" // where a person fills in
	amber    = "F7E2A0" // the heads of that
	hairline = "D9DEE4"
)

// style returns the workbook's number of a style, making it at first use.
func (b *Book) style(s style) (int, error) {
	if id, ok := b.styles[s]; ok {
		return id, nil
	}
	id, err := b.file.NewStyle(dress(s))
	if err != nil {
		return 0, fmt.Errorf("style %d: %w", s.look, err)
	}
	b.styles[s] = id
	return id, nil
}

// dress draws one style.
func dress(s style) *excelize.Style {
	out := &excelize.Style{
		Font:      &excelize.Font{Family: "Calibri", Size: 10, Color: ink},
		Alignment: &excelize.Alignment{Vertical: "center"},
	}
	switch s.look {
	case Title:
		out.Font.Size, out.Font.Bold = 16, true
	case Section:
		out.Font.Size, out.Font.Bold = 12, true
	case Label, Small, SmallRight:
		out.Font.Color, out.Font.Size = grey, 9
	case Head, HeadRight, HeadCentre, HeadIndented:
		out.Font.Bold, out.Alignment.WrapText = true, true
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{band}}
		out.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: rule}}
	case TotalText, TotalMoney, TotalDay:
		out.Font.Bold = true
		out.Border = []excelize.Border{{Type: "top", Style: 1, Color: rule}}
	case StrongMoney, StrongText:
		out.Font.Bold = true
	case Wrapped:
		out.Alignment.WrapText = true
	case Fixed:
		out.Font.Family, out.Font.Size = "Courier New", 9
	}
	if s.top && s.look != Title {
		out.Alignment.Vertical = "top"
	}
	if s.ruled && s.look != Title && s.look != Section && s.look != Label && out.Border == nil {
		out.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: hairline}}
	}
	field(out, s.look)
	number(out, s)
	return out
}

// field dresses what a person fills in, and lets a protected sheet take it.
func field(out *excelize.Style, look Look) {
	switch look {
	case FieldHead:
		out.Font.Bold, out.Alignment.WrapText = true, true
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{amber}}
		out.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: rule}}
	case Field, FieldDay, FieldAmount:
		out.Alignment.WrapText = look == Field
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{cream}}
		out.Border = nil
		for _, side := range []string{"left", "right", "top", "bottom"} {
			out.Border = append(out.Border, excelize.Border{Type: side, Style: 1, Color: hairline})
		}
		out.Protection = &excelize.Protection{Locked: false}
	}
}

// number gives a style its number format and side.
func number(out *excelize.Style, s style) {
	switch s.look {
	case Day, DayLeft, TotalDay, FieldDay:
		format := "yyyy-mm-dd"
		out.CustomNumFmt = &format
		out.Alignment.Horizontal = "center"
		if s.look == DayLeft {
			out.Alignment.Horizontal = "left"
		}
	case Int:
		out.NumFmt = 1
		out.Alignment.Horizontal = "right"
	case Money, TotalMoney, StrongMoney:
		format := "#,##0"
		if s.digits > 0 {
			format += "." + strings.Repeat("0", s.digits)
		}
		if s.look == Money {
			format += ";-" + format + `;"–"`
		}
		out.CustomNumFmt = &format
		out.Alignment.Horizontal = "right"
	case FieldAmount:
		format := "#,##0.00##"
		out.CustomNumFmt = &format
		out.Alignment.Horizontal = "right"
	case HeadRight, SmallRight:
		out.Alignment.Horizontal = "right"
	case Indented, HeadIndented, Wrapped, Fixed, Field, FieldHead:
		out.Alignment.Horizontal, out.Alignment.Indent = "left", 1
	case HeadCentre, Centre:
		out.Alignment.Horizontal = "center"
	}
}
