package letter

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// dialect is how a posting list is written. Spreadsheet programs save it in their
// own way, and what is added later follows them.
type dialect struct {
	columns   []string // as they stand, in small letters
	separator rune
	crlf      bool
	western   bool // Windows-1252, not UTF-8
}

const byteOrderMark = "\uFEFF"

func (f *folder) listPath(day string) string { return filepath.Join(f.dir, "posting-"+day+".csv") }

// list adds letters to the list of a day, and makes the list where there is none.
func (f *folder) list(day string, letters []*entry) error {
	file, err := os.OpenFile(f.listPath(day), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	d, text := f.ourDialect(), ""
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Size() == 0 {
		text = byteOrderMark + d.line(listColumns)
	} else if d, text, err = dialectAt(file); err != nil {
		return err
	}
	for _, e := range letters {
		cells := e.cells()
		row := make([]string, len(d.columns))
		for i, name := range d.columns {
			row[i] = cells[name]
		}
		text += d.line(row)
	}
	_, err = file.WriteString(d.encode(text))
	return err
}

func (f *folder) ourDialect() dialect {
	return dialect{columns: listColumns, separator: f.separator, crlf: true}
}

// dialectAt reads how a list is written from its beginning; ending is what its
// last line lacks.
func dialectAt(file *os.File) (d dialect, ending string, err error) {
	start := make([]byte, 64<<10)
	n, err := file.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return d, "", err
	}
	start = start[:n]
	if d, err = dialectOf(start, n < cap(start)); err != nil {
		return d, "", fmt.Errorf("%s: %w", filepath.Base(file.Name()), err)
	}
	open, err := endsOpen(file)
	if open {
		ending = d.end()
	}
	return d, ending, err
}

// dialectOf reads the first line. whole says that data is the whole file.
func dialectOf(data []byte, whole bool) (dialect, error) {
	d := dialect{crlf: bytes.Contains(data, []byte("\r\n"))}
	d.western = !utf8.Valid(data) && (whole || !utf8.Valid(data[:max(0, len(data)-utf8.UTFMax)]))
	first, _, _ := bytes.Cut(data, []byte("\n"))
	head := strings.TrimSpace(strings.TrimPrefix(string(first), byteOrderMark))
	for _, separator := range []rune{',', ';', '\t'} {
		columns := headOf(head, separator)
		if slices.Contains(columns, columnKey) && slices.Contains(columns, columnPosted) {
			d.columns, d.separator = columns, separator
			return d, nil
		}
	}
	return d, fmt.Errorf("its first line names no columns %s and %s; save it as CSV, or delete it: it is made anew", columnKey, columnPosted)
}

func headOf(line string, separator rune) []string {
	columns := strings.Split(line, string(separator))
	for i, c := range columns {
		columns[i] = strings.ToLower(strings.Trim(strings.TrimSpace(c), `"`))
	}
	return columns
}

func (d dialect) end() string {
	if d.crlf {
		return "\r\n"
	}
	return "\n"
}

func (d dialect) line(cells []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = d.separator, d.crlf
	_ = w.Write(cells) // a builder takes all
	w.Flush()
	return b.String()
}

func (d dialect) encode(text string) string {
	if !d.western {
		return text
	}
	out, err := encoding.ReplaceUnsupported(charmap.Windows1252.NewEncoder()).String(text)
	if err != nil {
		return text
	}
	return out
}

// listed is what a list says of one letter.
type listed struct{ postedOn, number string }

// readList reads what people have written into the list of a day, by key. found
// is false where there is no list. Lines that cannot be read are passed over: they
// are read again when the file changes.
func (f *folder) readList(day string) (rows map[string]listed, found bool, err error) {
	data, err := os.ReadFile(f.listPath(day))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if len(data) == 0 {
		return nil, true, nil
	}
	d, err := dialectOf(data, true)
	if err != nil {
		return nil, true, fmt.Errorf("%s: %w", filepath.Base(f.listPath(day)), err)
	}
	rows = map[string]listed{}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = d.separator, -1, true
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, true, nil
		}
		if err == nil {
			rows[d.cell(cells, columnKey)] = listed{d.cell(cells, columnPosted), strings.TrimPrefix(d.cell(cells, columnNumber), "'")}
		}
	}
}

func (d dialect) cell(cells []string, column string) string {
	i := slices.Index(d.columns, column)
	if i < 0 || i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}
