package main

import (
	"bytes"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/statement"
)

// What a reminder of usual size holds beside its statement.
var (
	plain = strings.Repeat("Our records show that the invoices named below are past their due day.\n", 28)
	html  = "<html><body>" + strings.Repeat("<p>Our records show that the invoices named below are past their due day.</p>\n", 56) + "</body></html>"
)

const (
	workbookName = "statement.xlsx"
	workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// attachment is the statement of an account, as it goes with a reminder.
func attachment() ([]byte, error) {
	for account, err := range accounts() {
		if err != nil {
			return nil, err
		}
		return statement.Account(statement.Seller{Name: "Harbourline Bench"}, account, monthEnd)
	}
	return nil, nil
}

// letter renders a reminder of usual size, with the same statement each time:
// what making one costs is another yardstick's matter.
type letter struct{ workbook []byte }

// Render makes the message.
func (l letter) Render(_ sequence.Case, in sequence.Intent, at time.Time) (outbox.Message, []string, error) {
	return outbox.Message{
		From: outbox.Mailbox{Name: "Harbourline Bench", Address: "ar@example.com"}, To: []outbox.Mailbox{{Address: in.Recipient()}},
		Subject: "Account " + string(in.Account.Customer), Text: plain + in.Asked.String() + "\n", HTML: html, Date: at,
		Attachments: []outbox.Attachment{{Name: workbookName, Type: workbookType, Data: l.workbook}},
	}, nil, nil
}

// bareLetter is the same as go-mail makes it.
func bareLetter(to string, workbook []byte) (*mail.Msg, error) {
	m := mail.NewMsg()
	if err := m.From("ar@example.com"); err != nil {
		return nil, err
	}
	if err := m.To(to); err != nil {
		return nil, err
	}
	m.Subject("Account")
	m.SetMessageID()
	m.SetBodyString(mail.TypeTextPlain, plain)
	m.AddAlternativeString(mail.TypeTextHTML, html)
	return m, m.AttachReader(workbookName, bytes.NewReader(workbook), mail.WithFileContentType(workbookType))
}
