package plugintest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"holdfast/plugins/proto"
)

// Request returns a message of n with a key of its own, as a customer gets it.
func Request(n int) *proto.SendRequest {
	return &proto.SendRequest{
		Key: fmt.Sprintf("%032x", n),
		Message: &proto.Message{
			From:    &proto.Mailbox{Name: "Holdfast Trading", Address: "ar@holdfast.example"},
			To:      []*proto.Mailbox{{Name: fmt.Sprintf("Customer %d", n), Address: fmt.Sprintf("ap%d@customer.example", n)}},
			Subject: fmt.Sprintf("Reminder %d", n),
			Text: "Dear customer,\n\nthese invoices are overdue:\n\n" +
				"  Invoice     Due            Open\n  INV-1001    2026-10-01     1,200.00 EUR\n\nAs of 2026-11-23.\n",
			Html:      "<p>Dear customer</p>",
			Date:      "2026-11-23T09:30:00+01:00",
			Language:  "en",
			Reference: fmt.Sprintf("C-%d", n),
		},
	}
}

// Mail is what arrived outside.
type Mail struct {
	ID          string // by which a receiver knows copies
	Subject     string
	Text        string
	Attachments [][]byte
}

// ParseMail reads a mail back.
func ParseMail(t testing.TB, raw []byte) Mail {
	t.Helper()
	env, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	m := Mail{
		ID: env.GetHeader("Message-Id"), Subject: env.GetHeader("Subject"),
		Text: strings.ReplaceAll(env.Text, "\r\n", "\n"),
	}
	for _, a := range env.Attachments {
		m.Attachments = append(m.Attachments, a.Content)
	}
	return m
}
