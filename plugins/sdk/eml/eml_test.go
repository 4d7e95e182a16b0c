package eml_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/eml"
)

func message() sdk.Message {
	return sdk.Message{
		Key:     "0123456789abcdef0123456789abcdef",
		From:    sdk.Mailbox{Name: "Köster, Accounts", Address: "ar@koester.example"},
		ReplyTo: "ar+reply@koester.example",
		To:      []sdk.Mailbox{{Name: "Ærø Værft", Address: "ap@vaerft.example"}},
		Cc:      []sdk.Mailbox{{Address: "rep@koester.example"}},
		Subject: "Überfällig: 3 invoices, 1 234,50 € — Κύριε Παπαδόπουλε, please look at this rather long subject line",
		Text:    "Dear Ærø,\n\nINV-1   100.00 EUR\n.\nboundary=" + strings.Repeat("a", 60) + "\n",
		HTML:    "<p>Dear Ærø</p>",
		Attachments: []sdk.Attachment{
			{Name: "Auszug März.xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: bytes.Repeat([]byte{0, 1, 254}, 5000)},
		},
		Date:     time.Date(2026, 11, 23, 9, 30, 0, 0, time.FixedZone("CET", 3600)),
		Language: "de", Reference: "C-1001",
	}
}

func TestRenderIsReadBack(t *testing.T) {
	m := message()
	raw, err := eml.Render(m)
	if err != nil {
		t.Fatal(err)
	}
	env, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"Subject": m.Subject, "Message-Id": "<0123456789abcdef0123456789abcdef@koester.example>",
		"Date": "Mon, 23 Nov 2026 09:30:00 +0100", "Auto-Submitted": "auto-generated",
		"X-Holdfast-Key": m.Key, "Content-Language": "de", "User-Agent": "",
	}
	for name, value := range want {
		if got := env.GetHeader(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	if len(env.Errors) > 0 {
		t.Errorf("flaws: %v", env.Errors)
	}
	if got := strings.ReplaceAll(env.Text, "\r\n", "\n"); got != m.Text {
		t.Errorf("text is %q", got)
	}
	if env.HTML != m.HTML {
		t.Errorf("html is %q", env.HTML)
	}
	if len(env.Attachments) != 1 || !bytes.Equal(env.Attachments[0].Content, m.Attachments[0].Data) || env.Attachments[0].FileName != "Auszug März.xlsx" {
		t.Errorf("attachment came back wrong")
	}
	to, err := env.AddressList("To")
	if err != nil || to[0].Name != "Ærø Værft" || to[0].Address != "ap@vaerft.example" {
		t.Errorf("to is %v, %v", to, err)
	}
}

func TestRenderTwiceIsTheSame(t *testing.T) {
	a, err := eml.Render(message())
	if err != nil {
		t.Fatal(err)
	}
	b, err := eml.Render(message())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Errorf("two renderings differ:\n%s\n---\n%s", a[:1500], b[:1500])
	}
}

func TestCheckRefuses(t *testing.T) {
	cases := map[string]func(*sdk.Message){
		"line break":         func(m *sdk.Message) { m.Subject = "a\r\nBcc: x@evil.example" },
		"line break in name": func(m *sdk.Message) { m.To[0].Name = "a\nBcc: x@evil.example" },
		"two addresses":      func(m *sdk.Message) { m.To[0].Address = "a@b.example, c@d.example" },
		"address with name":  func(m *sdk.Message) { m.To[0].Address = "A <a@b.example>" },
		"address with break": func(m *sdk.Message) { m.Cc[0].Address = "a@b.example\r\nRCPT TO:<x@evil.example>" },
		"reply address":      func(m *sdk.Message) { m.ReplyTo = "x\r\n@y.example" },
		"sender":             func(m *sdk.Message) { m.From.Address = "" },
		"attachment name":    func(m *sdk.Message) { m.Attachments[0].Name = "a\r\nX: y" },
		"attachment type":    func(m *sdk.Message) { m.Attachments[0].Type = "text/plain\r\nX: y" },
		"language":           func(m *sdk.Message) { m.Language = "de\r\nX: y" },
		"key":                func(m *sdk.Message) { m.Key = "../x" },
		"no recipient":       func(m *sdk.Message) { m.To = nil },
		"bad UTF-8":          func(m *sdk.Message) { m.Subject = "\xff" },
		"no date":            func(m *sdk.Message) { m.Date = time.Time{} },
		"hidden in address":  func(m *sdk.Message) { m.To[0].Address = "ap\u200b@vaerft.example" },
		"line in address":    func(m *sdk.Message) { m.To[0].Address = "ap\u2028x@vaerft.example" },
		"long address":       func(m *sdk.Message) { m.To[0].Address = strings.Repeat("a", 250) + "@b.example" },
		"tag":                func(m *sdk.Message) { m.Tag = "a b" },
		"thread":             func(m *sdk.Message) { m.Thread = "a>\r\nX: y" },
		"link":               func(m *sdk.Message) { m.Unsubscribe = "https://a.example/>,<mailto:x@evil.example" },
		"link of no host":    func(m *sdk.Message) { m.Unsubscribe = "https:///u/x" },
		"link of a script":   func(m *sdk.Message) { m.Unsubscribe = "javascript://a.example/x" },
		"link with a break":  func(m *sdk.Message) { m.Unsubscribe = "https://a.example/\r\nX: y" },
		"picture's name":     func(m *sdk.Message) { m.Attachments[0].ContentID = "a>\r\nX: y" },
		"no attachment name": func(m *sdk.Message) { m.Attachments[0].Name = "" },
		"attached mail":      func(m *sdk.Message) { m.Attachments[0].Type = "message/rfc822" },
		"type of one word":   func(m *sdk.Message) { m.Attachments[0].Type = "plain" },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			m := message()
			spoil(&m)
			if raw, err := eml.Render(m); err == nil {
				t.Errorf("rendered:\n%s", raw[:800])
			}
		})
	}
}
