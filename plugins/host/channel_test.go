package host

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

var self = sync.OnceValues(Self)

func config(t *testing.T, name string) Config {
	t.Helper()
	p, err := self()
	if err != nil {
		t.Fatal(err)
	}
	cfg := p.Own(name)
	cfg.Dir = filepath.Join(t.TempDir(), name)
	cfg.Deadlines = Deadlines{Kill: time.Second}
	return cfg
}

// launch starts a channel and ends it with the test.
func launch(t *testing.T, cfg Config) *Channel {
	t.Helper()
	c, err := Launch(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func message(subject string) outbox.Message {
	return outbox.Message{
		Key: "k", From: outbox.Mailbox{Address: "a@b.example"}, To: []outbox.Mailbox{{Address: "c@d.example"}},
		Subject: subject, Text: "text", Date: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC),
	}
}

func send(t *testing.T, c *Channel, subject string, state outbox.State) outbox.Sent {
	t.Helper()
	sent, err := c.Send(t.Context(), message(subject))
	if err != nil || sent.State != state {
		t.Fatalf("%s: %s (%s), %v; want %s", subject, sent.State, sent.Detail, err, state)
	}
	return sent
}

func uncertain(t *testing.T, c *Channel, subject string) error {
	t.Helper()
	sent, err := c.Send(t.Context(), message(subject))
	if !fault.Is(err, fault.Uncertain) {
		t.Fatalf("%s: %v, %v; want an uncertain error", subject, sent, err)
	}
	return err
}

func TestAnswersPassThrough(t *testing.T) {
	c := launch(t, config(t, "good"))
	send(t, c, "hello", outbox.Accepted)
	if sent := send(t, c, "refuse", outbox.Refused); sent.Detail != "no such customer" {
		t.Errorf("detail %q", sent.Detail)
	}
	if sent := send(t, c, "later", outbox.Retry); sent.RetryAfter != 90*time.Second {
		t.Errorf("retry after %s", sent.RetryAfter)
	}
	for key, want := range map[outbox.Key]outbox.State{"known": outbox.Accepted, "unknown": outbox.Uncertain} {
		if sent, err := c.Lookup(t.Context(), key, time.Now()); err != nil || sent.State != want {
			t.Errorf("lookup %s: %v, %v", key, sent, err)
		}
	}
	if err := c.Health(t.Context()); err != nil {
		t.Error(err)
	}
	if a := c.Describe(); a.Name != "good" || !c.Repeatable() {
		t.Errorf("about %+v", a)
	}
	var cursors []string
	err := c.Events(t.Context(), "1", func(e outbox.Event) error { cursors = append(cursors, e.Cursor+string(e.Kind)); return nil })
	if err != nil || strings.Join(cursors, " ") != "2bounced_hard 3bounced_soft" {
		t.Errorf("events %v, %v", cursors, err)
	}
}

func TestLargeMessages(t *testing.T) {
	c := launch(t, config(t, "good"))
	m := message("large")
	m.Attachments = []outbox.Attachment{{Name: "a", Type: "b/c", Data: make([]byte, 20<<20)}}
	if sent, err := c.Send(t.Context(), m); err != nil || sent.State != outbox.Accepted {
		t.Errorf("20 MiB: %v, %v", sent, err)
	}
	m.Attachments[0].Data = make([]byte, 65<<20)
	if sent, err := c.Send(t.Context(), m); err != nil || sent.State != outbox.Refused {
		t.Errorf("65 MiB: %v, %v", sent, err)
	}
}

func TestCallerWhoGivesUpDoesNotKillTheChannel(t *testing.T) {
	c := launch(t, config(t, "good"))
	before := send(t, c, "hello", outbox.Accepted)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := c.Send(ctx, message("hang")); !fault.Is(err, fault.Uncertain) {
		t.Errorf("%v", err)
	}
	if after := send(t, c, "hello", outbox.Accepted); before.ProviderID != after.ProviderID {
		t.Error("the process was killed")
	}
}

func TestErrorsAreUncertainAndHideSecrets(t *testing.T) {
	cfg := config(t, "good")
	cfg.Secrets = []string{"s3cret"}
	c := launch(t, cfg)
	if err := uncertain(t, c, "error"); strings.Contains(err.Error(), "s3cret") || !strings.Contains(err.Error(), "no idea") {
		t.Errorf("error %v", err)
	}
	sent := send(t, c, "detail", outbox.Accepted)
	if strings.Contains(sent.Detail, "s3cret") || strings.Contains(sent.Detail, "\n") || len(sent.Detail) > 1100 {
		t.Errorf("detail of %d bytes: %.40q", len(sent.Detail), sent.Detail)
	}
}

func TestClosedChannelIsRetry(t *testing.T) {
	c := launch(t, config(t, "good"))
	for range 2 {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
	send(t, c, "hello", outbox.Retry)
}

func TestNothingOfTheHostIsInherited(t *testing.T) {
	t.Setenv("ERP_PASSWORD", "s3cret")
	c := launch(t, config(t, "good"))
	for _, name := range strings.Fields(send(t, c, "environment", outbox.Accepted).Detail) {
		known := strings.HasPrefix(name, "PLUGIN_") || name == "HOLDFAST_CHANNEL"
		if !known && name != "TMPDIR" && name != "SystemRoot" && name != "TEMP" && name != "TMP" && name != "PWD" {
			t.Errorf("the channel sees %s", name)
		}
	}
}

func TestLogsAreBounded(t *testing.T) {
	log := new(records)
	cfg := config(t, "leaks")
	cfg.Settings, cfg.Secrets, cfg.Logger = []byte(`{"password":"s3cret"}`), []string{"s3cret"}, slog.New(log)
	c := launch(t, cfg)
	log.says(t, `{"password":"[secret]"}`)
	send(t, c, "flood", outbox.Accepted)
	log.says(t, " 0\n") // of either stream
	_ = c.Close()
	text := log.text()
	if strings.Contains(text, "s3cret") {
		t.Errorf("secrets: %.300s", text)
	}
	if n := strings.Count(text, "\n"); n > 4000 || len(text) > 40*maxLine { // of 40,000 lines
		t.Errorf("%d lines, %d bytes", n, len(text))
	}
}

// records is a log handler that keeps its lines.
type records struct {
	mu sync.Mutex
	b  strings.Builder
}

func (r *records) Enabled(context.Context, slog.Level) bool { return true }
func (r *records) WithAttrs([]slog.Attr) slog.Handler       { return r }
func (r *records) WithGroup(string) slog.Handler            { return r }
func (r *records) Handle(_ context.Context, rec slog.Record) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.b.WriteString(rec.Message + "\n")
	return nil
}

// says waits until a text has been logged: what a channel writes comes beside its
// answers, not before them.
func (r *records) says(t *testing.T, want string) {
	t.Helper()
	for range 1000 {
		if strings.Contains(r.text(), want) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("nothing like %q was logged: %.300s", want, r.text())
}

func (r *records) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.String()
}

// What the config knows of the way out is handed to the channel.
func TestProxyIsHandedOver(t *testing.T) {
	cfg := config(t, "good")
	cfg.Proxy, cfg.NoProxy, cfg.CAFile = "http://proxy.lan:3128", ".lan,10.0.0.0/8", "/etc/ca.pem"
	if got := send(t, launch(t, cfg), "setup", outbox.Accepted).Detail; got != "http://proxy.lan:3128|.lan,10.0.0.0/8|/etc/ca.pem" {
		t.Errorf("the channel was told %q", got)
	}
}

// That nothing can leave by this channel at all is passed on.
func TestWholeChannelPauses(t *testing.T) {
	sent := send(t, launch(t, config(t, "good")), "pause", outbox.Retry)
	if !sent.WholeChannel || sent.RetryAfter != time.Hour || sent.Detail != "wrong password" {
		t.Errorf("%+v", sent)
	}
}

// A descriptor that was opened without close-on-exec, as libraries in C do,
// stays with the host; so does the executable that was held open for the start.
func TestDescriptorsAreNotInherited(t *testing.T) {
	linuxOnly(t)
	path := filepath.Join(t.TempDir(), "ledger")
	must(t, os.WriteFile(path, nil, 0o600))
	fd, err := syscall.Open(path, syscall.O_RDONLY, 0)
	must(t, err)
	defer func() { _ = syscall.Close(fd) }()
	listed, err := exec.Command("ls", "-l", "/proc/self/fd").Output()
	must(t, err)
	if !strings.Contains(string(listed), path) {
		t.Fatalf("the descriptor would not be inherited by anybody: %s", listed)
	}
	if open := send(t, launch(t, config(t, "good")), "descriptors", outbox.Accepted).Detail; open != "/dev/null" {
		t.Errorf("the channel has open: %s", open)
	}
}
