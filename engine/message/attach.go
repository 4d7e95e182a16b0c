package message

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// maxAttached is what the attachments of one message may weigh together, in
// bytes before encoding.
const maxAttached = 10 << 20

// The names by which an intent asks for attachments.
const (
	attachStatement = "statement"
	attachInvoice   = "invoice"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// attachments collects what the intent asks for. What is not there or does not
// fit is left out and named in the notes.
func (in Input) attachments() ([]outbox.Attachment, []string, error) {
	box := &attached{names: map[string]bool{}}
	if slices.Contains(in.Intent.Attach, attachStatement) {
		if err := in.attachStatements(box); err != nil {
			return nil, nil, err
		}
	}
	if slices.Contains(in.Intent.Attach, attachInvoice) {
		in.attachInvoices(box)
	}
	return box.files, box.notes, nil
}

// attached is the files that go along so far.
type attached struct {
	files []outbox.Attachment
	names map[string]bool
	size  int
	notes []string
}

// add takes a file in, unless it is there already or too large.
func (b *attached) add(a outbox.Attachment) {
	if b.names[a.Name] {
		return
	}
	if b.size+len(a.Data) > maxAttached {
		b.notes = append(b.notes, fmt.Sprintf("%s is not attached: together more than 10 MiB", a.Name))
		return
	}
	b.names[a.Name] = true
	b.size += len(a.Data)
	b.files = append(b.files, a)
}

// attachStatements adds the workbook of every account with something open.
func (in Input) attachStatements(box *attached) error {
	if in.Statement == nil {
		box.notes = append(box.notes, "no statement is attached: none can be made here")
		return nil
	}
	for _, a := range in.Accounts {
		if !slices.ContainsFunc(a.Documents, func(d ar.Document) bool { return d.Open != 0 }) {
			continue
		}
		content, err := in.Statement(a)
		if err != nil {
			return fmt.Errorf("statement of %s: %w", a.Customer.Account, err)
		}
		name := fmt.Sprintf("statement-%s-%s.xlsx", fileWord(a.Customer.Number), in.DataDay)
		box.add(outbox.Attachment{Name: name, Type: xlsxType, Data: content})
	}
	return nil
}

// attachInvoices adds the copy of every named invoice. A message does not wait
// for a copy that is missing.
func (in Input) attachInvoices(box *attached) {
	if in.InvoiceFile == "" {
		return
	}
	for _, line := range in.lines() {
		if line.Document.Kind != ar.Invoice {
			continue
		}
		file, err := in.invoiceCopy(line)
		if err != nil {
			box.notes = append(box.notes, fmt.Sprintf("the copy of %s is not attached: %s", documentName(line.Document), err))
			continue
		}
		box.add(file)
	}
}

// invoiceCopy reads the copy of a line's invoice, as far as a message can carry.
func (in Input) invoiceCopy(line sequence.Line) (outbox.Attachment, error) {
	customer := ""
	for _, a := range in.Accounts {
		if a.Customer.Account == line.Document.Account {
			customer = a.Customer.Number
		}
	}
	f, err := OpenInvoiceCopy(in.InvoiceFile, customer, line.Document)
	if err != nil {
		return outbox.Attachment{}, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxAttached+1))
	if err != nil {
		return outbox.Attachment{}, err
	}
	name := filepath.Base(f.Name())
	return outbox.Attachment{Name: name, Type: fileType(name), Data: content}, nil
}

// OpenInvoiceCopy opens the file that a pattern such as /srv/copies/{number}.pdf
// names for a document; {customer} in it stands for the customer's number. It is
// opened inside the folder before the first blank: neither a number nor a link
// leads out of it. The caller closes it.
func OpenInvoiceCopy(pattern, customer string, d ar.Document) (*os.File, error) {
	folder, rest := splitPattern(pattern)
	name := filepath.FromSlash(fillPattern(rest, customer, d))
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("the folder %s cannot be opened", folder)
	}
	defer root.Close()
	f, err := root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s", filepath.Join(folder, name))
	}
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, fmt.Errorf("%s is no file", filepath.Join(folder, name))
	}
	return f, nil
}

// fillPattern puts a document's words into the pattern's blanks.
func fillPattern(pattern, customer string, d ar.Document) string {
	return strings.NewReplacer(
		"{number}", fileWord(d.Number), "{id}", fileWord(string(d.ID)),
		"{customer}", fileWord(customer),
	).Replace(pattern)
}

// splitPattern cuts a pattern at the last separator before its first blank.
func splitPattern(pattern string) (folder, rest string) {
	slashed := filepath.ToSlash(pattern)
	end := len(slashed)
	if i := strings.IndexByte(slashed, '{'); i >= 0 {
		end = i
	}
	i := strings.LastIndexByte(slashed[:end], '/')
	switch {
	case i < 0:
		return ".", slashed
	case i == 0:
		return "/", slashed[1:]
	}
	return filepath.FromSlash(slashed[:i]), slashed[i+1:]
}

// fileWord makes a text of the ERP one plain part of a file name: separators
// and what Windows forbids become _, and so do dots alone.
func fileWord(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, text)
	if strings.Trim(text, ".") == "" {
		return strings.Repeat("_", max(1, len(text)))
	}
	return text
}

// fileType is the MIME type of the files that invoices come as.
func fileType(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		return "application/pdf"
	case ".xml":
		return "application/xml"
	case ".html", ".htm":
		return "text/html"
	case ".txt":
		return "text/plain"
	case ".png":
		return "image/png"
	case ".tif", ".tiff":
		return "image/tiff"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	}
	return "application/octet-stream"
}
