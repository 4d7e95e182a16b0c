package workbook

import (
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
)

// dropDownLimit is how long all choices of a drop-down may be together, in
// UTF-16 units with the commas between them: more is refused by Excel.
const dropDownLimit = 255

// Hint is what a person reads who fills a cell in: on entering it, and on
// entering what it does not take. An empty Wrong takes anything, with a warning.
type Hint struct {
	Title string
	Text  string
	Wrong string
}

// Choose makes cells offer a drop-down. Cells whose choices are more than Excel
// takes, or hold a comma, are left free to be typed in.
func (s *Sheet) Choose(cells []string, choices []string, h Hint) error {
	joined := strings.Join(choices, ",")
	comma := slices.ContainsFunc(choices, func(c string) bool { return strings.ContainsAny(c, `,"`) })
	if len(choices) == 0 || comma || len(utf16.Encode([]rune(joined))) > dropDownLimit {
		return nil
	}
	v := validation(cells, h)
	if err := v.SetDropList(choices); err != nil {
		return err
	}
	return s.book.file.AddDataValidation(s.Name, v)
}

// TakeDays makes cells take days from the first to the last only.
func (s *Sheet) TakeDays(cells []string, from, to ar.Day, h Hint) error {
	v := validation(cells, h)
	first, _ := serial(from).(int)
	last, _ := serial(to).(int)
	if err := v.SetRange(first, last, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween); err != nil {
		return err
	}
	return s.book.file.AddDataValidation(s.Name, v)
}

// TakeAmounts makes cells take positive numbers only.
func (s *Sheet) TakeAmounts(cells []string, h Hint) error {
	v := validation(cells, h)
	if err := v.SetRange(0, 0, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorGreaterThan); err != nil {
		return err
	}
	return s.book.file.AddDataValidation(s.Name, v)
}

// validation starts a rule for cells; an empty cell always passes.
func validation(cells []string, h Hint) *excelize.DataValidation {
	v := excelize.NewDataValidation(true)
	v.Sqref = strings.Join(cells, " ")
	if h.Text != "" {
		v.SetInput(h.Title, h.Text)
	}
	if h.Wrong != "" {
		v.SetError(excelize.DataValidationErrorStyleStop, h.Title, h.Wrong)
	}
	return v
}

// Filter puts a filter on the heads of a table, from its head's first cell to
// the last cell of its last row.
func (s *Sheet) Filter(ref string) error { return s.book.file.AutoFilter(s.Name, ref, nil) }

// Protect locks every cell that is no field against slips of the hand. There is
// no password: who means it can take it off.
func (s *Sheet) Protect() error {
	return s.book.file.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{
		AutoFilter: true, FormatCells: true, FormatColumns: true, FormatRows: true, Sort: true,
		SelectLockedCells: true, SelectUnlockedCells: true,
	})
}
