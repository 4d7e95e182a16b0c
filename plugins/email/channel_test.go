package email_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-smtp"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

func TestConforms(t *testing.T) {
	plugintest.Conform(t, func(t testing.TB) plugintest.Case {
		s := new(sink)
		return plugintest.Case{
			New:      email.New,
			Fields:   new(email.Settings),
			Settings: settings(s.serve(t, nil), ""),
			Arrived: func(t testing.TB) []plugintest.Mail {
				s.mu.Lock()
				defer s.mu.Unlock()
				var mails []plugintest.Mail
				for _, raw := range s.mails {
					mails = append(mails, plugintest.ParseMail(t, raw))
				}
				return mails
			},
			Spoilt: map[string]string{
				"host":       `{"host": "a b"}`,
				"port":       `{"host": "a", "port": 70000}`,
				"tls":        `{"host": "mail.example", "tls": "none"}`,
				"auth":       `{"host": "a", "auth": "magic"}`,
				"user":       `{"host": "a", "password": "x"}`,
				"password":   `{"host": "a", "user": "x"}`,
				"token":      `{"host": "a", "user": "x", "password": "y", "token": "z"}`,
				"token_file": `{"host": "a", "user": "x", "auth": "xoauth2"}`,

				"oauth_token_url":     `{"host": "a", "user": "x", "oauth_token_url": "http://login.example/token", "oauth_client_id": "i", "oauth_refresh_token": "r"}`,
				"oauth_client_id":     `{"host": "a", "user": "x", "oauth_token_url": "https://login.example/token", "oauth_refresh_token": "r"}`,
				"oauth_client_secret": `{"host": "a", "user": "x", "oauth_token_url": "https://login.example/token", "oauth_client_id": "i"}`,

				"dkim_domain":   `{"host": "a", "dkim_selector": "s", "dkim_key_file": "/k.pem"}`,
				"dkim_selector": `{"host": "a", "dkim_domain": "d.example", "dkim_selector": "a b", "dkim_key_file": "/k.pem"}`,
				"dkim_key_file": `{"host": "a", "dkim_domain": "d.example", "dkim_selector": "s", "dkim_key_file": "/no/such.pem"}`,
				"from":          `{"host": "a", "from": "A <a@b.example>"}`,
				"ca_file":       `{"host": "a", "ca_file": "/no/such.pem"}`,
				"timeout":       `{"host": "a", "timeout": "soon"}`,
				"connections":   `{"host": "a", "connections": 0}`,
			},
		}
	})
}

func TestPlaintextNeedsAWord(t *testing.T) {
	c := plugintest.Wire(t, email.New())
	answer, err := c.Configure(t.Context(), &proto.ConfigureRequest{
		Settings: []byte(`{"host": "mail.example", "tls": "none", "allow_plaintext": "i-accept"}`), WorkFolder: t.TempDir(),
	})
	if err != nil || len(answer.Problems) > 0 {
		t.Errorf("%v, %v", answer, err)
	}
}

func TestNobodyThereIsRetry(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	client := plugintest.Configured(t, email.New(), settings(port, ""))
	o := sent(t, client, plugintest.Request(1))
	if o.State != proto.State_STATE_RETRY || !strings.Contains(o.Detail, "cannot be reached") {
		t.Errorf("%s: %s", o.State, o.Detail)
	}
	if h, err := client.Health(t.Context(), &proto.HealthRequest{}); err != nil || h.Ok {
		t.Errorf("health: %v, %v", h, err)
	}
}

func TestTLS(t *testing.T) {
	cert, ca := certificate(t)
	offer := func(s *smtp.Server) { s.TLSConfig = cert }
	cases := map[string]struct {
		tls, ca string
		change  func(*smtp.Server)
		want    proto.State
	}{
		"starttls":              {"starttls", ca, offer, proto.State_STATE_ACCEPTED},
		"unknown authority":     {"starttls", "", offer, proto.State_STATE_RETRY},
		"starttls not offered":  {"starttls", ca, nil, proto.State_STATE_RETRY},
		"implicit":              {"implicit", ca, offer, proto.State_STATE_ACCEPTED},
		"implicit, plain there": {"implicit", ca, nil, proto.State_STATE_RETRY},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			port := new(sink).serve(t, c.change)
			if name == "implicit" {
				port = implicitPort(t, cert)
			}
			client := plugintest.Configured(t, email.New(), fmt.Sprintf(
				`{"host": "127.0.0.1", "port": %d, "tls": %q, "ca_file": %q, "timeout": "2s"}`, port, c.tls, c.ca))
			if o := sent(t, client, plugintest.Request(1)); o.State != c.want {
				t.Errorf("%s: %s", o.State, o.Detail)
			}
		})
	}
}

// implicitPort serves a sink behind TLS from the first byte.
func implicitPort(t *testing.T, cert *tls.Config) int {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", cert)
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(new(sink))
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return l.Addr().(*net.TCPAddr).Port
}

func TestConnectionsAreReused(t *testing.T) {
	s := new(sink)
	client := plugintest.Configured(t, email.New(), settings(s.serve(t, nil), `, "connections": 3`))
	var wg sync.WaitGroup
	for lane := range 8 {
		wg.Go(func() {
			for n := range 20 {
				sent(t, client, plugintest.Request(100*lane+n))
			}
		})
	}
	wg.Wait()
	if len(s.mails) != 160 || s.connections > 3 {
		t.Errorf("%d mails over %d connections", len(s.mails), s.connections)
	}
}

// TestStaleConnection: a server that hangs up between two mails costs nothing
// but a new connection.
func TestStaleConnection(t *testing.T) {
	server := &scripted{script: script{".": "last 250 fine"}}
	client := plugintest.Configured(t, email.New(), settings(server.play(t), ""))
	for n := range 5 {
		if o := sent(t, client, plugintest.Request(n)); o.State != accepted {
			t.Errorf("%s: %s", o.State, o.Detail)
		}
	}
	if server.got.Load() != 5 {
		t.Errorf("%d mails arrived", server.got.Load())
	}
}

// TestCallerThatLeaves: once a mail has come to its end the server's answer is
// awaited and kept, even if nobody waits for it any more.
func TestCallerThatLeaves(t *testing.T) {
	server := &scripted{script: script{".": "later 250 fine"}}
	client := plugintest.Configured(t, email.New(), settings(server.play(t), ""))
	r := plugintest.Request(1)
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, err := client.Send(ctx, r)
		left <- err
	}()
	<-server.ended
	leave()
	if err := <-left; err == nil {
		t.Error("the answer came before the caller left")
	}
	eventually(t, "the answer is kept", func() bool {
		look, err := client.Lookup(t.Context(), &proto.LookupRequest{Key: r.Key})
		return err == nil && look.Outcome.State == accepted
	})
	if o := sent(t, client, r); o.State != accepted || server.got.Load() != 1 {
		t.Errorf("again: %s; %d mails arrived", o.State, server.got.Load())
	}
}

// TestCallerThatLeavesEarly: before its end a mail is given up, and the next
// one finds a connection.
func TestCallerThatLeavesEarly(t *testing.T) {
	server := &scripted{script: script{"RCPT": "stall"}, once: true}
	client := plugintest.Configured(t, email.New(), settings(server.play(t), `, "connections": 1`))
	ctx, leave := context.WithCancel(t.Context())
	go func() {
		<-server.stalled
		leave()
	}()
	if _, err := client.Send(ctx, plugintest.Request(1)); err == nil {
		t.Error("a mail that stalls was answered")
	}
	if o := sent(t, client, plugintest.Request(2)); o.State != accepted {
		t.Errorf("%s: %s", o.State, o.Detail)
	}
}

func BenchmarkSend(b *testing.B) {
	s := &sink{discard: true}
	client := plugintest.Configured(b, email.New(), settings(s.serve(b, nil), ""))
	var key atomic.Int64
	b.SetParallelism(2)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := client.Send(b.Context(), plugintest.Request(int(key.Add(1)))); err != nil {
				b.Fatal(err)
			}
		}
	})
}
