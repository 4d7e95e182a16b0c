package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
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

func TestHungSendIsUncertainAndTheChannelLivesOn(t *testing.T) {
	cfg := config(t, "good")
	cfg.Deadlines.Send = 500 * time.Millisecond
	c := launch(t, cfg)
	before := send(t, c, "hello", outbox.Accepted)
	uncertain(t, c, "hang")
	after := send(t, c, "hello", outbox.Accepted)
	if before.ProviderID == after.ProviderID {
		t.Error("the hung process was kept")
	}
	gone(t, before.ProviderID)
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

func TestDeathInSendIsUncertain(t *testing.T) {
	c := launch(t, config(t, "good"))
	uncertain(t, c, "die")
	send(t, c, "hello", outbox.Accepted)
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

func TestHugeAnswerIsUncertain(t *testing.T) {
	c := launch(t, config(t, "good"))
	uncertain(t, c, "huge")
	send(t, c, "hello", outbox.Accepted)
}

func TestTwentyRestarts(t *testing.T) {
	c := launch(t, config(t, "good"))
	seen := make(map[string]bool)
	for range 20 {
		sent := send(t, c, "hello", outbox.Accepted)
		seen[sent.ProviderID] = true
		proc := c.live.proc.Load()
		if err := proc.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		<-proc.exited
	}
	if len(seen) != 20 {
		t.Errorf("%d processes", len(seen))
	}
}

// TestNothingHandedOverIsRetry: a channel that dies at every start says
// "retry", names a pause, and does not start again before it is over.
func TestNothingHandedOverIsRetry(t *testing.T) {
	cfg := config(t, "good")
	c := launch(t, cfg)
	c.cfg.Command = []string{cfg.Command[0], "channel", "serve", "dies-in-start"}
	uncertain(t, c, "die")
	send(t, c, "hello", outbox.Retry)
	sent := send(t, c, "hello", outbox.Retry)
	if sent.RetryAfter <= 0 || !strings.Contains(sent.Detail, "rests") {
		t.Errorf("pause %s, %q", sent.RetryAfter, sent.Detail)
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

func TestLaunchRefuses(t *testing.T) {
	cases := map[string]struct {
		kind fault.Kind
		says string
	}{
		"dies-in-start":      {fault.Transient, "start channel"},
		"sleeps-in-start":    {fault.Transient, "not ready"},
		"silent-listener":    {fault.Transient, "not ready"},
		"foreign-address":    {fault.Denied, "192.0.2.1"},
		"foreign-socket":     {fault.Denied, "elsewhere.sock"},
		"wrong-cookie":       {fault.Transient, "start channel"},
		"wrong-contract":     {fault.Unsupported, "version 2"},
		"wrong-name":         {fault.Invalid, `"email"`},
		"hangs-in-configure": {fault.Transient, "settings"},
		"bad-settings":       {fault.Invalid, "dir is [secret] and wrong; mend it"},
	}
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, name)
			cfg.Secrets = []string{"s3cret"}
			cfg.Deadlines.Start, cfg.Deadlines.Configure = 3*time.Second, 3*time.Second
			c, err := Launch(t.Context(), cfg)
			if err == nil {
				_ = c.Close()
				t.Fatal("launched")
			}
			if !fault.Is(err, want.kind) || !strings.Contains(err.Error(), want.says) {
				t.Errorf("%s: %v", fault.KindOf(err), err)
			}
			var settings *SettingsError
			if errors.As(err, &settings) != (name == "bad-settings") {
				t.Errorf("settings error: %v", settings)
			}
		})
	}
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

func TestChildrenDieWithTheChannel(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("looks at processes the Linux way")
	}
	for how, end := range map[string]func(*Channel){
		"closed": func(c *Channel) { _ = c.Close() },
		"died":   func(c *Channel) { _, _ = c.Send(context.Background(), message("die")) },
	} {
		t.Run(how, func(t *testing.T) {
			c := launch(t, config(t, "good"))
			sent := send(t, c, "child", outbox.Accepted)
			end(c)
			gone(t, sent.Detail)
			gone(t, sent.ProviderID)
		})
	}
}

func TestChannelDiesWithItsHost(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("looks at processes the Linux way")
	}
	p, err := self()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(p.Path, "be-a-host")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var pid string
	if _, err := fmt.Fscanln(out, &pid); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	gone(t, pid)
}

func TestLogsAreBounded(t *testing.T) {
	log := new(records)
	cfg := config(t, "leaks")
	cfg.Settings, cfg.Secrets, cfg.Logger = []byte(`{"password":"s3cret"}`), []string{"s3cret"}, slog.New(log)
	c := launch(t, cfg)
	send(t, c, "flood", outbox.Accepted)
	_ = c.Close()
	text := log.text()
	if !strings.Contains(text, `{"password":"[secret]"}`) || strings.Contains(text, "s3cret") {
		t.Errorf("secrets: %.300s", text)
	}
	if !strings.Contains(text, "line 0") {
		t.Errorf("the channel's lines are not logged: %.300s", text)
	}
	if n := strings.Count(text, "\n"); n > 400 || len(text) > 40*maxLine {
		t.Errorf("%d lines, %d bytes", n, len(text))
	}
}

// gone waits until a process has ended.
func gone(t *testing.T, id string) {
	t.Helper()
	pid, err := strconv.Atoi(id)
	if err != nil {
		t.Fatal(err)
	}
	for range 500 {
		p, err := os.FindProcess(pid)
		if err != nil || p.Signal(syscall.Signal(0)) != nil || zombie(pid) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d lives on", pid)
}

// zombie reports a process that has ended but was not fetched by its parent,
// as an orphan is where nobody plays init.
func zombie(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
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

func (r *records) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.String()
}
