// Package eml makes the RFC 5322 form of a message, for channels that send or
// keep mail. The same message gives the same bytes.
package eml

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/wneessen/go-mail"

	"holdfast/plugins/sdk"
)

// KeyHeader names the header that carries the delivery's key.
const KeyHeader = "X-Holdfast-Key"

// Render returns m with CRLF line ends. Its error is Check's, or one of
// encoding; either will come up again with the same message.
func Render(m sdk.Message) ([]byte, error) {
	if err := Check(m); err != nil {
		return nil, err
	}
	msg, err := build(m)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(size(m))
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write the mail: %w", err)
	}
	return settle(b.Bytes(), m.Key), nil
}

// MessageID returns the Message-ID of m, in angle brackets: its key at the
// sender's domain.
func MessageID(m sdk.Message) string {
	domain := "holdfast.invalid"
	if _, d, found := strings.Cut(m.From.Address, "@"); found && plainDomain.MatchString(d) {
		domain = d
	}
	return "<" + m.Key + "@" + domain + ">"
}

func build(m sdk.Message) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := addresses(msg, m); err != nil {
		return nil, err
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.Date)
	msg.SetMessageIDWithValue(strings.Trim(MessageID(m), "<>"))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader(KeyHeader, m.Key)
	if m.Language != "" {
		msg.SetGenHeader("Content-Language", m.Language)
	}
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	for _, a := range m.Attachments {
		msg.AttachReadSeeker(a.Name, bytes.NewReader(a.Data), mail.WithFileContentType(mail.ContentType(a.Type)))
	}
	return msg, nil
}

func addresses(msg *mail.Msg, m sdk.Message) error {
	if err := msg.FromFormat(m.From.Name, m.From.Address); err != nil {
		return fmt.Errorf("sender: %w", err)
	}
	if m.ReplyTo != "" {
		if err := msg.ReplyTo(m.ReplyTo); err != nil {
			return fmt.Errorf("reply address: %w", err)
		}
	}
	for _, to := range m.To {
		if err := msg.AddToFormat(to.Name, to.Address); err != nil {
			return fmt.Errorf("recipient: %w", err)
		}
	}
	for _, cc := range m.Cc {
		if err := msg.AddCcFormat(cc.Name, cc.Address); err != nil {
			return fmt.Errorf("copy: %w", err)
		}
	}
	return nil
}

var (
	boundary    = regexp.MustCompile(`boundary=([0-9a-f]{60})`)
	plainDomain = regexp.MustCompile(`^[A-Za-z0-9.-]{1,200}$`)
)

// settle puts names made from the key in the place of the random boundaries,
// so that a repeat has the same bytes. The underscore keeps the new ones out
// of every base64 and quoted-printable body.
func settle(raw []byte, key string) []byte {
	for i, found := range boundary.FindAllSubmatch(raw, 3) {
		name := fmt.Sprintf("=_%d_%s", i, key)
		raw = bytes.ReplaceAll(raw, append([]byte("boundary="), found[1]...), []byte(`boundary="`+name+`"`))
		raw = bytes.ReplaceAll(raw, append([]byte("--"), found[1]...), []byte("--"+name))
	}
	return raw
}

func size(m sdk.Message) int {
	n := 4096 + 2*len(m.Text) + 2*len(m.HTML)
	for _, a := range m.Attachments {
		n += len(a.Data)*3/2 + 1024
	}
	return n
}
