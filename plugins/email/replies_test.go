package email_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

// repetitions of each case.
const repetitions = 50

const (
	accepted  = proto.State_STATE_ACCEPTED
	refused   = proto.State_STATE_REFUSED
	retry     = proto.State_STATE_RETRY
	uncertain = proto.State_STATE_UNCERTAIN
)

// TestReplies has a server say each kind of reply at each phase, and hang up
// and talk nonsense there: every mail is in the right class, which is what its
// detail begins with.
func TestReplies(t *testing.T) {
	const login = `, "user": "u", "password": "p"`
	cases := []struct {
		phase, reply string
		want         proto.State
		class        string
		settings     string
	}{
		{"greeting", "421 4.3.2 closing", retry, "not now", ""},
		{"greeting", "554 no SMTP here", retry, "no service", ""},
		{"greeting", "hang up", retry, "connection lost", ""},
		{"greeting", "+OK POP3 ready", retry, "connection lost", ""},
		{"EHLO", "421 closing", retry, "not now", ""},
		{"EHLO", "hang up", retry, "connection lost", ""},
		{"EHLO", "250-one\n250-SIZE 1000\n250 HELP", accepted, "accepted", ""},
		{"AUTH", "535 5.7.8 wrong", retry, "authentication failed", login},
		{"AUTH", "534 5.7.9 too weak", retry, "authentication failed", login},
		{"AUTH", "454 4.7.0 later", retry, "not now", login},
		{"AUTH", "hang up", retry, "connection lost", login},
		{"MAIL", "451 4.3.0 later", retry, "not now", ""},
		{"MAIL", "421 4.4.2 idle", retry, "not now", ""},
		{"MAIL", "530 5.7.57 log in first", retry, "authentication failed", ""},
		{"MAIL", "550 5.7.1 not you", retry, "sender refused", ""},
		{"MAIL", "552 5.3.4 too large", refused, "content refused", ""},
		{"MAIL", "hang up", retry, "connection lost", ""},
		{"RCPT", "450-4.2.0 Recipient address rejected:\n450 4.2.0 Greylisted for 300 s", retry, "greylisted", ""},
		{"RCPT", "451 4.7.1 come back", retry, "greylisted", ""},
		{"RCPT", "452 4.2.2 over quota", retry, "not now", ""},
		{"RCPT", "421 4.7.0 too many", retry, "not now", ""},
		{"RCPT", "550-5.1.1 no such\n550 5.1.1 user", refused, "address refused", ""},
		{"RCPT", "554 5.7.1 Relay access denied", retry, "sender refused", ""},
		{"RCPT", "550 relay not permitted", retry, "sender refused", ""},
		{"RCPT", "550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using a list", retry, "sender refused", ""},
		{"RCPT", "550 5.7.1 not for you", refused, "address refused", ""},
		{"RCPT", "552 5.2.2 mailbox full", retry, "mailbox full", ""},
		{"RCPT", "251 will forward", accepted, "accepted", ""},
		{"RCPT", "503 5.5.1 MAIL first", retry, "not understood", ""},
		{"RCPT", "hang up", retry, "connection lost", ""},
		{"RCPT", "what?", retry, "connection lost", ""},
		{"DATA", "451 4.3.0 later", retry, "not now", ""},
		{"DATA", "421 closing", retry, "not now", ""},
		{"DATA", "554 5.5.1 no", refused, "content refused", ""},
		{"DATA", "250 go on", retry, "not understood", ""},
		{"DATA", "hang up", retry, "connection lost", ""},
		{"body", "hang up", uncertain, "uncertain", ""}, // the mail is short: its dot is on its way
		{".", "250-2.0.0 fine\n250 2.0.0 queued as 4711", accepted, "accepted", ""},
		{".", "later 250 2.0.0 queued", accepted, "accepted", ""},
		{".", "later 451 4.3.2 later", retry, "not now", ""},
		{".", "421 4.3.2 closing", retry, "not now", ""},
		{".", "451 4.7.1 greylisted", retry, "greylisted", ""},
		{".", "552 5.3.4 too large", refused, "content refused", ""},
		{".", "554 5.7.1 spam", refused, "content refused", ""},
		{".", "550 5.6.0 bad MIME", refused, "content refused", ""},
		{".", "550 5.1.1 no such user", refused, "address refused", ""},
		{".", "550 5.7.26 no DMARC pass", retry, "sender refused", ""},
		{".", "354 go on", uncertain, "uncertain", ""},
		{".", "hang up", uncertain, "uncertain", ""},
		{".", "fine, thanks", uncertain, "uncertain", ""},
	}
	for _, c := range cases {
		t.Run(c.phase+" "+c.reply, func(t *testing.T) {
			t.Parallel()
			server := &scripted{script: script{c.phase: c.reply}}
			client := plugintest.Configured(t, email.New(), settings(server.play(t), `, "connections": 10`+c.settings))
			outcomes := sendSome(t, client, repetitions)
			for _, o := range outcomes {
				if o.State != c.want || !strings.HasPrefix(o.Detail, c.class+": ") {
					t.Fatalf("%s: %s", o.State, o.Detail)
				}
				if o.State == retry && o.RetryAfterMs <= 0 {
					t.Fatalf("no pause is named: %s", o.Detail)
				}
				if o.WholeChannel != (c.class == "authentication failed" || c.class == "no service") {
					t.Fatalf("the whole channel pauses: %v: %s", o.WholeChannel, o.Detail)
				}
			}
		})
	}
}

// sendSome sends n messages over ten lanes and returns what became of them.
func sendSome(t *testing.T, client proto.ChannelClient, n int) []*proto.Outcome {
	t.Helper()
	outcomes := make([]*proto.Outcome, n)
	var wg sync.WaitGroup
	for lane := range 10 {
		wg.Go(func() {
			for i := lane; i < n; i += 10 {
				outcomes[i] = sent(t, client, plugintest.Request(i))
			}
		})
	}
	wg.Wait()
	return outcomes
}

// TestGreylistedGoesLater: what was put off is free to go under the same key.
func TestGreylistedGoesLater(t *testing.T) {
	server := &scripted{script: script{"RCPT": "451 4.7.1 greylisted"}, once: true}
	port := server.play(t)
	client := plugintest.Configured(t, email.New(), settings(port, `, "connections": 1`))
	if o := sent(t, client, plugintest.Request(1)); o.State != retry {
		t.Fatalf("%s: %s", o.State, o.Detail)
	}
	r := plugintest.Request(1)
	look, err := client.Lookup(t.Context(), &proto.LookupRequest{Key: r.Key})
	if err != nil || look.Outcome.State == accepted {
		t.Errorf("lookup: %v, %v", look, err)
	}
	again := plugintest.Configured(t, email.New(), settings(port, ""))
	if o := sent(t, again, r); o.State != accepted {
		t.Errorf("%s: %s", o.State, o.Detail)
	}
}

// TestKeptConnectionThatIsLost: a mail goes over another connection only where the
// lost one had taken nothing of it; whatever may have left goes once.
func TestKeptConnectionThatIsLost(t *testing.T) {
	for phase, c := range map[string]struct {
		want             proto.State
		connections, got int64
	}{
		"MAIL": {accepted, 2, 2},
		"RCPT": {retry, 1, 1},
		"DATA": {retry, 1, 1},
		".":    {uncertain, 1, 2},
	} {
		server := &scripted{script: script{phase: "hang up"}, spared: 1}
		client := plugintest.Configured(t, email.New(), settings(server.play(t), `, "connections": 1`))
		if o := sent(t, client, plugintest.Request(1)); o.State != accepted {
			t.Errorf("%s, the first mail: %s: %s", phase, o.State, o.Detail)
		}
		o := sent(t, client, plugintest.Request(2))
		if begun, got := server.begun.Load(), server.got.Load(); o.State != c.want || begun != c.connections || got != c.got {
			t.Errorf("%s: %s: %s; %d connections, %d mails", phase, o.State, o.Detail, begun, got)
		}
	}
}

func settings(port int, more string) string {
	return fmt.Sprintf(`{"host": "127.0.0.1", "port": %d, "tls": "none", "timeout": "5s"%s}`, port, more)
}

func sent(t testing.TB, client proto.ChannelClient, r *proto.SendRequest) *proto.Outcome {
	t.Helper()
	answer, err := client.Send(t.Context(), r)
	if err != nil {
		t.Error(err)
		return &proto.Outcome{}
	}
	return answer.Outcome
}
