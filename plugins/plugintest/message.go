package plugintest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"holdfast/plugins/conform"
	"holdfast/plugins/proto"
)

// Request returns a message of n with a key of its own, as a customer gets it.
func Request(n int) *proto.SendRequest { return conform.Mail(n) }

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
