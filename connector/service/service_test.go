package service

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	kardianos "github.com/kardianos/service"

	"holdfast/engine/fault"
)

const wantUnit = `[Unit]
Description=Holdfast, accounts-receivable sequences and credit holds
Wants=network-online.target
After=network-online.target postgresql.service
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=/usr/bin/holdfast run --config "/etc/hold fast/100%%.toml"
WorkingDirectory=/etc/hold fast
EnvironmentFile=-/etc/hold fast/environment
User=holdfast
Restart=always
RestartSec=10
RestartPreventExitStatus=2
KillMode=mixed
TimeoutStopSec=90
LimitNOFILE=65536
NoNewPrivileges=yes
UMask=0027

[Install]
WantedBy=multi-user.target
`

func TestUnit(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("paths of systemd")
	}
	o := Options{Config: "/etc/hold fast/100%.toml", User: "holdfast"}
	if got := unit(o, "/usr/bin/holdfast"); got != wantUnit {
		t.Errorf("got:\n%s", got)
	}
}

// systemd itself must find nothing to say about the unit.
func TestUnitIsVerifiedBySystemd(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not here")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "a folder 50%")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "holdfast.service")
	text := unit(Options{Config: filepath.Join(dir, "config.toml"), User: "root"}, exe)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(analyze, "verify", "--man=no", file).CombinedOutput()
	if err != nil || strings.Contains(string(out), "holdfast.service") {
		t.Errorf("%v\n%s\n%s", err, out, text)
	}
}

func TestDefinitionForWindows(t *testing.T) {
	o, err := Options{Config: "config.toml"}.complete()
	if err != nil {
		t.Fatal(err)
	}
	c := o.definition("holdfast")
	if c.Option["OnFailure"] != "restart" || c.Option["StartType"] != "automatic" {
		t.Errorf("recovery: %v", c.Option)
	}
	if len(c.Arguments) != 3 || c.Arguments[0] != "run" || !filepath.IsAbs(c.Arguments[2]) {
		t.Errorf("arguments: %q", c.Arguments)
	}
}

// manager is a service manager that only remembers.
type manager struct {
	kardianos.Service
	status kardianos.Status
	err    error
	calls  []string
}

func (m *manager) Status() (kardianos.Status, error) { return m.status, m.err }
func (m *manager) Install() error                    { m.calls = append(m.calls, "install"); return nil }
func (m *manager) Uninstall() error                  { m.calls = append(m.calls, "uninstall"); return nil }
func (m *manager) Stop() error                       { m.calls = append(m.calls, "stop"); return nil }

func TestInstall(t *testing.T) {
	o := Options{Name: "holdfast", Config: filepath.Join(t.TempDir(), "config.toml")}
	absent := &manager{err: kardianos.ErrNotInstalled}
	if err := install(absent, o, &bytes.Buffer{}); !fault.Is(err, fault.NotFound) || len(absent.calls) > 0 {
		t.Errorf("without a config: %v", err)
	}
	if err := os.WriteFile(o.Config, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := install(absent, o, &out); err != nil || !strings.Contains(out.String(), o.Config) || len(absent.calls) != 1 {
		t.Errorf("%v %q %v", err, out.String(), absent.calls)
	}
	there := &manager{status: kardianos.StatusRunning}
	if err := install(there, o, &out); !fault.Is(err, fault.Conflict) || len(there.calls) > 0 {
		t.Errorf("installed twice: %v", err)
	}
}

func TestUninstallStopsAndNamesTheHolds(t *testing.T) {
	undo := filepath.Join(t.TempDir(), "holds-undo.sql")
	o := Options{Name: "holdfast", Config: "/etc/holdfast/config.toml", Undo: undo}
	var out bytes.Buffer
	m := &manager{status: kardianos.StatusRunning}
	if err := uninstall(m, o, &out); err != nil || strings.Join(m.calls, " ") != "stop uninstall" {
		t.Errorf("%v %v", err, m.calls)
	}
	if !strings.Contains(out.String(), "hold release --ours") || strings.Contains(out.String(), undo) {
		t.Errorf("said %q", out.String())
	}
	if err := os.WriteFile(undo, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	failed := &manager{err: errors.New("service in failed state")}
	if err := uninstall(failed, o, &out); err != nil || strings.Join(failed.calls, " ") != "uninstall" || !strings.Contains(out.String(), undo) {
		t.Errorf("%v %v %q", err, failed.calls, out.String())
	}
	if err := uninstall(&manager{err: kardianos.ErrNotInstalled}, o, &out); !fault.Is(err, fault.NotFound) {
		t.Errorf("absent: %v", err)
	}
}

func TestStatus(t *testing.T) {
	o := Options{Name: "holdfast", Config: "config.toml"}
	cases := []struct {
		m    manager
		want string
	}{
		{manager{status: kardianos.StatusRunning}, "holdfast: running\n"},
		{manager{status: kardianos.StatusStopped}, "holdfast: stopped\n"},
		{manager{err: kardianos.ErrNotInstalled}, "holdfast: not installed\n"},
		{manager{err: errors.New("service in failed state")}, "holdfast: failed; its log says why, and \"holdfast check --config config.toml\" looks at the config\n"},
	}
	for _, c := range cases {
		var out bytes.Buffer
		if err := status(&c.m, o, &out); err != nil || out.String() != c.want {
			t.Errorf("%q, %v; want %q", out.String(), err, c.want)
		}
	}
}

func TestErrorsSayHowToMendThem(t *testing.T) {
	if err := notAdmin("install"); !fault.Is(err, fault.Denied) || !strings.Contains(err.Error(), "holdfast service install") {
		t.Error(err)
	}
	if err := Control("install", Options{}, &bytes.Buffer{}); !strings.Contains(err.Error(), "--config") {
		t.Error(err)
	}
	if runtime.GOOS == "linux" && kardianos.Platform() != "linux-systemd" {
		err := Control("status", Options{Config: "config.toml"}, &bytes.Buffer{})
		if !fault.Is(err, fault.Unsupported) || !strings.Contains(err.Error(), "holdfast run --config /") {
			t.Error(err)
		}
	}
}
