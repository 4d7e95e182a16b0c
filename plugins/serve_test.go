package plugins_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/engine/outbox"
	"holdfast/plugins"
	"holdfast/plugins/host"
)

// TestMain serves a channel when the test binary is started as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "channel" && os.Args[2] == "serve" {
		if err := plugins.Serve(os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// launch starts one of our channels as a subprocess of this binary.
func launch(t testing.TB, name string, settings map[string]any) *host.Channel {
	t.Helper()
	self, err := host.Self()
	if err != nil {
		t.Fatal(err)
	}
	cfg := self.Own(name)
	cfg.Dir = t.TempDir()
	if cfg.Settings, err = json.Marshal(settings); err != nil {
		t.Fatal(err)
	}
	c, err := host.Launch(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func message(n int) outbox.Message {
	return outbox.Message{
		Key:  outbox.Key(fmt.Sprintf("%032x", n)),
		From: outbox.Mailbox{Name: "Holdfast Trading", Address: "ar@holdfast.example"},
		To:   []outbox.Mailbox{{Name: "Nordwind", Address: "ap@nordwind.example"}}, Subject: "Reminder",
		Text: "Dear customer,\n\n  INV-1001    2026-10-01     1,200.00 EUR\n",
		Date: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC), Reference: "C-1001",
		Attachments: []outbox.Attachment{{Name: "statement.xlsx", Type: "application/octet-stream", Data: make([]byte, 5<<20)}},
	}
}

func TestFileChannelAsSubprocess(t *testing.T) {
	dir := t.TempDir()
	c := launch(t, "file", map[string]any{"dir": dir})
	for range 2 {
		sent, err := c.Send(t.Context(), message(1))
		if err != nil || sent.State != outbox.Accepted {
			t.Fatalf("%v, %v", sent, err)
		}
	}
	mails, err := filepath.Glob(filepath.Join(dir, "2026-11-23", "C-1001-*.eml"))
	if err != nil || len(mails) != 1 {
		t.Errorf("mails %v, %v", mails, err)
	}
	for key, want := range map[int]outbox.State{1: outbox.Accepted, 2: outbox.Retry} {
		if sent, err := c.Lookup(t.Context(), message(key).Key, time.Now()); err != nil || sent.State != want {
			t.Errorf("lookup %d: %v, %v", key, sent, err)
		}
	}
	if !c.Repeatable() || c.Describe().Medium != "file" {
		t.Errorf("about %+v", c.Describe())
	}
}

func TestEmailChannelAsSubprocess(t *testing.T) {
	c := launch(t, "email", map[string]any{"host": "127.0.0.1", "port": 1, "tls": "none"})
	sent, err := c.Send(t.Context(), message(1))
	if err != nil || sent.State != outbox.Retry || !strings.Contains(sent.Detail, "cannot be reached") {
		t.Errorf("%v, %v", sent, err)
	}
}

func BenchmarkFileThroughHost(b *testing.B) {
	c := launch(b, "file", map[string]any{"dir": b.TempDir()})
	n := 0
	for b.Loop() {
		n++
		m := message(n)
		m.Attachments = nil
		if sent, err := c.Send(b.Context(), m); err != nil || sent.State != outbox.Accepted {
			b.Fatal(sent, err)
		}
	}
}
