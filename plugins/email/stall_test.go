package email_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

// stall is a phase in which a server falls silent, and what the mail then is.
type stall struct {
	phase, reply string
	want         proto.State
	settings     string
	bytes        int
}

// TestStalls: a server falls silent in each phase. The mail is uncertain only
// after its end; and while one connection hangs, others carry on. All wait at the
// same time, since waiting is most of it.
func TestStalls(t *testing.T) {
	const login = `, "user": "u", "password": "p"`
	var all sync.WaitGroup
	for _, s := range []stall{
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
	} {
		server := &scripted{script: script{s.phase: s.reply}, once: true}
		client := plugintest.Configured(t, email.New(), s.config(server.play(t)))
		all.Go(func() { s.play(t, server, client) })
	}
	all.Wait()
}

func (s stall) config(port int) string {
	config := strings.Replace(settings(port, `, "connections": 2`), "5s", "1s", 1)
	if strings.Contains(s.settings, "starttls") {
		return strings.Replace(config, `"none"`, `"starttls"`, 1)
	}
	return strings.TrimSuffix(config, "}") + s.settings + "}"
}

// play sends one mail into the silence, and others beside it.
func (s stall) play(t *testing.T, server *scripted, client proto.ChannelClient) {
	r := plugintest.Request(1)
	if s.bytes > 0 {
		r.Message.Attachments = []*proto.Attachment{{Name: "a.bin", Type: "application/octet-stream", Data: make([]byte, s.bytes)}}
	}
	stalled := make(chan *proto.Outcome, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second/2)
		defer cancel()
		answer, err := client.Send(ctx, r)
		if err != nil {
			t.Errorf("%s: %v", s.phase, err)
		}
		stalled <- answer.GetOutcome()
	}()
	<-server.stalled
	if s.phase != "STARTTLS" && s.phase != "AUTH" { // there the others would want TLS or a login too
		carriesOn(t, client)
	}
	if o := <-stalled; o.GetState() != s.want {
		t.Errorf("%s, %s: %s: %s", s.phase, s.reply, o.GetState(), o.GetDetail())
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
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_, _ = client.Send(ctx, plugintest.Request(1))
	}()
	<-server.stalled
	ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
	defer cancel()
	answer, err := client.Send(ctx, plugintest.Request(2))
	if err != nil || answer.Outcome.State != retry || !strings.HasPrefix(answer.Outcome.Detail, "all connections in use") {
		t.Errorf("%v, %v", answer, err)
	}
	<-first
}
