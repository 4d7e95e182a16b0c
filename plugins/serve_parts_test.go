package plugins_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/engine/outbox"
	"holdfast/plugins/chat"
)

// TestLetterChannelAsSubprocess: the parts of a letter come through the host, and
// what is drawn and listed is made of them.
func TestLetterChannelAsSubprocess(t *testing.T) {
	dir := t.TempDir()
	c := launch(t, "letter", map[string]any{"dir": dir, "registered": []string{"legal"}})
	m := message(7)
	m.To, m.Attachments, m.Purpose, m.Postal = nil, nil, "legal", []string{"Nordwind AS", "0150 Oslo"}
	m.Letter = &outbox.Letter{
		Sender: []string{"Holdfast Trading", "Hamburg"}, Dated: "Hamburg, 23 November 2026",
		Body: []outbox.Block{{Lines: []string{"Dear all,"}}, {Table: &outbox.Table{
			Head: []string{"Document", "Open"}, Right: 1, Rows: []outbox.Row{{Cells: []string{"INV-1001", "1,200.00"}, Note: "your order 7", Strong: true}},
		}}},
		Slip: []string{"IBAN DE02 1203"},
	}
	sent, err := c.Send(t.Context(), m)
	if err != nil || sent.State != outbox.Accepted || sent.ProviderID != filepath.Join(dir, string(m.Key)+".pdf") {
		t.Fatalf("%+v, %v", sent, err)
	}
	lists, err := filepath.Glob(filepath.Join(dir, "posting-2026-11-23.csv"))
	if err != nil || len(lists) != 1 {
		t.Fatal(lists, err)
	}
	list, err := os.ReadFile(lists[0])
	if err != nil || !strings.Contains(string(list), string(m.Key)+",C-1001,Nordwind AS,1,0,legal,yes,,") {
		t.Errorf("list: %s, %v", list, err)
	}
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext (Debian package poppler-utils)")
	}
	text, err := exec.Command(reader, "-layout", sent.ProviderID, "-").Output()
	for _, want := range []string{"Hamburg, 23 November 2026", "INV-1001", "1,200.00", "your order 7", "IBAN DE02 1203", "0150 Oslo"} {
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("no %q in the letter: %v\n%s", want, err, text)
		}
	}
}

// TestChatChannelAsSubprocess: a card comes through the host with its fields and
// links, signed.
func TestChatChannelAsSubprocess(t *testing.T) {
	const secret = "0123456789abcdef0123456789abcdef"
	bodies := make(chan []byte, 1)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if err := chat.Verify(secret, r.Header, body, time.Now()); err != nil {
			t.Error(err)
		}
		bodies <- body
	}))
	t.Cleanup(receiver.Close)
	c := launch(t, "chat", map[string]any{
		"kind": "webhook", "url": receiver.URL, "secret": secret, "allow_private": "i-accept", "allow_plaintext": "i-accept",
	})
	m := message(8)
	m.To, m.Attachments = nil, nil
	m.Card = &outbox.Card{Fields: []outbox.Field{{Name: "Open", Value: "1,200.00 EUR"}}, Links: []outbox.Link{{Label: "Task", URL: "https://h.example/1"}}}
	if sent, err := c.Send(t.Context(), m); err != nil || sent.State != outbox.Accepted {
		t.Fatalf("%+v, %v", sent, err)
	}
	var got struct {
		Key    string
		Fields []outbox.Field
		Links  []outbox.Link
	}
	if body := <-bodies; json.Unmarshal(body, &got) != nil || got.Key != string(m.Key) || len(got.Fields) != 1 || got.Fields[0] != m.Card.Fields[0] || got.Links[0] != m.Card.Links[0] {
		t.Errorf("%s", body)
	}
}
