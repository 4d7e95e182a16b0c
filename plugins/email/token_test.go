package email_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

// TestTokenFile: another program renews the token, and the next login reads it.
func TestTokenFile(t *testing.T) {
	good := "first"
	s := &sink{ways: only(waysToLogIn(func(token string) bool { return token == good }), "XOAUTH2")}
	file := filepath.Join(t.TempDir(), "token")
	write(t, file, "first\n")
	client := plugintest.Configured(t, email.New(),
		settings(s.serve(t, nil), fmt.Sprintf(`, "user": "holdfast", "connections": 1, "token_file": %q`, file)))
	if o := sent(t, client, plugintest.Request(1)); o.State != accepted {
		t.Fatalf("%s: %s", o.State, o.Detail)
	}
	good = "second"
	logIn := func() bool {
		h, err := client.Health(t.Context(), &proto.HealthRequest{})
		return err == nil && h.Ok
	}
	if logIn() {
		t.Error("the old token still works")
	}
	write(t, file, "second")
	if !logIn() {
		t.Error("the new token was not read")
	}
	for spoilt, says := range map[string]string{"": "does not hold one access token", "a b": "does not hold one access token"} {
		write(t, file, spoilt)
		h, err := client.Health(t.Context(), &proto.HealthRequest{})
		if err != nil || h.Ok || !strings.Contains(h.Detail, says) {
			t.Errorf("%q: %v, %v", spoilt, h, err)
		}
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// provider plays the token endpoint of RFC 6749, sections 4.4 and 6. It gives a
// new refresh token each time and takes none twice.
type provider struct {
	mu      sync.Mutex
	refresh string   // that is good now
	access  string   // that was given last
	asked   []string // grant types
	down    bool
}

func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	}
	user, secret, basic := r.BasicAuth()
	if !basic {
		user, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	}
	grant := r.FormValue("grant_type")
	right := user == "client" && secret == "s3cret" &&
		(grant == "refresh_token" && r.FormValue("refresh_token") == p.refresh || grant == "client_credentials" && r.FormValue("scope") == "mail.send")
	p.asked = append(p.asked, grant)
	w.Header().Set("Content-Type", "application/json")
	if !right {
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": "invalid_grant", "error_description": "revoked"})
		return
	}
	p.refresh, p.access = fmt.Sprintf("refresh-%d", len(p.asked)), fmt.Sprintf("access-%d", len(p.asked))
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": p.access, "token_type": "Bearer", "expires_in": 3600, "refresh_token": p.refresh})
}

func (p *provider) good(token string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return token == p.access
}

// configured serves a channel that fetches its tokens, over a work folder.
func (p *provider) configured(t *testing.T, s *sink, dir, more string) proto.ChannelClient {
	t.Helper()
	web := httptest.NewServer(p)
	t.Cleanup(web.Close)
	s.ways = only(waysToLogIn(p.good), "XOAUTH2", "PLAIN")
	client := plugintest.Wire(t, email.New())
	answer, err := client.Configure(t.Context(), &proto.ConfigureRequest{WorkFolder: dir, Settings: []byte(settings(s.serve(t, nil), fmt.Sprintf(
		`, "user": "holdfast", "connections": 1, "oauth_token_url": %q, "oauth_client_id": "client", "oauth_client_secret": "s3cret"%s`, web.URL, more)))})
	if err != nil || len(answer.Problems) > 0 {
		t.Fatalf("%v, %v", answer, err)
	}
	return client
}

// TestTokenIsFetched: one token serves many logins; a refresh token that the
// provider has changed is still known after a restart.
func TestTokenIsFetched(t *testing.T) {
	p, dir := &provider{refresh: "given"}, t.TempDir()
	const given = `, "oauth_refresh_token": "given"`
	for round := range 2 {
		client := p.configured(t, new(sink), dir, given)
		for n := range 3 {
			if o := sent(t, client, plugintest.Request(10*round+n)); o.State != accepted {
				t.Fatalf("%s: %s", o.State, o.Detail)
			}
			if h, err := client.Health(t.Context(), &proto.HealthRequest{}); err != nil || !h.Ok {
				t.Fatalf("%v, %v", h, err)
			}
		}
	}
	if !slices.Equal(p.asked, []string{"refresh_token", "refresh_token"}) {
		t.Errorf("asked for %v, once a start was enough", p.asked)
	}
}

// TestTokenThatExpired: a token that the mail server does not take is fetched
// anew at the next login.
func TestTokenThatExpired(t *testing.T) {
	p := &provider{}
	client := p.configured(t, new(sink), t.TempDir(), `, "oauth_scope": "mail.send"`)
	if h, err := client.Health(t.Context(), &proto.HealthRequest{}); err != nil || !h.Ok {
		t.Fatalf("%v, %v", h, err)
	}
	p.access = "changed by the provider"
	if o := sent(t, client, plugintest.Request(1)); o.State != retry || !strings.HasPrefix(o.Detail, "authentication failed") {
		t.Errorf("%s: %s", o.State, o.Detail)
	}
	if o := sent(t, client, plugintest.Request(1)); o.State != accepted || len(p.asked) != 2 {
		t.Errorf("%s: %s; asked %v", o.State, o.Detail, p.asked)
	}
}

// TestTokenRefused: a provider's no pauses the channel, a provider that is away
// does not, and neither tells a secret.
func TestTokenRefused(t *testing.T) {
	p := &provider{refresh: "another"}
	client := p.configured(t, new(sink), t.TempDir(), `, "oauth_refresh_token": "given"`)
	o := sent(t, client, plugintest.Request(1))
	if o.State != retry || !o.WholeChannel || !strings.Contains(o.Detail, "invalid_grant revoked") {
		t.Errorf("%s: %s", o.State, o.Detail)
	}
	p.down = true
	away := sent(t, client, plugintest.Request(1))
	if away.State != retry || away.WholeChannel || !strings.Contains(away.Detail, "503") {
		t.Errorf("%s: %s", away.State, away.Detail)
	}
	if strings.Contains(o.Detail+away.Detail, "given") || strings.Contains(o.Detail+away.Detail, "s3cret") {
		t.Errorf("a secret is told: %s; %s", o.Detail, away.Detail)
	}
}
