package inbound_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"holdfast/plugins/email/inbound"
)

const ourKey = "7c1f0b9e5d3a48266f9e0d1c2b3a4958"

func mail(headers, body string) []byte {
	return []byte("From: Jane <Jane@Customer.example>\nTo: ar@seller.example\n" + headers + "\n" + body)
}

// TestKeys: where a mail may name a delivery, and what only looks like it.
func TestKeys(t *testing.T) {
	id := "<" + ourKey + "@seller.example>"
	cases := map[string]struct {
		raw  []byte
		want string
	}{
		"answers it":            {mail("In-Reply-To: "+id+"\n", "x"), ourKey},
		"answers the answer":    {mail("References: "+id+"\n <other@customer.example>\nIn-Reply-To: <other@customer.example>\n", "x"), ourKey},
		"shows its header":      {mail("", "see below\n\n> X-Holdfast-Key: "+ourKey+"\n"), ourKey},
		"shows its Message-ID":  {mail("", "----\nMessage-ID: "+id+"\n"), ourKey},
		"somebody else's":       {mail("In-Reply-To: <CAF+abc=123@mail.gmail.example>\n", "x"), ""},
		"a UUID":                {mail("In-Reply-To: <7C1F0B9E-5D3A-4826-6F9E-0D1C2B3A4958@apple.example>\n", "x"), ""},
		"longer than a key":     {mail("In-Reply-To: <a"+ourKey+"@seller.example>\n", "x"), ""},
		"in upper case":         {mail("In-Reply-To: <"+strings.ToUpper(ourKey)+"@seller.example>\n", "x"), ""},
		"key with a line break": {mail("", "X-Holdfast-Key: a b\n"), ""},
	}
	for name, c := range cases {
		m := inbound.Parse(c.raw)
		if got := strings.Join(m.Keys, " "); got != c.want {
			t.Errorf("%s: keys %q, not %q", name, got, c.want)
		}
	}
}

// TestLatestFirst: of several deliveries that a conversation names, the one that
// was answered comes first.
func TestLatestFirst(t *testing.T) {
	first, second := strings.Repeat("1", 32), strings.Repeat("2", 32)
	m := inbound.Parse(mail(fmt.Sprintf("References: <%s@a.example> <%s@a.example>\n", first, second), "x"))
	if len(m.Keys) != 2 || m.Keys[0] != second || m.Keys[1] != first {
		t.Errorf("keys %v", m.Keys)
	}
}

func TestTags(t *testing.T) {
	cases := []struct{ subject, body, want string }{
		{"Re: HF-7K2Q9M4XT0RB", "", "HF-7K2Q9M4XT0RB"},
		{"Re: x", "about hf-7k2q9m4xt0rb.", "HF-7K2Q9M4XT0RB"},
		{"Re: HF-7K2Q9M4XT0RB", "> HF-000000000000", "HF-7K2Q9M4XT0RB"},
		{"Re: x", "about HF-111111111111\n\n> HF-000000000000", "HF-111111111111"},
		{"Re: x", "yes\n\n> HF-000000000000", "HF-000000000000"},
		{"Re: HF-7K2Q9M4XT0R", "", ""},   // too short
		{"Re: HF-7K2Q9M4XT0RBB", "", ""}, // too long
		{"Re: HF-ILOU00000000", "", ""},  // letters that no tag has
	}
	for _, c := range cases {
		if got := inbound.Parse(mail("Subject: "+c.subject+"\n", c.body)).Tag; got != c.want {
			t.Errorf("%q, %q: tag %q, not %q", c.subject, c.body, got, c.want)
		}
	}
}

// TestNoOptOutInvented: only a person's mail of that one word ends mails.
func TestNoOptOutInvented(t *testing.T) {
	long := strings.Repeat("We have paid this invoice already, please look again. ", 5)
	for name, c := range map[string]struct {
		raw  []byte
		want inbound.Class
	}{
		"the word alone":      {mail("Subject: Re: x\n", "Stop.\n"), inbound.Unsubscribe},
		"the subject alone":   {mail("Subject: Unsubscribe\n", ""), inbound.Unsubscribe},
		"a letter under it":   {mail("Subject: Unsubscribe\n", long), inbound.Reply},
		"a machine":           {mail("Subject: unsubscribe\nAuto-Submitted: auto-replied\n", "stop\n"), inbound.AutoReply},
		"nobody":              {[]byte("Subject: unsubscribe\n\nstop\n"), inbound.Other},
		"more than that word": {mail("Subject: Re: x\n", "Stop the delivery of the second pallet.\n"), inbound.Reply},
	} {
		if m := inbound.Parse(c.raw); m.Class != c.want {
			t.Errorf("%s is %s (%s), not %s", name, m.Class, m.Detail, c.want)
		}
	}
}

// TestNoHardBounceInvented turns every reason of the corpus's soft bounces, and
// words that say nothing, into reports of each form.
func TestNoHardBounceInvented(t *testing.T) {
	reasons := []string{
		"550 mailbox full", "552 5.2.2 Over quota", "550 5.7.1 user unknown to our policy", "550 5.7.1 no such user", "451 4.1.1 user unknown, try again later",
		"554 5.7.1 spam", "550 5.1.1 listed at our RBL", "550 5.1.7 sender address does not exist", "550 5.1.8 sender unknown", "550 5.5.0 mailbox unavailable",
		"421 4.7.0 too many connections", "550 Administrative prohibition", "552 message size exceeds", "something", "", "550 5.4.6 routing loop",
		"550 verification of the sender failed: no such user", "550 your domain does not exist", "5.2.1 not now", "550 5.4.4 unable to route",
	}
	for _, reason := range reasons {
		for form, raw := range map[string]string{
			"report": "From: MAILER-DAEMON@a.example\nSubject: Undeliverable\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
				"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: rfc822; ap@customer.example\nAction: failed\nStatus: 5.0.0\n" +
				"Diagnostic-Code: smtp; " + reason + "\n\n--b--\n",
			"exim":  "From: Mailer-Daemon@a.example\nSubject: Mail delivery failed\nX-Failed-Recipients: ap@customer.example\n\nfailed:\n\n  ap@customer.example\n    " + reason + "\n",
			"qmail": "From: MAILER-DAEMON@a.example\nSubject: failure notice\n\nHi. This is the qmail-send program at a.\n\n<ap@customer.example>:\n" + reason + "\n",
		} {
			if m := inbound.Parse([]byte(raw)); m.Class != inbound.BounceSoft {
				t.Errorf("%s with %q is %s: %s", form, reason, m.Class, m.Detail)
			}
		}
	}
}

// TestAPersonIsNoMailSystem: whatever a person writes, it is no bounce.
func TestAPersonIsNoMailSystem(t *testing.T) {
	for _, subject := range []string{"Undelivered Mail Returned to Sender", "failure notice", "Delivery Status Notification (Failure)", "Unzustellbar: x", "Mail delivery failed"} {
		m := inbound.Parse(mail("Subject: "+subject+"\n", "ap@customer.example\n550 5.1.1 user unknown\n"))
		if m.Class != inbound.Reply || m.From != "jane@customer.example" {
			t.Errorf("%q is %s from %q", subject, m.Class, m.From)
		}
	}
}

// TestPassedOnByARule: a person's mail that a rule of the mailbox has passed on
// is still a person's.
func TestPassedOnByARule(t *testing.T) {
	m := inbound.Parse(mail("Subject: Re: x\nX-MS-Exchange-Inbox-Rules-Loop: ar@seller.example\n", "We pay.\n"))
	if m.Class != inbound.Reply || m.Text != "We pay." {
		t.Errorf("%s, %q", m.Class, m.Text)
	}
}

// TestNothingUnshowable: control characters and marks of direction go no further.
func TestNothingUnshowable(t *testing.T) {
	m := inbound.Parse(mail("Subject: =?utf-8?Q?a=00b=1B[31m=E2=80=AEc?=\nContent-Type: text/plain; charset=utf-8\n", "pay\x00 \x1b[31mnow\u202e\tor\nlater\n"))
	if m.Subject != "ab[31mc" || m.Text != "pay [31mnow\tor\nlater" {
		t.Errorf("%q, %q", m.Subject, m.Text)
	}
}

// TestHugeMail: of a mail beyond the bound, headers and text are still read.
func TestHugeMail(t *testing.T) {
	raw := append(mail("Subject: Re: x\nIn-Reply-To: <"+ourKey+"@a.example>\nContent-Type: multipart/mixed; boundary=b\n",
		"--b\nContent-Type: text/plain\n\nWe pay.\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"),
		bytes.Repeat([]byte("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n"), inbound.MaxSize/64)...)
	m := inbound.Parse(raw)
	if m.Class != inbound.Reply || m.Text != "We pay." || len(m.Keys) != 1 {
		t.Errorf("%s, %q, %v", m.Class, m.Text, m.Keys)
	}
}

// TestDeepMail: parts in parts in parts cost no stack.
func TestDeepMail(t *testing.T) {
	var b bytes.Buffer
	b.Write(mail("Subject: Re: x\nIn-Reply-To: <"+ourKey+"@a.example>\nContent-Type: multipart/mixed; boundary=b0\n", ""))
	for i := range 100_000 {
		fmt.Fprintf(&b, "--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	if m := inbound.Parse(b.Bytes()); m.Class != inbound.Reply || len(m.Keys) != 1 {
		t.Errorf("%s, %v", m.Class, m.Keys)
	}
	page := mail("Content-Type: text/html\n", strings.Repeat("<div><blockquote>", 100_000)+"x")
	if m := inbound.Parse(page); m.Class != inbound.Reply {
		t.Errorf("%s", m.Class)
	}
}

// FuzzParse: whatever the bytes are, Parse answers, with text that can be kept.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("..", "testdata", "*", "*.eml"))
	if err != nil || len(files) == 0 {
		f.Fatalf("%d mails, %v", len(files), err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m := inbound.Parse(raw)
		for _, text := range []string{m.Text, m.Subject, m.Detail, m.From} {
			if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r\x1b\u202e") {
				t.Errorf("%q can't be shown", text)
			}
		}
		if m.Class == "" {
			t.Error("no class")
		}
	})
}

// TestSpitefulBounce: text that names one address again and again costs time in
// proportion to its length; squared it would take minutes.
func TestSpitefulBounce(t *testing.T) {
	for _, body := range []string{strings.Repeat("ap@customer.example x\n", 12_000), strings.Repeat("<a@b>:\n", 36_000)} {
		m := inbound.Parse([]byte("From: MAILER-DAEMON@a.example\nSubject: Undeliverable\nIn-Reply-To: <" + ourKey + "@a.example>\n\n" + body))
		if m.Class != inbound.BounceSoft || len(m.Keys) != 1 {
			t.Errorf("%s, %v", m.Class, m.Keys)
		}
	}
}
