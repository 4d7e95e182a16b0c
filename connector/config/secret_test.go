package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"holdfast/connector/config"
)

func TestSecretNeverPrints(t *testing.T) {
	s := config.PlainSecret("hunter2")
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "s", s, "in", struct{ S config.Secret }{s})
	js, err := json.Marshal(map[string]any{"s": s, "p": &s})
	if err != nil {
		t.Fatal(err)
	}
	out := fmt.Sprintf("%v %+v %#v %s %q %x %d", s, s, s, s, s, s, s) +
		fmt.Sprintf("%v %+v %#v", struct{ S config.Secret }{s}, &struct{ S config.Secret }{s}, []config.Secret{s}) +
		log.String() + string(js)
	if strings.Contains(out, "hunter2") || strings.Contains(out, fmt.Sprintf("%x", "hunter2")) {
		t.Errorf("printed: %s", out)
	}
	if !strings.Contains(out, "•••") {
		t.Errorf("nothing stands in its place: %s", out)
	}
}

func TestSecretResolvesLate(t *testing.T) {
	c := mustLoad(t, minimal)
	dsn := c.ERP[0].DSN
	if dsn.String() != "env:HOLDFAST_TEST_DSN" {
		t.Errorf("shown as %s", dsn)
	}
	t.Setenv("HOLDFAST_TEST_DSN", "")
	if _, err := dsn.Resolve(); err == nil || !strings.Contains(err.Error(), "HOLDFAST_TEST_DSN") {
		t.Errorf("unset: %v", err)
	}
	t.Setenv("HOLDFAST_TEST_DSN", "postgres://u:hunter2@erp.lan/db")
	if got, err := dsn.Resolve(); err != nil || got != "postgres://u:hunter2@erp.lan/db" {
		t.Errorf("%q, %v", got, err)
	}
	if got := c.SecretValues(); !slices.Contains(got, "hunter2") || !slices.Contains(got, "postgres://u:hunter2@erp.lan/db") {
		t.Errorf("secrets to leave out: %q", got)
	}
}

func TestSettingsResolve(t *testing.T) {
	c := mustLoad(t, strings.Replace(minimal, `dir = "outbox"`,
		"dir = \"outbox\"\nport = 587\npassword = \"file:smtp.key\"\nhosts = [\"a\", \"env:HOLDFAST_TEST_HOST\"]\n[channel.settings.tls]\nca_file = \"ca.pem\"", 1))
	t.Setenv("HOLDFAST_TEST_HOST", "b")
	if _, err := c.Channel[0].Settings.Resolve(); err == nil || !strings.Contains(err.Error(), "settings.password") {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := os.WriteFile(filepath.Join(c.Dir, "smtp.key"), []byte("hunter2\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := c.Channel[0].Settings.Resolve()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"dir": filepath.Join(c.Dir, "outbox"), "port": int64(587), "password": "hunter2",
		"hosts": []any{"a", "b"}, "tls": map[string]any{"ca_file": filepath.Join(c.Dir, "ca.pem")},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if strings.Contains(fmt.Sprint(c.Channel[0]), "hunter2") {
		t.Error("settings print a secret")
	}
}

// Where a secret lies is none itself.
func TestWhereASecretIsKeptIsPlain(t *testing.T) {
	c := mustLoad(t, strings.Replace(minimal, `dir = "outbox"`, `oauth_token_url = "https://login.example.com/token"
token_file = "token"
dir = "outbox"`, 1))
	if s := c.Channel[0].Settings; s["oauth_token_url"] != "https://login.example.com/token" || s["token_file"] != filepath.Join(c.Dir, "token") {
		t.Errorf("read as %v", s)
	}
	if _, err := load(t, strings.Replace(minimal, `dir = "outbox"`, `token = "abc"`, 1)); err == nil {
		t.Error("a token itself was taken in plain text")
	}
}
