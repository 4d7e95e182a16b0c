package plugins_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"holdfast/engine/outbox"
	"holdfast/plugins/host"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

// The channel's process is killed in the middle of a call and before its end is
// told; the next one goes on where it was, and what the customer promised is told
// once.
func TestKilledInTheMiddleOfACall(t *testing.T) {
	provider := twiliotest.New()
	t.Cleanup(provider.Close)
	listen := freePort(t)
	c := launch(t, "voice", map[string]any{
		"account_sid": twiliotest.AccountSID, "auth_token": twiliotest.AuthToken, "base_url": provider.URL,
		"from": twiliotest.Number, "listen": listen, "public_url": "http://" + listen,
	})
	last := time.Now().AddDate(0, 0, 14)
	m := message(1)
	m.To[0].Address, m.Attachments, m.Language = "+12075550142", nil, "en"
	m.Call = &outbox.Call{
		Script: "Hello.", Menu: "Press 2.", AskDay: "Which day?", LastDay: last.Format(time.DateOnly), DayTaken: "%s?", NotUnderstood: "Sorry.", Goodbye: "Bye.",
	}
	sent, err := c.Send(t.Context(), m)
	if err != nil || sent.State != outbox.Accepted {
		t.Fatal(err, sent)
	}
	kills := 0
	heard, err := provider.Play(sent.ProviderID, twiliotest.Talk{
		AnsweredBy: "human", Keys: []string{"2", last.Format("0201"), "1"}, Before: func(address string) {
			if strings.Contains(address, "/menu") || strings.Contains(address, "/status") {
				kills += killChannels(t)
				awake(t, c, listen)
			}
		},
	})
	if err != nil || kills < 2 {
		t.Fatal(err, kills)
	}
	if heard.Said[len(heard.Said)-1] != "Bye." || heard.Ended != "hangup" {
		t.Errorf("%+v", heard)
	}
	var told []outbox.Event
	if err := c.Events(t.Context(), "", func(e outbox.Event) error { told = append(told, e); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || told[0].Code != "promised" || told[0].Day.String() != last.Format(time.DateOnly) || told[0].Key != m.Key {
		t.Errorf("%+v", told)
	}
	if again, err := c.Send(t.Context(), m); err != nil || again.ProviderID != sent.ProviderID || len(provider.Calls()) != 1 {
		t.Errorf("%v %+v", err, again)
	}
}

// killChannels kills the processes that this one has started, and returns how
// many there were.
func killChannels(t *testing.T) int {
	t.Helper()
	lists, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil {
		t.Fatal(err)
	}
	killed := 0
	for _, list := range lists {
		text, err := os.ReadFile(list)
		if err != nil {
			continue // the thread has ended
		}
		for pid := range strings.FieldsSeq(string(text)) {
			var n int
			if _, err := fmt.Sscan(pid, &n); err == nil && syscall.Kill(n, syscall.SIGKILL) == nil {
				killed++
			}
		}
	}
	return killed
}

// awake waits until a new process takes webhooks: the host starts it when it
// asks for events.
func awake(t *testing.T, c *host.Channel, listen string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		err := c.Events(context.WithoutCancel(t.Context()), "", func(outbox.Event) error { return nil })
		if err == nil {
			var conn net.Conn
			if conn, err = net.DialTimeout("tcp", listen, time.Second); err == nil {
				_ = conn.Close()
				return
			}
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// freePort is an address on loopback that nobody has just now, below the ports
// that the system gives to connections.
func freePort(t *testing.T) string {
	t.Helper()
	for port := 20000 + os.Getpid()%9000; port < 32000; port++ {
		address := fmt.Sprintf("127.0.0.1:%d", port)
		if l, err := net.Listen("tcp", address); err == nil {
			_ = l.Close()
			return address
		}
	}
	t.Fatal("there is no free port")
	return ""
}
