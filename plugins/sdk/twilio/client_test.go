package twilio_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

func account(base string) twilio.Account {
	return twilio.Account{BaseURL: base, SID: twiliotest.AccountSID, AuthToken: twiliotest.AuthToken}
}

func client(t *testing.T, a twilio.Account, s sdk.Setup) *twilio.Client {
	t.Helper()
	c, problem := twilio.New(a, s)
	if problem != nil {
		t.Fatal(problem)
	}
	return c
}

func served(t *testing.T) *twiliotest.Server {
	t.Helper()
	s := twiliotest.New()
	t.Cleanup(s.Close)
	return s
}

func text(to string) url.Values {
	return url.Values{"To": {to}, "From": {twiliotest.Number}, "Body": {"hello"}}
}

// TestErrorsByClass: each documented error means for a message what the table of
// SentOf says.
func TestErrorsByClass(t *testing.T) {
	cases := []struct {
		name  string
		fault twiliotest.Fault
		want  sdk.State
		whole bool
		after time.Duration
		says  string
	}{
		{"login", answers(401, 20003, "Authenticate", 0), sdk.Retry, true, 15 * time.Minute, "20003"},
		{"forbidden", answers(403, 20003, "Permission Denied", 0), sdk.Retry, true, 15 * time.Minute, "Permission Denied"},
		{"suspended", answers(400, 30002, "Account suspended", 0), sdk.Retry, true, 15 * time.Minute, "30002"},
		{"no such account", answers(404, 20404, "not found", 0), sdk.Retry, true, 15 * time.Minute, "20404"},
		{"another's number", answers(400, 21606, "not yours", 0), sdk.Retry, true, 15 * time.Minute, "21606"},
		{"sender is no number", answers(400, 21212, "bad", 0), sdk.Retry, true, 15 * time.Minute, "21212"},
		{"no messaging service", answers(400, 21705, "bad", 0), sdk.Retry, true, 15 * time.Minute, "21705"},
		{"too many", answers(429, 20429, "Too Many Requests", 0), sdk.Retry, true, time.Minute, "20429"},
		{"too many, asks for a while", answers(429, 20429, "Too Many Requests", 17), sdk.Retry, true, 17 * time.Second, "20429"},
		{"too many, for years", answers(429, 20429, "Too Many Requests", 1<<31-1), sdk.Retry, true, 24 * time.Hour, "20429"},
		{"the day's quota", answers(429, 63038, "daily limit", 0), sdk.Retry, true, time.Hour, "63038"},
		{"a gateway's 429", answers(429, 0, "slow down", 0), sdk.Retry, true, time.Minute, "429"},
		{"queue full", answers(400, 21611, "queue", 0), sdk.Retry, false, 5 * time.Minute, "21611"},
		{"country not enabled", answers(400, 21408, "region", 0), sdk.Retry, false, time.Hour, "21408"},
		{"invalid number", answers(400, 21211, "invalid", 0), sdk.Refused, false, 0, "21211"},
		{"no mobile", answers(400, 21614, "not mobile", 0), sdk.Refused, false, 0, "21614"},
		{"opted out", answers(400, 21610, "unsubscribed", 0), sdk.Refused, false, 0, "21610"},
		{"not routable", answers(400, 21612, "route", 0), sdk.Refused, false, 0, "21612"},
		{"one not known yet", answers(400, 29999, "new", 0), sdk.Refused, false, 0, "29999"},
		{"their own trouble", answers(500, 20500, "Internal Server Error", 0), sdk.Uncertain, false, 0, "20500"},
		{"out of service", answers(503, 20503, "Service Unavailable", 30), sdk.Retry, false, 30 * time.Second, "20503"},
		{"a proxy says 503", answers(503, 0, "busy", 0), sdk.Retry, false, 5 * time.Minute, "503"},
		{"a proxy says 502", answers(502, 0, "bad gateway", 0), sdk.Uncertain, false, 0, "502"},
		{"a proxy says 504", answers(504, 0, "timeout", 0), sdk.Uncertain, false, 0, "504"},
		{"a proxy gave up waiting", answers(408, 0, "timeout", 0), sdk.Uncertain, false, 0, "408"},
		{"a proxy wants a login", answers(407, 0, "login", 0), sdk.Retry, true, 15 * time.Minute, "407"},
		{"no such method there", answers(405, 0, "not allowed", 0), sdk.Retry, true, 15 * time.Minute, "405"},
		{"a gateway without codes", answers(422, 0, "invalid", 0), sdk.Refused, false, 0, "422"},
		{"moved", answers(307, 0, "moved", 0), sdk.Retry, true, 15 * time.Minute, "307"},
		{"cut off", twiliotest.Fault{Trouble: twiliotest.Cut}, sdk.Uncertain, false, 0, "no answer"},
		{"cut off, and taken", twiliotest.Fault{Trouble: twiliotest.CutTaken}, sdk.Uncertain, false, 0, "no answer"},
		{"half an answer", twiliotest.Fault{Trouble: twiliotest.Broken}, sdk.Uncertain, false, 0, "broke off"},
		{"no JSON", twiliotest.Fault{Trouble: twiliotest.Rubbish}, sdk.Uncertain, false, 0, "no JSON"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := served(t)
			c.fault.On, c.fault.Times = "POST Messages.json", 1
			s.Meet(c.fault)
			err := client(t, account(s.URL), sdk.Setup{}).Post(t.Context(), "Messages.json", text("+15005550010"), new(map[string]any))
			sent := twilio.SentOf(err)
			if err == nil || sent.State != c.want || sent.WholeChannel != c.whole || sent.RetryAfter != c.after || !strings.Contains(sent.Detail, c.says) {
				t.Errorf("%v: %+v", err, sent)
			}
			if n := len(s.Requests()); n != 1 {
				t.Errorf("%d requests were made: %v", n, s.Requests())
			}
		})
	}
}

func answers(status, code int, message string, after int) twiliotest.Fault {
	return twiliotest.Fault{Trouble: twiliotest.Answer, Status: status, Code: code, Message: message, RetryAfter: after}
}

// TestGivenUp: a request that got no answer in time may have been taken.
func TestGivenUp(t *testing.T) {
	for _, trouble := range []twiliotest.Trouble{twiliotest.Hang, twiliotest.HangTaken} {
		s := served(t)
		s.Meet(twiliotest.Fault{On: "POST Messages.json", Times: 1, Trouble: trouble})
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		err := client(t, account(s.URL), sdk.Setup{}).Post(ctx, "Messages.json", text("+15005550010"), nil)
		cancel()
		if sent := twilio.SentOf(err); sent.State != sdk.Uncertain {
			t.Errorf("%v: %+v", err, sent)
		}
	}
}

// TestRedirectsAreNotFollowed: a text that is sent on elsewhere would be a second
// one, with the login at another's.
func TestRedirectsAreNotFollowed(t *testing.T) {
	there := served(t)
	here := httptest.NewServer(http.RedirectHandler(there.URL+"/2010-04-01/Accounts/"+twiliotest.AccountSID+"/Messages.json", http.StatusTemporaryRedirect))
	t.Cleanup(here.Close)
	err := client(t, account(here.URL), sdk.Setup{}).Post(t.Context(), "Messages.json", text("+15005550010"), nil)
	if sent := twilio.SentOf(err); sent.State != sdk.Retry || !sent.WholeChannel || len(there.Requests()) != 0 {
		t.Errorf("%+v, and there %v", sent, there.Requests())
	}
}

// TestNobodyThere: where no connection was made, nothing left.
func TestNobodyThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	tlsServer := twiliotest.NewTLS() // whose authority nobody knows here
	t.Cleanup(tlsServer.Close)
	for _, base := range []string{"http://" + address, tlsServer.URL, "https://no-such-host.invalid"} {
		err := client(t, account(base), sdk.Setup{}).Post(t.Context(), "Messages.json", text("+15005550010"), nil)
		if sent := twilio.SentOf(err); sent.State != sdk.Retry || sent.WholeChannel {
			t.Errorf("%s: %v: %+v", base, err, sent)
		}
	}
}

// TestLogins: the token, an API key, and neither's neighbour.
func TestLogins(t *testing.T) {
	s := served(t)
	for _, c := range []struct {
		account twilio.Account
		ok      bool
	}{
		{account(s.URL), true},
		{account(s.URL + "/"), true},
		{twilio.Account{BaseURL: s.URL, SID: twiliotest.AccountSID, APIKey: twiliotest.APIKey, APISecret: twiliotest.APISecret}, true},
		{twilio.Account{BaseURL: s.URL, SID: twiliotest.AccountSID, AuthToken: "wrong"}, false},
	} {
		err := client(t, c.account, sdk.Setup{}).Well(t.Context())
		var e *twilio.Error
		if (err == nil) != c.ok || err != nil && (!errors.As(err, &e) || e.Status != 401 || e.Code != 20003) {
			t.Errorf("%+v: %v", c.account, err)
		}
	}
}

// TestAuthorityAndProxy: TLS by the CA file of the setup, and a proxy that sees
// the request.
func TestAuthorityAndProxy(t *testing.T) {
	s := twiliotest.NewTLS()
	t.Cleanup(s.Close)
	file, err := s.CAFile(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := client(t, account(s.URL), sdk.Setup{CAFile: file}).Well(t.Context()); err != nil {
		t.Errorf("by the CA file: %v", err)
	}
	if _, problem := twilio.New(account(s.URL), sdk.Setup{CAFile: file + ".not"}); problem == nil || problem.Key != "ca_file" {
		t.Errorf("a CA file that is not there: %+v", problem)
	}
	var seen []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Method+" "+r.Host)
		http.Error(w, "not today", http.StatusForbidden)
	}))
	t.Cleanup(proxy.Close)
	err = client(t, account("https://api.gateway.example"), sdk.Setup{Proxy: proxy.URL}).Post(t.Context(), "Messages.json", text("+15005550010"), nil)
	if sent := twilio.SentOf(err); sent.State != sdk.Retry || !slices.Equal(seen, []string{"CONNECT api.gateway.example:443"}) {
		t.Errorf("through a proxy that refuses: %+v, it saw %v", sent, seen)
	}
	err = client(t, account(s.URL), sdk.Setup{CAFile: file, Proxy: proxy.URL, NoProxy: "127.0.0.1"}).Well(t.Context())
	if err != nil || len(seen) != 1 {
		t.Errorf("past the proxy: %v, it saw %v", err, seen)
	}
	if _, problem := twilio.New(account(s.URL), sdk.Setup{Proxy: "proxy:3128"}); problem == nil || problem.Key != "proxy" {
		t.Errorf("a proxy without a scheme: %+v", problem)
	}
}

// TestList: all pages, in the order of the API, until enough was read.
func TestList(t *testing.T) {
	s := served(t)
	s.Page = 3
	c := client(t, account(s.URL), sdk.Setup{})
	for n := range 10 {
		if err := c.Post(t.Context(), "Messages.json", text(fmt.Sprintf("+1500555%04d", 100+n)), nil); err != nil {
			t.Fatal(err)
		}
	}
	var to []string
	read := func(enough int) func(json.RawMessage) error {
		to = nil
		return func(raw json.RawMessage) error {
			var m struct{ To string }
			if err := json.Unmarshal(raw, &m); err != nil {
				return err
			}
			if to = append(to, m.To[8:]); len(to) == enough {
				return twilio.ErrEnough
			}
			return nil
		}
	}
	if err := c.List(t.Context(), "Messages.json", "messages", nil, read(0)); err != nil || strings.Join(to, " ") != "0109 0108 0107 0106 0105 0104 0103 0102 0101 0100" {
		t.Errorf("%v, %v", to, err)
	}
	if err := c.List(t.Context(), "Messages.json", "messages", nil, read(4)); err != nil || len(to) != 4 {
		t.Errorf("%v, %v", to, err)
	}
	if err := c.List(t.Context(), "Messages.json", "messages", url.Values{"To": {"+15005550104"}}, read(0)); err != nil || len(to) != 1 {
		t.Errorf("of one number: %v, %v", to, err)
	}
}

// TestNextPageStaysHere: a list cannot lead the login to another host.
func TestNextPageStaysHere(t *testing.T) {
	asked := 0
	evil := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	t.Cleanup(evil.Close)
	host := strings.TrimPrefix(evil.URL, "http://")
	for _, next := range []string{evil.URL + "/steal", "@" + host + "/steal", "//" + host + "/steal"} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_ = json.NewEncoder(w).Encode(map[string]any{"messages": []any{}, "next_page_uri": next})
		}))
		t.Cleanup(s.Close)
		err := client(t, account(s.URL), sdk.Setup{}).List(t.Context(), "Messages.json", "messages", nil, func(json.RawMessage) error { return nil })
		if err == nil || !strings.Contains(err.Error(), "not below base_url") || asked != 0 {
			t.Errorf("%s: %v; the other host was asked %d times", next, err, asked)
		}
	}
}

func TestAccountProblems(t *testing.T) {
	good := account("")
	for key, c := range map[string]struct {
		change func(*twilio.Account)
		signed bool
	}{
		"account_sid": {func(a *twilio.Account) { a.SID = "AC123" }, false},
		"auth_token":  {func(a *twilio.Account) { a.AuthToken = "" }, false},
		"api_secret":  {func(a *twilio.Account) { a.APIKey = "SK1" }, false},
		"api_key":     {func(a *twilio.Account) { a.APISecret = "x" }, false},
		"base_url":    {func(a *twilio.Account) { a.BaseURL = "http://api.gateway.example" }, false},
	} {
		a := good
		c.change(&a)
		if list := a.Problems(c.signed); len(list) != 1 || list[0].Key != key || list[0].Cure == "" {
			t.Errorf("%s: %+v", key, list)
		}
	}
	byKey := twilio.Account{SID: good.SID, APIKey: "SK1", APISecret: "x"}
	if list := byKey.Problems(false); len(list) != 0 {
		t.Errorf("by key: %+v", list)
	}
	if list := byKey.Problems(true); len(list) != 1 || list[0].Key != "auth_token" {
		t.Errorf("by key with webhooks: %+v", list)
	}
	if list := good.Problems(true); len(list) != 0 {
		t.Errorf("good: %+v", list)
	}
}
