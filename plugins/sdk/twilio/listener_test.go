package twilio_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"holdfast/plugins/sdk/twilio"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

// listening starts a listener whose public address is its own with a path, as
// behind a proxy that keeps it.
func listening(t *testing.T, path string, handle twilio.Handler) *twilio.Listener {
	t.Helper()
	l := &twilio.Listener{
		Listen: twiliotest.FreeAddress(t), Account: account(""),
		Handlers: map[string]twilio.Handler{"/status": handle},
	}
	l.PublicURL = "http://" + l.Listen + path
	if err := l.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// TestWebhooks: what is signed is heard, with query and form; nothing else is.
func TestWebhooks(t *testing.T) {
	s := served(t)
	var heard []twilio.Hook
	l := listening(t, "/hooks", func(_ context.Context, h twilio.Hook) ([]byte, error) {
		heard = append(heard, h)
		switch h.Form.Get("Body") {
		case "fail":
			return nil, errors.New("the record cannot be written")
		case "answer":
			return []byte("<Response><Hangup/></Response>"), nil
		}
		return nil, nil
	})
	form := url.Values{"Body": {"Grüße & <b>"}, "From": {"+15005550010"}}
	address := l.Address("/status", url.Values{"key": {"a b"}})
	status, body, err := s.Post(address, form)
	if err != nil || status != 200 || !bytes.Contains(body, []byte("<Response></Response>")) {
		t.Fatalf("%d %q, %v", status, body, err)
	}
	if len(heard) != 1 || heard[0].Form.Get("Body") != "Grüße & <b>" || heard[0].Query.Get("key") != "a b" {
		t.Fatalf("heard %+v", heard)
	}
	for name, post := range map[string]struct {
		address, signature string
		form               url.Values
		want               int
	}{
		"no signature":       {address, "", form, 403},
		"another's":          {address, twilio.Sign("other", address, form), form, 403},
		"of another form":    {address, twilio.Sign(twiliotest.AuthToken, address, form), url.Values{"Body": {"x"}}, 403},
		"of another address": {address, twilio.Sign(twiliotest.AuthToken, l.Address("/status", nil), form), form, 403},
		"no such path":       {l.Address("/other", nil), twilio.Sign(twiliotest.AuthToken, l.Address("/other", nil), form), form, 404},
		"too large":          {address, "", url.Values{"Body": {strings.Repeat("x", 70_000)}}, 400},
	} {
		if status, _, err := s.PostSigned(post.address, post.form, post.signature); err != nil || status != post.want {
			t.Errorf("%s: answered %d, %v", name, status, err)
		}
	}
	answer, err := http.Get(address)
	if err != nil || answer.StatusCode != 404 {
		t.Errorf("GET: %v, %v", answer, err)
	}
	_ = answer.Body.Close()
	if len(heard) != 1 {
		t.Errorf("%d were heard", len(heard))
	}
	if status, _, err := s.Post(address, url.Values{"Body": {"fail"}}); err != nil || status != 500 {
		t.Errorf("a failure is answered %d, %v", status, err)
	}
	if status, body, err := s.Post(address, url.Values{"Body": {"answer"}}); err != nil || status != 200 || !bytes.Contains(body, []byte("Hangup")) {
		t.Errorf("TwiML is answered %d %q, %v", status, body, err)
	}
}

// TestProxyTakesThePathAway: signatures are over the public address, whatever
// reaches the listener.
func TestProxyTakesThePathAway(t *testing.T) {
	s := served(t)
	l := listening(t, "/hooks/sms", func(context.Context, twilio.Hook) ([]byte, error) { return nil, nil })
	form := url.Values{"Body": {"hello"}}
	signature := twilio.Sign(twiliotest.AuthToken, l.Address("/status", nil), form)
	if status, _, err := s.PostSigned("http://"+l.Listen+"/status", form, signature); err != nil || status != 200 {
		t.Errorf("answered %d, %v", status, err)
	}
}

// TestFlood: many at once are all answered, few are worked on.
func TestFlood(t *testing.T) {
	s := served(t)
	var now, most, all atomic.Int64
	l := listening(t, "", func(context.Context, twilio.Hook) ([]byte, error) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		all.Add(1)
		now.Add(-1)
		return nil, nil
	})
	var wg sync.WaitGroup
	for range 400 {
		wg.Go(func() {
			if status, _, err := s.Post(l.Address("/status", nil), url.Values{"Body": {"x"}}); err != nil || status != 200 {
				t.Errorf("answered %d, %v", status, err)
			}
		})
	}
	wg.Wait()
	if all.Load() != 400 || most.Load() > 32 {
		t.Errorf("%d heard, %d at once", all.Load(), most.Load())
	}
}

// TestStrangersWhoDawdle: forms that never come keep no webhook waiting.
func TestStrangersWhoDawdle(t *testing.T) {
	s := served(t)
	l := listening(t, "", func(context.Context, twilio.Hook) ([]byte, error) { return nil, nil })
	for n := range 40 { // more than are worked on at once
		conn, err := net.Dial("tcp", l.Listen)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(5 * time.Second)) // sooner than the server gives up on the first
		_, err = io.WriteString(conn, "POST /status HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"+
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\n")
		if err != nil {
			t.Fatal(err)
		}
		// The server asks for the form, and waits for it.
		if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
			t.Fatalf("stranger %d is answered %q, %v", n, line, err)
		}
	}
	if status, _, err := s.Post(l.Address("/status", nil), url.Values{"Body": {"x"}}); err != nil || status != 200 {
		t.Errorf("answered %d, %v", status, err)
	}
}

// TestWell: an address is well where it is free, ours, or that of the same
// channel in another process; not where a stranger has it.
func TestWell(t *testing.T) {
	l := listening(t, "/hooks", nil)
	if err := l.Start(); err != nil {
		t.Errorf("started twice: %v", err)
	}
	if err := l.Well(t.Context()); err != nil {
		t.Errorf("listening: %v", err)
	}
	same := &twilio.Listener{Listen: l.Listen, PublicURL: l.PublicURL, Account: l.Account}
	if err := same.Well(t.Context()); err != nil {
		t.Errorf("the same channel beside: %v", err)
	}
	if err := same.Start(); err == nil {
		t.Error("two listen at one address")
	}
	other := &twilio.Listener{Listen: l.Listen, PublicURL: "https://elsewhere.example", Account: l.Account}
	if err := other.Well(t.Context()); err == nil {
		t.Error("another channel's address is said to be well")
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.Well(t.Context()); err != nil {
		t.Errorf("free: %v", err)
	}
	if err := same.Start(); err != nil {
		t.Errorf("after the other ended: %v", err)
	}
	_ = same.Close()
}

func TestListenProblems(t *testing.T) {
	if list := twilio.ListenProblems("127.0.0.1:8085", "https://hooks.example.com/sms"); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	for listen, public := range map[string]string{"8085": "https://a.example", "127.0.0.1:0": "https://a.example"} {
		if list := twilio.ListenProblems(listen, public); len(list) != 1 || list[0].Key != "listen" {
			t.Errorf("%s: %+v", listen, list)
		}
	}
	for _, public := range []string{"", "hooks.example.com", "http://hooks.example.com", "https://a.example/?x=1", "https://u:p@a.example"} {
		if list := twilio.ListenProblems("127.0.0.1:8085", public); len(list) != 1 || list[0].Key != "public_url" {
			t.Errorf("%s: %+v", public, list)
		}
	}
}
