package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdfast/connector/config"
)

// TestARehearsalStaysOnThisMachine asks of each channel that ships whether
// something could leave by it.
func TestARehearsalStaysOnThisMachine(t *testing.T) {
	for _, c := range []struct{ kind, settings, want string }{
		{"file", ``, ""},
		{"email", `host = "127.0.0.1"`, ""},
		{"email", `host = "[::1]"
			imap_host = ""`, ""},
		{"email", `host = "mail.example.com"`, "its host is mail.example.com"},
		{"email", `host = "127.0.0.1.example.com"`, "its host is 127.0.0.1.example.com"},
		{"email", `port = 25`, "its host is not told"},
		{"email", `host = "localhost"
			imap_host = "localhost"`, ""},
		{"email", `host = "localhost"
			imap_host = "mail.example.com"`, "its imap_host is mail.example.com"},
		{"email", `host = "localhost"
			oauth_token_url = "https://login.example.com/token"`, "its oauth_token_url is login.example.com"},
		{"sms", `base_url = "http://127.0.0.1:9090"`, ""},
		{"sms", `from = "+15005550006"`, "its base_url is the provider's own address"},
		{"sms", `base_url = "http://127.0.0.1@gateway.example.com"`, "its base_url is gateway.example.com"},
		{"voice", `base_url = "http://localhost:9090"`, ""},
		{"voice", `base_url = "https://api.example.com"`, "its base_url is api.example.com"},
		{"chat", `url = "http://127.0.0.1:9091/hook"`, ""},
		{"chat", `url = "file:near"`, ""},
		{"chat", `url = "file:far"`, "its url is what is kept elsewhere"},
		{"chat", `url = "file:nowhere"`, "its url is what is kept elsewhere"},
		{"letter", `dir = "letters"`, ""},
		{"letter", `to = "folder"`, ""},
		{"letter", `to = "printer"`, "its letters go to a printer"},
		{"carrier", `room = "1"`, "nothing is known of its type carrier"},
	} {
		if got := leaves(channelOf(t, c.kind, c.settings)); got != c.want {
			t.Errorf("%s with %s: %q, want %q", c.kind, c.settings, got, c.want)
		}
	}
}

// channelOf reads a channel out of a config beside which lie two addresses.
func channelOf(t *testing.T, kind, settings string) *config.Channel {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"near": "http://localhost:9091/hook\n", "far": "https://hooks.example.com/T1/secret\n",
		"config.toml": `[[erp]]
name = "main"
preset = "tryton"
dsn = "env:HOLDFAST_DSN"
[[company]]
key = "1"
erp = "main"
channels = { email = "it" }
[company.sender]
from = "ar@example.org"
[[channel]]
name = "it"
type = "` + kind + `"
checksum = "` + strings.Repeat("0", 64) + `"
[channel.settings]
` + settings,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := config.Load(filepath.Join(dir, "config.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return &cfg.Channel[0]
}
