// Package inbound reads mail that comes back: bounces, delivery reports,
// automatic replies, opt-outs, and what people answer. It is pure: bytes in,
// words out, no disk, no network, no clock.
package inbound

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Class is what a mail is.
type Class string

// The classes of mail.
const (
	BounceHard  Class = "bounce_hard" // an address is dead
	BounceSoft  Class = "bounce_soft" // not delivered, and the address may be fine
	Delayed     Class = "delayed"     // a server still tries
	Delivered   Class = "delivered"   // a server says that it is in the mailbox
	AutoReply   Class = "auto_reply"  // a machine answered: absence, vacation, ticket system
	Reply       Class = "reply"       // a person wrote
	Complaint   Class = "complaint"   // a person called our mail spam (RFC 5965)
	Unsubscribe Class = "unsubscribe" // a person, or the button of a mail program, wants no more
	Own         Class = "own"         // a mail of ours
	Other       Class = "other"       // nothing to tell
)

// Mail is what was found in one mail.
type Mail struct {
	Class Class
	// Keys are the deliveries that it may be about, the likeliest first; nil
	// where it names none. They have the form of our keys; that does not prove
	// that they are ours.
	Keys   []string
	Tag    string // as HF-7K2Q9M4XT0RB, in upper case; empty where none
	Thread string // the conversation that it belongs to, as Message.Thread named it; empty where none

	From    string // bare address of who wrote, in lower case; may be empty
	Subject string
	ID      string    // Message-ID without angle brackets; may be empty
	Date    time.Time // as the sender says; zero where that cannot be read

	// Text is what the writer wrote, without quotes, signature and HTML. Empty
	// for reports.
	Text string
	// Detail says for a person what was found, such as the server's words.
	Detail string
	// Recipients are whom a report is about, at least one for the classes from
	// BounceHard to Delivered, and for Complaint where it is known; else nil.
	Recipients []Recipient
}

// Recipient is what a report says about one address.
type Recipient struct {
	Class   Class  // BounceHard, BounceSoft, Delayed, Delivered, Complaint or Other
	Address string // in lower case; empty where the report names none
	Status  string // enhanced status code (RFC 3463), such as 5.1.1; empty where none
	Detail  string // the server's words
}

// Sizes in bytes. A mail larger than MaxSize is read up to Beginning: its
// headers and, as mail is built, what was written.
const (
	MaxSize   = 25 << 20
	Beginning = 1 << 20
)

// Parse finds out what a mail is. Whatever the bytes are, it answers; what
// cannot be understood is Other, or a Reply with what could be read.
func Parse(raw []byte) Mail { return guarded(raw, parse) }

// guarded reads a mail. One on which the reader breaks down is a Reply without
// text, for a person to look at: it must not end the channel again and again.
func guarded(raw []byte, read func([]byte) Mail) (m Mail) {
	defer func() {
		if why := recover(); why != nil {
			l := &letter{top: headersOf(raw[:min(len(raw), beginning)])}
			m = Mail{From: l.from(), Subject: l.header("Subject"), ID: l.id(), Date: l.date(), Class: Reply, Keys: l.keys()}
			m.Detail = fmt.Sprintf("this mail could not be read; look at it in the mailbox (%v)", why)
			m.clean()
		}
	}()
	return read(raw)
}

func parse(raw []byte) Mail {
	l := open(raw)
	m := Mail{From: l.from(), Subject: l.header("Subject"), ID: l.id(), Date: l.date(), Class: Other}
	if l.top.Get(keyHeader) != "" {
		m.Class, m.Detail = Own, "a mail of ours"
		return m
	}
	for _, look := range []func(*letter, *Mail) bool{complaint, receipt, report, oldBounce, optOut, automatic, fromPerson} {
		if look(l, &m) {
			break
		}
	}
	l.names(&m)
	m.clean()
	return m
}

// clean drops what no screen and no database takes: control characters, and
// marks that turn the direction of text that follows.
func (m *Mail) clean() {
	for _, text := range []*string{&m.Subject, &m.ID, &m.Text, &m.Detail, &m.Thread, &m.From} {
		*text = printable(*text)
	}
	for i := range m.Recipients {
		r := &m.Recipients[i]
		r.Address, r.Detail = printable(r.Address), printable(r.Detail)
	}
}

func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// fromPerson is what is left: a mail that somebody wrote, unless it is sent to
// many and about none of ours.
func fromPerson(l *letter, m *Mail) bool {
	switch {
	case m.From == "":
		m.Detail = "it names no sender"
	case l.bulk() && !l.aboutOurs():
		m.Detail = "sent to many"
	default:
		m.Class, m.Text = Reply, l.written()
	}
	return true
}
