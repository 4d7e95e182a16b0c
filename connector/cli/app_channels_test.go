package cli

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"holdfast/connector/config"
	"holdfast/plugins/host"
)

// What the config says of a channel and of the way out reaches the host.
func TestChannelIsToldWhatTheConfigSays(t *testing.T) {
	t.Setenv("ROOM_PIN", "p1n0f34")
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(`
[proxy]
url = "http://proxy.lan:3128"
no_proxy = [".lan", "10.0.0.0/8"]
[[erp]]
name = "main"
preset = "demo"
dsn = "erp.db"
[[channel]]
name = "team"
type = "carrier"
send_timeout = "20m"
[channel.settings]
pin = "env:ROOM_PIN"
room = 5
[[company]]
key = "1"
erp = "main"
channels = { chat = "team" }
[company.sender]
from = "ar@example.org"
`), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	a := &App{config: cfg, logger: &lazyLog{}, Err: os.Stderr}
	var h host.Config
	if err := a.handOver(&cfg.Channel[0], &h); err != nil {
		t.Fatal(err)
	}
	if string(h.Settings) != `{"pin":"p1n0f34","room":5}` || h.Proxy != "http://proxy.lan:3128" || h.NoProxy != ".lan,10.0.0.0/8" {
		t.Errorf("it is told %s by %q but for %q", h.Settings, h.Proxy, h.NoProxy)
	}
	if h.Deadlines.Send != 20*time.Minute || len(h.Secrets) != 1 {
		t.Errorf("deadlines %+v, %d secrets", h.Deadlines, len(h.Secrets))
	}
	if !cfg.Channel[0].Settings.Kept([]string{"pin"}) || cfg.Channel[0].Settings.Kept([]string{"room"}) {
		t.Error("it is not known which of the settings are kept elsewhere")
	}
}
