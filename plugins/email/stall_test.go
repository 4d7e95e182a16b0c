package email_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

// TestStalls: a server falls silent in each phase. The mail is uncertain only
// after its end; and while one connection hangs, others carry on.
func TestStalls(t *testing.T) {
	const login = `, "user": "u", "password": "p"`
	cases := []struct {
		phase, reply string
		want         proto.State
		settings     string
		bytes        int
	}{
		{"greeting", "stall", retry, "", 0},
		{"EHLO", "stall", retry, "", 0},
		{"STARTTLS", "stall", retry, `, "tls": "starttls"`, 0},
		{"STARTTLS", "220 and no handshake", retry, `, "tls": "starttls"`, 0},
		{"AUTH", "stall", retry, login, 0},
		{"MAIL", "stall", retry, "", 0},
		{"RCPT", "stall", retry, "", 0},
		{"DATA", "stall", retry, "", 0},
		{"body", "stall", retry, "", 12 << 20}, // more than the sockets hold
		{".", "stall", uncertain, "", 0},
	}
	for _, c := range cases {
		t.Run(c.phase+" "+c.reply, func(t *testing.T) {
			t.Parallel()
			server := &scripted{script: script{c.phase: c.reply}, once: true}
			config := strings.Replace(settings(server.play(t), `, "connections": 2`), "5s", "1s", 1)
			if strings.Contains(c.settings, "starttls") {
				config = strings.Replace(config, `"none"`, `"starttls"`, 1)
			} else {
				config = strings.TrimSuffix(config, "}") + c.settings + "}"
			}
			client := plugintest.Configured(t, email.New(), config)
			r := plugintest.Request(1)
			if c.bytes > 0 {
				r.Message.Attachments = []*proto.Attachment{{Name: "a.bin", Type: "application/octet-stream", Data: make([]byte, c.bytes)}}
			}
			stalled := make(chan *proto.Outcome, 1)
			go func() {
				ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second/2)
				defer cancel()
				answer, err := client.Send(ctx, r)
				if err != nil {
					t.Error(err)
				}
				stalled <- answer.GetOutcome()
			}()
			<-server.stalled
			if c.phase != "STARTTLS" && c.phase != "AUTH" { // there the others would want TLS or a login too
				carriesOn(t, client)
			}
			if o := <-stalled; o.GetState() != c.want {
				t.Errorf("%s: %s", o.GetState(), o.GetDetail())
			}
		})
	}
}

// carriesOn sends mails over the connection that is left.
func carriesOn(t *testing.T, client proto.ChannelClient) {
	t.Helper()
	for n := range 20 {
		if o := sent(t, client, plugintest.Request(100+n)); o.State != accepted {
			t.Errorf("beside the stalled one: %s: %s", o.State, o.Detail)
		}
	}
}

// TestNoConnectionFree: a mail that finds all connections in use is answered
// before its caller gives up.
func TestNoConnectionFree(t *testing.T) {
	server := &scripted{script: script{".": "stall"}}
	client := plugintest.Configured(t, email.New(), settings(server.play(t), `, "connections": 1`))
	first := make(chan struct{})
	go func() {
		defer close(first)
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_, _ = client.Send(ctx, plugintest.Request(1))
	}()
	<-server.stalled
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	answer, err := client.Send(ctx, plugintest.Request(2))
	if err != nil || answer.Outcome.State != retry || !strings.HasPrefix(answer.Outcome.Detail, "all connections in use") {
		t.Errorf("%v, %v", answer, err)
	}
	<-first
}
