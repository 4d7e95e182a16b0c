package worklist

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"holdfast/engine/outbox"
)

// xlsxType is the MIME type of a workbook.
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// shortest is how many rows a mail names itself.
const shortest = 5

// Letter is who a worklist is sent by and to.
type Letter struct {
	From    outbox.Mailbox
	ReplyTo string
	To      outbox.Mailbox
	Date    time.Time
}

// SendKey names the message of a list: one for a company, a collector and a day,
// however often it is made.
func (l *List) SendKey() outbox.Key {
	sum := sha256.Sum256([]byte(strings.Join([]string{"worklist", l.Company, strings.ToLower(l.Collector), l.Day.String()}, "\x00")))
	return outbox.Key(hex.EncodeToString(sum[:16]))
}

// FileName is what the workbook of a list is called; it is unlike for any two
// lists of a day.
func (l *List) FileName() string {
	return fmt.Sprintf("worklist-%s-%s-%s.xlsx", fileText(l.Company), fileText(l.Collector), l.Day)
}

// fileText makes a text fit for a file's name. Where something had to go, a
// short hash keeps names apart.
func fileText(text string) string {
	lower := strings.ToLower(text)
	fit := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, lower)
	if len(fit) <= 40 && fit == strings.ReplaceAll(lower, " ", "-") {
		return fit
	}
	sum := sha256.Sum256([]byte(lower))
	return strings.Trim(fit[:min(40, len(fit))], "-") + "-" + hex.EncodeToString(sum[:3])
}

// Message makes the e-mail of a list, with its workbook.
func (l *List) Message(to Letter) (outbox.Message, error) {
	var book bytes.Buffer
	if err := l.Write(&book); err != nil {
		return outbox.Message{}, err
	}
	return outbox.Message{
		Key: l.SendKey(), From: to.From, ReplyTo: to.ReplyTo, To: []outbox.Mailbox{to.To}, Date: to.Date, Language: "en",
		Subject:     fmt.Sprintf("Worklist for %s: %s", l.Day.Time(time.UTC).Format("Mon 2006-01-02"), tasksText(len(l.Rows))),
		Text:        l.text(),
		Attachments: []outbox.Attachment{{Name: l.FileName(), Type: xlsxType, Data: book.Bytes()}},
		Reference:   "worklist-" + fileText(l.Collector),
	}, nil
}

// text is what the mail says.
func (l *List) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Good morning,\n\nfor %s at %s there is work today: %s. The most urgent:\n\n",
		l.Collector, l.Name, tasksText(len(l.Rows)))
	for i := range l.Rows[:min(shortest, len(l.Rows))] {
		r := &l.Rows[i]
		fmt.Fprintf(&b, "%d. %s: %s (%s)\n", r.Place, first(oneLine(r.Customer), r.Number, l.Name), oneLine(first(r.Do, words(r.Script), r.Why)), oneLine(r.Because))
	}
	fmt.Fprintf(&b, "\nThe workbook has all of them, with documents, contacts and what to say. Fill in the yellow columns,\n"+
		"save it and put it into the folder that you were told. The sheet %q says more.\n", sheetHowTo)
	return b.String()
}

// oneLine keeps a text from the ERP on its line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
