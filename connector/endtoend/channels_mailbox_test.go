package endtoend_test

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/jhillyerd/enmime/v2"
)

const (
	mailboxUser     = "receivables"
	mailboxPassword = "the mailbox"
)

// mailbox is where bounces and answers come to: go-imap's own server.
type mailbox struct {
	port int
	user *imapmemserver.User
}

func openMailbox(t *testing.T) *mailbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	m := &mailbox{port: l.Addr().(*net.TCPAddr).Port, user: imapmemserver.NewUser(mailboxUser, mailboxPassword)}
	must(t, m.user.Create("INBOX", nil))
	house := imapmemserver.New()
	house.AddUser(m.user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return house.NewSession(), nil, nil
		},
		Caps: imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIdle: {}}, InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
	})
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return m
}

// letterIn is a mail that somebody puts into the mailbox.
type letterIn struct{ *bytes.Reader }

func (m *mailbox) deliver(t *testing.T, mail string) {
	t.Helper()
	raw := []byte(strings.ReplaceAll(mail, "\n", "\r\n"))
	_, err := m.user.Append("INBOX", letterIn{bytes.NewReader(raw)}, &imap.AppendOptions{Time: time.Now()})
	must(t, err)
}

// answered is what a person writes back to a mail.
func answered(to *enmime.Envelope, from, text string) string {
	return fmt.Sprintf(`From: Ada <%s>
To: receivables@dockside.example
Subject: Re: %s
Date: %s
Message-ID: <%d.answer@example.net>
In-Reply-To: %s
Content-Type: text/plain; charset=utf-8

%s
`, from, to.GetHeader("Subject"), time.Now().Format(time.RFC1123Z), len(text), to.GetHeader("Message-Id"), text)
}

// returned is the report that a mail's receiver is not there, by RFC 3464.
func returned(of *enmime.Envelope, to string) string {
	return fmt.Sprintf(`Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.dockside.example>
To: receivables@dockside.example
Subject: Undelivered Mail Returned to Sender
Date: %[1]s
Message-ID: <report@mx.dockside.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

<%[2]s>: 550 5.1.1 User unknown

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.dockside.example

Final-Recipient: rfc822; %[2]s
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <%[2]s>: User unknown

--part
Content-Type: text/rfc822-headers

To: <%[2]s>
Subject: %[3]s
Message-ID: %[4]s

--part--
`, time.Now().Format(time.RFC1123Z), to, of.GetHeader("Subject"), of.GetHeader("Message-Id"))
}
