// Package workbook writes .xlsx files row by row, in bounded memory, so that
// equal content gives equal bytes. It holds the look that statements and
// reports share.
package workbook

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
)

// Book is one workbook being written. It is not for use by several goroutines.
// Close releases it, written or not.
type Book struct {
	file   *excelize.File
	day    ar.Day
	styles map[style]int
	sheets []*Sheet
}

// Props are the workbook's own facts. Day stands for the time of making, so
// that the bytes do not depend on it.
type Props struct {
	Title  string
	Author string
	Day    ar.Day
}

// New starts an empty workbook.
func New(p Props) (*Book, error) {
	f := excelize.NewFile()
	stamp := p.Day.Time(time.UTC).Format(time.RFC3339)
	err := f.SetDocProps(&excelize.DocProperties{
		Title: Clean(p.Title), Creator: Clean(p.Author), LastModifiedBy: Clean(p.Author), Created: stamp, Modified: stamp,
	})
	if err != nil {
		return nil, fmt.Errorf("workbook properties: %w", err)
	}
	return &Book{file: f, day: p.Day, styles: map[style]int{}}, nil
}

// Sheet adds a sheet after those added before.
func (b *Book) Sheet(name string, layout Layout) (*Sheet, error) {
	name = SheetName(name)
	var err error
	if len(b.sheets) == 0 {
		err = b.file.SetSheetName("Sheet1", name)
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return nil, fmt.Errorf("sheet %q: %w", name, err)
	}
	s := &Sheet{Name: name, book: b, top: layout.Top, ruled: layout.Ruled}
	if err := s.open(layout); err != nil {
		return nil, fmt.Errorf("sheet %q: %w", name, err)
	}
	b.sheets = append(b.sheets, s)
	return s, nil
}

// WriteTo finishes the sheets and writes the workbook, its parts in the order
// of their names with fixed times. It may be called once.
func (b *Book) WriteTo(w io.Writer) (int64, error) {
	for _, s := range b.sheets {
		if err := s.stream.Flush(); err != nil {
			return 0, fmt.Errorf("sheet %q: %w", s.Name, err)
		}
	}
	parts := newParts(b.day)
	defer parts.close()
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return parts })
	if _, err := b.file.WriteTo(io.Discard); err != nil {
		return 0, fmt.Errorf("workbook: %w", err)
	}
	n, err := parts.writeSorted(w)
	if err != nil {
		return n, fmt.Errorf("workbook: %w", err)
	}
	return n, nil
}

// Close removes what the sheets kept on disk.
func (b *Book) Close() error { return b.file.Close() }

// SheetName makes text fit for a sheet's name: at most 31 characters, none that
// Excel refuses.
func SheetName(text string) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return '-'
		}
		return r
	}, Clean(text))
	text = strings.Trim(text, "' ")
	if runes := []rune(text); len(runes) > 31 {
		text = strings.Trim(string(runes[:31]), "' ")
	}
	if text == "" {
		return "Sheet"
	}
	return text
}

// maxCell is the number of characters that a cell can hold.
const maxCell = 32767

// Clean drops what a cell cannot hold: control characters other than tab and
// line feed, characters outside XML, and what goes beyond 32,767 characters.
func Clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return r
		case r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff || r == '\uFFFD':
			return -1
		}
		return r
	}, text)
	if len(text) <= maxCell {
		return text
	}
	units := 0
	for i, r := range text {
		units++
		if r > 0xffff {
			units++
		}
		if units > maxCell {
			return text[:i]
		}
	}
	return text
}
