package dossier

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

// File is one file of a dossier. Its name has forward slashes.
type File struct {
	Name string
	Data []byte
}

// SHA is the SHA-256 of the file in hex.
func (f *File) SHA() string {
	sum := sha256.Sum256(f.Data)
	return hex.EncodeToString(sum[:])
}

// The names of what is in a dossier.
const (
	bookFile      = "dossier.xlsx"
	statementFile = "statement.xlsx"
	messagesDir   = "messages/"
	sealedDir     = "messages/sealed/"
	invoicesDir   = "invoices/"
)

// Folder names the folder of a dossier: dossier-CUSTOMER-TASK.
func (d *Dossier) Folder() string {
	return fmt.Sprintf("dossier-%s-%d", fileWord(first(d.Customer.Number, string(d.Customer.Account.Customer))), d.Matter.Task)
}

// Files makes every file of the dossier but its manifest, the workbook first. It
// returns fault.Corrupt where a message is not the one that its SHA-256 was
// taken of.
func (d *Dossier) Files() ([]File, error) {
	messages, err := d.messages()
	if err != nil {
		return nil, err
	}
	files := append(d.copies(), messages...)
	if d.Statement != nil {
		files = append(files, File{statementFile, d.Statement})
	}
	var book bytes.Buffer
	if err := d.Write(&book, files); err != nil {
		return nil, fmt.Errorf("dossier of %s: %w", d.Customer.Account, err)
	}
	return append([]File{{bookFile, book.Bytes()}}, files...), nil
}

// messages are the mails and letters that went and, apart from them, the bytes
// that a yes and the audit journal name by their SHA-256.
func (d *Dossier) messages() ([]File, error) {
	var went, sealed []File
	for i := range d.Sent {
		s := &d.Sent[i]
		if !s.left() {
			continue
		}
		if !outbox.Sealed(s.Delivery.Content, s.Delivery.SHA) {
			return nil, fault.New(fault.Corrupt, "message %d is not the one that was sealed as %s", s.Delivery.ID, s.Delivery.SHA).
				WithCure("holdfast audit verify says whether the journal was changed")
		}
		base := d.messageName(i)
		if s.Mail == nil {
			went = append(went, File{messagesDir + base + ".txt", []byte(s.Message.Text)})
		} else {
			went = append(went, File{messagesDir + base + ".eml", s.Mail})
		}
		sealed = append(sealed, File{sealedDir + base + ".json", s.Delivery.Content})
	}
	return append(went, sealed...), nil
}

// messageName names the files of a message: its place, day and step.
func (d *Dossier) messageName(i int) string {
	of := &d.Sent[i].Delivery
	return fmt.Sprintf("%03d-%s-%s", i+1, of.Day, fileWord(first(of.Step, of.Template, "message")))
}

// messageFile is the file that a person reads of a message, empty where it never
// left.
func (d *Dossier) messageFile(i int) string {
	switch s := &d.Sent[i]; {
	case !s.left():
		return ""
	case s.Mail == nil:
		return messagesDir + d.messageName(i) + ".txt"
	}
	return messagesDir + d.messageName(i) + ".eml"
}

// copies are the copies of invoices, each once.
func (d *Dossier) copies() []File {
	var files []File
	for i, name := range d.copyNames() {
		if d.Copies[i].Missing == "" && !slices.ContainsFunc(files, func(f File) bool { return f.Name == name }) {
			files = append(files, File{name, d.Copies[i].Data})
		}
	}
	return files
}

// copyNames names the file of each copy. Instalments share that of their
// invoice; other copies whose names would be alike get a number.
func (d *Dossier) copyNames() []string {
	names, taken := make([]string, len(d.Copies)), map[string]*Copy{}
	for i := range d.Copies {
		c := &d.Copies[i]
		base := invoicesDir + fileWord(first(c.Number, string(c.Document)))
		names[i] = base + c.Ext
		for n := 2; ; n++ {
			other := taken[strings.ToLower(names[i])]
			if other == nil || other.Number == c.Number && bytes.Equal(other.Data, c.Data) {
				break
			}
			names[i] = fmt.Sprintf("%s-%d%s", base, n, c.Ext)
		}
		if c.Missing == "" {
			taken[strings.ToLower(names[i])] = c
		}
	}
	return names
}

// copyText says where the copy of a document is, or why there is none.
func (d *Dossier) copyText(id ar.DocumentID) string {
	i := slices.IndexFunc(d.Copies, func(c Copy) bool { return c.Document == id })
	if i < 0 {
		return ""
	}
	return first(prefixed("none: ", d.Copies[i].Missing), d.copyNames()[i])
}

// Notes says, for a person, what the dossier lacks.
func (d *Dossier) Notes() []string {
	notes := []string{}
	for _, c := range d.Copies {
		if c.Missing != "" {
			notes = append(notes, fmt.Sprintf("no copy of %s: %s", c.Number, c.Missing))
		}
	}
	if d.Matter.Mode != outbox.Live {
		notes = append(notes, "only what mode "+string(d.Matter.Mode)+" made: "+modeText(d.Matter.Mode))
	}
	return notes
}

// modeText says what a mode means for the messages of a dossier.
func modeText(m outbox.Mode) string {
	if m == outbox.Test {
		return "messages went to its test address, and not to the customer"
	}
	return "no message left the house"
}

// maxWord is the number of bytes that a text of the ERP takes in a file name.
const maxWord = 60

// fileWord makes a text fit for a file name on every system: letters, digits,
// dashes and underscores.
func fileWord(text string) string {
	var b strings.Builder
	for _, r := range text {
		if b.Len()+len(string(r)) > maxWord {
			break
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_':
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return first(strings.Trim(b.String(), "-"), "-")
}
