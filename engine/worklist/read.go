package worklist

import (
	"archive/zip"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/workbook"
)

// The most that a filled-in workbook may be, in bytes: as a file and unpacked.
// A list of 1,000 tasks takes less than a twentieth.
const (
	MaxFile     = 20 << 20
	maxUnpacked = 200 << 20
)

// Filled is one row that a person filled in.
type Filled struct {
	Row      int    // in the sheet
	Company  string // the configured key
	List     string // the collector whose list it stood in
	Task     string // the task's key
	ID       int64  // the task's number
	Outcome  string // as written, in lower case with underscores
	Promised ar.Day
	Amount   *ar.Money
	Dispute  string // as written, in lower case with underscores
	Disputed *ar.Money
	Only     []string // numbers of documents
	CallBack ar.Day
	Note     string
	cells    map[string]string
}

// Cell names the cell of a row that stands under a head, for a person.
func (f *Filled) Cell(head string) string { return f.cells[head] }

// Heads of cells, for whoever says what is wrong with one.
const (
	CellTask     = headTask
	CellOutcome  = headOutcome
	CellPromise  = headPromised
	CellDispute  = headDispute
	CellDisputed = headDisputed
	CellOnly     = headOnly
	CellNote     = headNote
)

// Problem is one cell that cannot be taken.
type Problem struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Text  string `json:"text"` // what the cell holds
	What  string `json:"what"` // what is wrong with it
	Cure  string `json:"cure"`
}

// Read reads what people filled in. A row with a cell that cannot be read is
// left out and named; the others come. sign returns what seals the keys of a
// company. A file that is no worklist is fault.Invalid.
func Read(r io.Reader, sign func(company string) []byte) ([]Filled, []Problem, error) {
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 16 << 20, RawCellValue: true})
	if err != nil {
		return nil, nil, unreadable(err)
	}
	defer f.Close()
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, nil, unreadable(err)
	}
	s := sheetReader{sign: sign, seen: map[string]int{}, late: props.Date1904 != nil && *props.Date1904}
	rows, err := f.Rows(SheetToday)
	if err != nil {
		return nil, nil, notOurs("it has no sheet " + SheetToday)
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, nil, unreadable(err)
		}
		if err := s.row(n, cells); err != nil {
			return nil, nil, err
		}
	}
	if err := rows.Error(); err != nil {
		return nil, nil, unreadable(err)
	}
	if s.at == nil {
		return nil, nil, notOurs("it has no column " + headKey)
	}
	return s.filled, s.problems, nil
}

// unreadable is an error about a file that no program could read.
func unreadable(err error) error {
	if errors.Is(err, excelize.ErrWorkbookFileFormat) || errors.Is(err, zip.ErrFormat) {
		return fault.New(fault.Invalid, "it is no workbook, or locked with a password").
			WithCure("save it from Excel or LibreOffice as .xlsx without a password")
	}
	return fault.New(fault.Invalid, "it cannot be read: %w", err).WithCure("open it, save it as .xlsx and put it in again")
}

// notOurs is an error about a workbook that is no worklist.
func notOurs(because string) error {
	return fault.New(fault.Invalid, "it is no worklist: %s", because).WithCure("put in the workbook that came by e-mail, filled in")
}

// sheetReader reads the sheet of the day, a row at a time.
type sheetReader struct {
	sign     func(company string) []byte
	late     bool           // its days are counted from 1904
	at       map[string]int // column of each head, from 0; nil before the heads
	seen     map[string]int // row of each key
	filled   []Filled
	problems []Problem
}

// row takes one row of the sheet.
func (s *sheetReader) row(n int, cells []string) error {
	if s.at == nil {
		if slices.Contains(cells, headKey) {
			return s.heads(cells)
		}
		return nil
	}
	c := rowReader{sheetReader: s, cells: cells, out: Filled{Row: n, cells: map[string]string{}}}
	for head, column := range s.at {
		c.out.cells[head] = workbook.Ref(column+1, n)
	}
	if !c.any() || !c.known() {
		return nil
	}
	if before, twice := s.seen[c.out.Task]; twice {
		c.wrong(headKey, "the task stands in row "+itoa(before)+" already", "keep one of the two rows")
		return nil
	}
	s.seen[c.out.Task] = n
	if c.fields() {
		s.filled = append(s.filled, c.out)
	}
	return nil
}

// heads finds the columns.
func (s *sheetReader) heads(cells []string) error {
	s.at = map[string]int{}
	for i, head := range cells {
		if slices.Contains(readBack, strings.TrimSpace(head)) {
			s.at[strings.TrimSpace(head)] = i
		}
	}
	for _, head := range readBack {
		if _, ok := s.at[head]; !ok {
			return notOurs("the column \"" + head + "\" is gone")
		}
	}
	return nil
}
