package email_test

import (
	"crypto/hmac"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
)

// saslServer is the server's side of a way to log in: it is given the client's
// last words, nil at first, and answers or decides.
type saslServer func(step int, response []byte) (challenge []byte, done bool, err error)

type steps struct {
	server saslServer
	step   int
}

func (s *steps) Next(response []byte) ([]byte, bool, error) {
	s.step++
	return s.server(s.step-1, response)
}

func verdict(right bool) ([]byte, bool, error) {
	if !right {
		return nil, false, smtp.ErrAuthFailed
	}
	return nil, true, nil
}

// waysToLogIn are the mechanisms that the tests' server knows. The token of
// XOAUTH2 is right while good says so.
func waysToLogIn(good func(token string) bool) map[string]func() sasl.Server {
	return map[string]func() sasl.Server{
		"PLAIN": plainServer,
		"LOGIN": func() sasl.Server {
			var user string
			return &steps{server: func(step int, response []byte) ([]byte, bool, error) {
				switch step {
				case 0:
					return []byte("Username:"), false, nil
				case 1:
					user = string(response)
					return []byte("Password:"), false, nil
				}
				return verdict(user == "holdfast" && string(response) == "right")
			}}
		},
		"CRAM-MD5": func() sasl.Server { // RFC 2195
			const challenge = "<1896.697170952@mail.example>"
			return &steps{server: func(step int, response []byte) ([]byte, bool, error) {
				if step == 0 {
					return []byte(challenge), false, nil
				}
				sum := hmac.New(md5.New, []byte("right"))
				sum.Write([]byte(challenge))
				return verdict(string(response) == "holdfast "+hex.EncodeToString(sum.Sum(nil)))
			}}
		},
		"XOAUTH2": func() sasl.Server { // a wrong token is told by a challenge, which the client answers with nothing
			return &steps{server: func(step int, response []byte) ([]byte, bool, error) {
				token, found := strings.CutPrefix(string(response), "user=holdfast\x01auth=Bearer ")
				if step == 0 && found && good(strings.TrimSuffix(token, "\x01\x01")) {
					return nil, true, nil
				}
				if step == 0 {
					return []byte(`{"status":"401","schemes":"bearer"}`), false, nil
				}
				return verdict(false)
			}}
		},
	}
}

// only keeps some of the ways.
func only(ways map[string]func() sasl.Server, names ...string) map[string]func() sasl.Server {
	kept := map[string]func() sasl.Server{}
	for _, name := range names {
		kept[name] = ways[name]
	}
	return kept
}

// TestLogin logs in by each way, with the right secret and a wrong one, and
// chooses by itself.
func TestLogin(t *testing.T) {
	ways := waysToLogIn(func(token string) bool { return token == "right" })
	cases := []struct {
		auth, secret string
		offered      []string
		used         string
	}{
		{"plain", "password", []string{"PLAIN", "LOGIN"}, "PLAIN"},
		{"login", "password", []string{"PLAIN", "LOGIN"}, "LOGIN"},
		{"cram-md5", "password", []string{"CRAM-MD5"}, "CRAM-MD5"},
		{"xoauth2", "token", []string{"XOAUTH2"}, "XOAUTH2"},
		{"auto", "password", []string{"LOGIN", "PLAIN", "CRAM-MD5", "XOAUTH2"}, "CRAM-MD5"}, // the line is open
		{"auto", "password", []string{"LOGIN", "XOAUTH2"}, "LOGIN"},
		{"auto", "token", []string{"LOGIN", "PLAIN", "XOAUTH2"}, "XOAUTH2"},
	}
	for _, c := range cases {
		for _, secret := range []string{"right", "wrong"} {
			t.Run(c.auth+" "+c.used+" "+secret, func(t *testing.T) {
				s := &sink{ways: only(ways, c.offered...)}
				client := plugintest.Configured(t, email.New(),
					settings(s.serve(t, nil), fmt.Sprintf(`, "user": "holdfast", "auth": %q, %q: %q`, c.auth, c.secret, secret)))
				o := sent(t, client, plugintest.Request(1))
				if !slices.Equal(s.logins, []string{c.used}) {
					t.Errorf("logged in by %v", s.logins)
				}
				wrong := o.State == retry && o.WholeChannel && strings.HasPrefix(o.Detail, "authentication failed: ") && len(s.mails) == 0
				if right := o.State == accepted && len(s.mails) == 1; secret == "right" && !right || secret == "wrong" && !wrong {
					t.Errorf("%s, whole channel %v: %s", o.State, o.WholeChannel, o.Detail)
				}
				if strings.Contains(o.Detail, "wrong") {
					t.Errorf("the detail tells the secret: %s", o.Detail)
				}
			})
		}
	}
}

// TestNoWayToLogIn: a server that offers nothing known is a matter for a person.
func TestNoWayToLogIn(t *testing.T) {
	s := &sink{ways: map[string]func() sasl.Server{"GSSAPI": plainServer}}
	client := plugintest.Configured(t, email.New(), settings(s.serve(t, nil), `, "user": "holdfast", "password": "right"`))
	if o := sent(t, client, plugintest.Request(1)); o.State != retry || !o.WholeChannel || !strings.Contains(o.Detail, "offers AUTH GSSAPI") {
		t.Errorf("%s: %s", o.State, o.Detail)
	}
}
