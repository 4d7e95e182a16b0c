package email_test

import (
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/email"
)

// TestMailboxTLS: with and without the authority that signed the server's
// certificate, from the first byte and by STARTTLS.
func TestMailboxTLS(t *testing.T) {
	secure, ca := certificate(t)
	listen := map[string]func() net.Listener{
		"implicit": func() net.Listener {
			l, err := tls.Listen("tcp", "127.0.0.1:0", secure)
			if err != nil {
				t.Fatal(err)
			}
			return l
		},
		"starttls": func() net.Listener {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			return l
		},
	}
	for way, open := range listen {
		for _, file := range []string{ca, ""} {
			offered := secure
			if way == "implicit" {
				offered = nil
			}
			o := openMemoryOn(t, open(), offered)
			set := strings.Replace(inbox(o, ""), `"imap_tls": "none"`, fmt.Sprintf(`"imap_tls": %q, "ca_file": %q`, way, file), 1)
			c := reading(t, t.TempDir(), set)
			if file == "" {
				told(t, c)
				if err := c.Health(t.Context()); err == nil || !strings.Contains(err.Error(), "certificate") {
					t.Errorf("%s, unknown authority: %v", way, err)
				}
				continue
			}
			o.deliver(t, answer(0), time.Now())
			answered(t, tells(t, c, 1), 0, 1)
		}
	}
}

// TestMailboxWithoutTLS: a server that wants TLS gets no password in the open.
func TestMailboxWithoutTLS(t *testing.T) {
	secure, _ := certificate(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := reading(t, t.TempDir(), inbox(openMemoryOn(t, l, secure), ""))
	told(t, c)
	if err := c.Health(t.Context()); err == nil || !strings.Contains(err.Error(), "takes no password") {
		t.Errorf("%v", err)
	}
}

// TestMailboxByToken logs in by the token that mail is sent with; one that the
// server does not take is read anew.
func TestMailboxByToken(t *testing.T) {
	o := openMemory(t)
	file := filepath.Join(t.TempDir(), "token")
	write := func(token string) {
		if err := os.WriteFile(file, []byte(token), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("old")
	set := strings.Replace(inbox(o, ""), `"imap_user": "ar", "imap_password": "right"`, fmt.Sprintf(`"user": "ar", "token_file": %q`, file), 1)
	c := reading(t, t.TempDir(), set)
	o.deliver(t, answer(0), time.Now())
	if list := told(t, c); len(list) != 0 || !strings.Contains(c.Health(t.Context()).Error(), "log in to 127.0.0.1 as ar") {
		t.Errorf("%d events, %v", len(list), c.Health(t.Context()))
	}
	write("good")
	answered(t, tells(t, c, 1), 0, 1)
}

// TestSilentServer: a server that takes connections and says nothing is given
// up, tried again, and said.
func TestSilentServer(t *testing.T) {
	c := configured(t, email.NewHasty(time.Hour, 50*time.Millisecond), t.TempDir(), inboxAt(silent(t), "ar", ""))
	if list := told(t, c); len(list) != 0 {
		t.Errorf("%v", list)
	}
	if err := c.Health(t.Context()); err == nil || !strings.Contains(err.Error(), "connect to 127.0.0.1") {
		t.Errorf("%v", err)
	}
}

// TestHalfOpen: a connection that dies without a word while a mail is fetched is
// given up, and the mail comes over the next.
func TestHalfOpen(t *testing.T) {
	o := openMemory(t)
	s := &stalling{}
	c := configured(t, email.NewHasty(50*time.Millisecond, 200*time.Millisecond), t.TempDir(), inboxAt(s.serve(t, o.port()), o.user(), ""))
	o.deliver(t, answer(0), time.Now())
	answered(t, tells(t, c, 1), 0, 1)
	if !s.stalled() {
		t.Error("no connection stalled")
	}
}
