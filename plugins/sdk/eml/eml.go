// Package eml makes the RFC 5322 form of a message, for channels that send or
// keep mail. The same message gives the same bytes.
package eml

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"holdfast/plugins/sdk"
)

// KeyHeader names the header that carries the delivery's key.
const KeyHeader = "X-Holdfast-Key"

// Render returns m with CRLF line ends. Its error is Check's, and comes up
// again with the same message.
func Render(m sdk.Message) ([]byte, error) {
	if err := Check(m); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(size(m))
	h := head{&b}
	h.plain("Date", m.Date.Format(time.RFC1123Z))
	h.plain(KeyHeader, m.Key) // early: a reader looks for it near the top
	h.parties(m)
	h.text("Subject", m.Subject)
	h.conversation(m)
	h.machine(m)
	h.plain("MIME-Version", "1.0")
	w := writer{Buffer: &b, key: m.Key}
	w.part(contents(m))
	if !bytes.HasSuffix(b.Bytes(), []byte("\r\n")) {
		b.WriteString("\r\n")
	}
	return b.Bytes(), nil
}

// MessageID returns the Message-ID of m, in angle brackets: its key at the
// sender's domain.
func MessageID(m sdk.Message) string { return "<" + m.Key + "@" + domain(m) + ">" }

// ThreadID returns the Message-ID that all mails of m's conversation answer to,
// in angle brackets; no mail has it. It is empty where m belongs to none.
func ThreadID(m sdk.Message) string {
	if m.Thread == "" {
		return ""
	}
	return "<thread." + m.Thread + "@" + domain(m) + ">"
}

var plainDomain = regexp.MustCompile(`^[A-Za-z0-9.-]{1,200}$`)

// domain returns the sender's domain, or one that nobody has.
func domain(m sdk.Message) string {
	if _, d, found := strings.Cut(m.From.Address, "@"); found && plainDomain.MatchString(d) {
		return d
	}
	return "holdfast.invalid"
}

// parties names sender, recipients and copies.
func (h head) parties(m sdk.Message) {
	h.boxes("From", []sdk.Mailbox{m.From})
	if m.ReplyTo != "" {
		h.boxes("Reply-To", []sdk.Mailbox{{Address: m.ReplyTo}})
	}
	h.boxes("To", m.To)
	if len(m.Cc) > 0 {
		h.boxes("Cc", m.Cc)
	}
}

// conversation gives the mail its id and the one that its thread hangs on, so
// that mail programs show all mails to one account together.
func (h head) conversation(m sdk.Message) {
	h.plain("Message-ID", MessageID(m))
	if root := ThreadID(m); root != "" {
		h.plain("In-Reply-To", root)
		h.plain("References", root)
	}
}

// machine is what other programs read: that no person wrote this, that no
// program need answer it, and how to end such mails.
func (h head) machine(m sdk.Message) {
	h.plain("Auto-Submitted", "auto-generated")           // RFC 3834, section 5
	h.plain("X-Auto-Response-Suppress", "OOF, AutoReply") // MS-OXCMAIL, section 2.1.3.2.20
	if m.Unsubscribe != "" {
		h.plain("List-Unsubscribe", "<"+m.Unsubscribe+">,", "<"+unsubscribeMail(m)+">")
		if strings.HasPrefix(m.Unsubscribe, "https:") { // RFC 8058, section 3.1, wants HTTPS
			h.plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
		}
	}
	if m.Language != "" {
		h.plain("Content-Language", m.Language)
	}
}

// unsubscribeMail returns the mailto link for whoever has no web: the tag in
// the subject says which delivery is meant.
func unsubscribeMail(m sdk.Message) string {
	to, subject := m.ReplyTo, "unsubscribe"
	if to == "" {
		to = m.From.Address
	}
	if m.Tag != "" {
		subject += " " + m.Tag
	}
	return fmt.Sprintf("mailto:%s?subject=%s", linkEscape(to, "@"), linkEscape(subject, ""))
}

func size(m sdk.Message) int {
	n := 4096 + 2*len(m.Text) + 2*len(m.HTML)
	for _, a := range m.Attachments {
		n += len(a.Data)*3/2 + 1024
	}
	return n
}
