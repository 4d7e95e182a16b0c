package conform_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"holdfast/plugins"
	"holdfast/plugins/conform"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

// TestMain is a channel when the test binary is started as one: one of the
// shipped ones as the program starts them, or a bad one by the name of its file.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "channel" && os.Args[2] == "serve" {
		if err := plugins.Serve(os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if name := conform.NameOf(os.Args[0]); name != "" {
		serveBad(name)
		return
	}
	os.Exit(m.Run())
}

// self is the test binary's path.
func self(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// shipped are options for a channel that the program serves to itself.
func shipped(t *testing.T, name string, settings map[string]any) conform.Options {
	t.Helper()
	text, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	return conform.Options{Command: []string{self(t), "channel", "serve", name}, Name: name, Settings: text, Send: true, Only: sending}
}

// sending are the groups that only settings and messages can show; the others
// are shown of each shipped channel by TestEachShippedChannel.
var sending = []string{"send", "refuse", "repeat", "lookup", "events", "health", "limits"}

// run runs the kit and writes what each check saw.
func run(t *testing.T, o conform.Options) conform.Report {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	report, err := conform.Run(ctx, o, func(r conform.Result) {
		t.Logf("%-7s %s/%s: %s", r.State, r.Group, r.Name, r.Seen)
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// passes fails the test for each failed check, and where too few were run.
func passes(t *testing.T, r conform.Report, atLeast int) {
	t.Helper()
	for _, result := range r.Results {
		if result.State == conform.Failed {
			t.Errorf("%s/%s: %s; promised: %s", result.Group, result.Name, result.Seen, result.Promise)
		}
	}
	if n := r.Count(conform.Passed); n < atLeast {
		t.Errorf("%d checks passed, want at least %d", n, atLeast)
	}
}

// inbox takes every mail.
type inbox struct{ mails atomic.Int64 }

func (i *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return i, nil }
func (*inbox) Mail(string, *smtp.MailOptions) error          { return nil }
func (*inbox) Rcpt(string, *smtp.RcptOptions) error          { return nil }
func (*inbox) Reset()                                        {}
func (*inbox) Logout() error                                 { return nil }

func (i *inbox) Data(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	i.mails.Add(1)
	return err
}

func TestEmailChannelPasses(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	box := new(inbox)
	server := smtp.NewServer(box)
	server.Domain, server.MaxMessageBytes = "localhost", 64<<20
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	report := run(t, shipped(t, "email", map[string]any{
		"host": "127.0.0.1", "port": l.Addr().(*net.TCPAddr).Port, "tls": "none", "auth": "none",
	}))
	passes(t, report, 45)
	if box.mails.Load() < 15 || report.Messages < 15 {
		t.Errorf("%d mails arrived of %d messages", box.mails.Load(), report.Messages)
	}
}

func TestLetterChannelPasses(t *testing.T) {
	t.Parallel()
	passes(t, run(t, shipped(t, "letter", map[string]any{"dir": t.TempDir()})), 45)
}

func TestChatChannelPasses(t *testing.T) {
	t.Parallel()
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // a sender who hangs up is what some checks do
	}))
	t.Cleanup(hook.Close)
	passes(t, run(t, shipped(t, "chat", map[string]any{
		"kind": "webhook", "url": hook.URL, "secret": "tok-0123456789abcdef", "allow_private": "i-accept", "allow_plaintext": "i-accept",
	})), 45)
}

func TestSMSChannelPasses(t *testing.T) {
	t.Parallel()
	s := twiliotest.New()
	t.Cleanup(s.Close)
	passes(t, run(t, shipped(t, "sms", map[string]any{
		"account_sid": twiliotest.AccountSID, "auth_token": twiliotest.AuthToken, "base_url": s.URL, "from": twiliotest.Number,
	})), 45)
}

func TestVoiceChannelPasses(t *testing.T) {
	t.Parallel()
	s := twiliotest.New()
	t.Cleanup(s.Close)
	passes(t, run(t, shipped(t, "voice", map[string]any{
		"account_sid": twiliotest.AccountSID, "auth_token": twiliotest.AuthToken, "base_url": s.URL, "from": twiliotest.Number,
		"public_url": "https://hooks.holdfast.example/voice", "listen": twiliotest.FreeAddress(t),
	})), 45)
}

// TestEachShippedChannel: whatever can be tried of a channel without settings
// is kept by all.
func TestEachShippedChannel(t *testing.T) {
	for _, e := range plugins.All() {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			o := shipped(t, e.Name, nil)
			o.Settings, o.Send, o.Only = nil, false, []string{"describe", "settings"}
			passes(t, run(t, o), 20)
		})
	}
}

// TestChosenGroups: a group brings what it builds on and nothing else.
func TestChosenGroups(t *testing.T) {
	o := shipped(t, "file", map[string]any{"dir": filepath.Join(t.TempDir(), "out")})
	o.Only = []string{"health"}
	report := run(t, o)
	passes(t, report, 6)
	for _, r := range report.Results {
		if r.Group == "repeat" || r.Group == "end" {
			t.Errorf("%s/%s was run", r.Group, r.Name)
		}
	}
	o.Only = []string{"wealth"}
	if _, err := conform.Run(t.Context(), o, nil); err == nil {
		t.Error("a group that is not there was taken")
	}
}

// TestNothingLeavesUnasked: without leave to send, no message is handed over.
func TestNothingLeavesUnasked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	o := shipped(t, "file", map[string]any{"dir": dir})
	o.Send, o.Only = false, nil
	report := run(t, o)
	passes(t, report, 45)
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 || report.Messages != 0 {
		t.Errorf("%v, %v, %d messages", entries, err, report.Messages)
	}
	if report.Count(conform.Skipped) < 30 {
		t.Errorf("%d skipped", report.Count(conform.Skipped))
	}
}

func TestFileChannelPasses(t *testing.T) {
	t.Parallel()
	passes(t, run(t, shipped(t, "file", map[string]any{"dir": filepath.Join(t.TempDir(), "out")})), 45)
}
