package email_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

func settings(port int, more string) string {
	return fmt.Sprintf(`{"host": "127.0.0.1", "port": %d, "tls": "none", "timeout": "2s"%s}`, port, more)
}

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
				"host":        `{"host": "a b"}`,
				"port":        `{"host": "a", "port": 70000}`,
				"tls":         `{"host": "mail.example", "tls": "none"}`,
				"auth":        `{"host": "a", "auth": "magic"}`,
				"user":        `{"host": "a", "password": "x"}`,
				"password":    `{"host": "a", "user": "x"}`,
				"from":        `{"host": "a", "from": "A <a@b.example>"}`,
				"ca_file":     `{"host": "a", "ca_file": "/no/such.pem"}`,
				"timeout":     `{"host": "a", "timeout": "soon"}`,
				"connections": `{"host": "a", "connections": 0}`,
			},
		}
	})
}

func TestPlaintextNeedsAWord(t *testing.T) {
	c := plugintest.Wire(t, email.New())
	answer, err := c.Configure(t.Context(), &proto.ConfigureRequest{
		Settings: []byte(`{"host": "mail.example", "tls": "none", "allow_plaintext": "i-accept"}`),
	})
	if err != nil || len(answer.Problems) > 0 {
		t.Errorf("%v, %v", answer, err)
	}
}

// TestReplies goes through the table of classify.
func TestReplies(t *testing.T) {
	const (
		retry     = proto.State_STATE_RETRY
		refused   = proto.State_STATE_REFUSED
		uncertain = proto.State_STATE_UNCERTAIN
		accepted  = proto.State_STATE_ACCEPTED
	)
	cases := []struct {
		phase, reply string
		want         proto.State
		says         string
	}{
		{"greeting", "421 busy", retry, "busy"},
		{"greeting", "554 go away", retry, "554"},
		{"greeting", "hang up", retry, ""},
		{"greeting", "stall", retry, ""},
		{"MAIL", "451 later", retry, "451"},
		{"MAIL", "421 closing", retry, "421"},
		{"MAIL", "530 5.7.0 log in first", retry, "authentication failed"},
		{"MAIL", "550 not you", retry, "550"},
		{"MAIL", "552 too large", refused, "552"},
		{"MAIL", "hang up", retry, "lost"},
		{"MAIL", "stall", retry, "lost"},
		{"RCPT", "450 4.2.0 greylisted", retry, "greylisted"},
		{"RCPT", "421 closing", retry, "421"},
		{"RCPT", "550 5.1.1 no such user", refused, "no such user"},
		{"RCPT", "hang up", retry, "lost"},
		{"DATA", "451 later", retry, "451"},
		{"DATA", "554 no", refused, "554"},
		{"DATA", "hang up", retry, "lost"},
		{".", "250 2.0.0 queued as 4711", accepted, "4711"},
		{".", "451 try later", retry, "451"},
		{".", "421 closing", retry, "421"},
		{".", "552 too large", refused, "552"},
		{".", "554 5.7.1 spam", refused, "spam"},
		{".", "hang up", uncertain, "no answer"},
		{".", "stall", uncertain, "no answer"},
		{"COPY", "550 5.1.1 no such user", accepted, "copy@customer.example not taken"},
	}
	for _, c := range cases {
		t.Run(c.phase+" "+c.reply, func(t *testing.T) {
			t.Parallel()
			port := script{c.phase: c.reply}.play(t)
			client := plugintest.Configured(t, email.New(), strings.Replace(settings(port, ""), "2s", "1s", 1))
			r := plugintest.Request(1)
			r.Message.Cc = []*proto.Mailbox{{Address: "copy@customer.example"}}
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			defer cancel()
			answer, err := client.Send(ctx, r)
			if err != nil {
				t.Fatal(err)
			}
			o := answer.Outcome
			if o.State != c.want || !strings.Contains(o.Detail, c.says) {
				t.Errorf("%s: %s", o.State, o.Detail)
			}
			if o.State == retry && o.RetryAfterMs <= 0 {
				t.Error("no pause is named")
			}
		})
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

func TestLogin(t *testing.T) {
	for password, want := range map[string]proto.State{"right": proto.State_STATE_ACCEPTED, "wrong": proto.State_STATE_RETRY} {
		client := plugintest.Configured(t, email.New(),
			settings(new(sink).serve(t, nil), `, "user": "holdfast", "password": "`+password+`"`))
		o := sent(t, client, plugintest.Request(1))
		if o.State != want || want == proto.State_STATE_RETRY && !strings.Contains(o.Detail, "authentication failed") {
			t.Errorf("%s: %s: %s", password, o.State, o.Detail)
		}
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

func TestEnvelope(t *testing.T) {
	s := new(sink)
	client := plugintest.Configured(t, email.New(), settings(s.serve(t, nil), `, "from": "bounces@holdfast.example"`))
	r := plugintest.Request(1)
	r.Message.Cc = []*proto.Mailbox{{Address: "copy@customer.example"}}
	if o := sent(t, client, r); o.State != proto.State_STATE_ACCEPTED || o.ProviderId != r.Key+"@holdfast.example" {
		t.Errorf("%v", o)
	}
	if !slices.Equal(s.senders, []string{"bounces@holdfast.example"}) ||
		!slices.Equal(s.recipients, []string{"ap1@customer.example", "copy@customer.example"}) {
		t.Errorf("from %v to %v", s.senders, s.recipients)
	}
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

// TestStaleConnection: a server that has hung up between two mails costs
// nothing but a new connection.
func TestStaleConnection(t *testing.T) {
	s := new(sink)
	var server *smtp.Server
	client := plugintest.Configured(t, email.New(), settings(s.serve(t, func(x *smtp.Server) {
		x.ReadTimeout = 200 * time.Millisecond
		server = x
	}), ""))
	for n := range 2 {
		if o := sent(t, client, plugintest.Request(n)); o.State != proto.State_STATE_ACCEPTED {
			t.Errorf("%s: %s", o.State, o.Detail)
		}
		time.Sleep(2 * server.ReadTimeout)
	}
	if s.connections != 2 {
		t.Errorf("%d connections", s.connections)
	}
}

func BenchmarkSend(b *testing.B) {
	s := &sink{discard: true}
	client := plugintest.Configured(b, email.New(), settings(s.serve(b, nil), ""))
	b.SetParallelism(2)
	b.RunParallel(func(pb *testing.PB) {
		for n := 0; pb.Next(); n++ {
			if _, err := client.Send(b.Context(), plugintest.Request(n)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func sent(t *testing.T, client proto.ChannelClient, r *proto.SendRequest) *proto.Outcome {
	t.Helper()
	answer, err := client.Send(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Outcome
}
