package service

import (
	"path/filepath"
	"strings"
)

const description = "Holdfast, accounts-receivable sequences and credit holds"

// unit writes the systemd unit. A bad config or usage (exit 2) is not tried
// again: only a person can mend it. KillMode=mixed lets the program end its
// own channel processes.
func unit(o Options, exe string) string {
	dir := filepath.Dir(o.Config)
	lines := []string{
		"[Unit]",
		"Description=" + description,
		"Wants=network-online.target",
		"After=network-online.target postgresql.service",
		"StartLimitIntervalSec=0",
		"",
		"[Service]",
		"Type=exec",
		"ExecStart=" + unitWord(exe) + " run --config " + unitWord(o.Config),
		"WorkingDirectory=" + unitPath(dir),
		"EnvironmentFile=-" + unitPath(filepath.Join(dir, "environment")),
	}
	if o.User != "" {
		lines = append(lines, "User="+o.User)
	}
	lines = append(lines,
		"Restart=always",
		"RestartSec=10",
		"RestartPreventExitStatus=2",
		"KillMode=mixed",
		"TimeoutStopSec=90",
		"LimitNOFILE=65536",
		"NoNewPrivileges=yes",
		"UMask=0027",
		"",
		"[Install]",
		"WantedBy=multi-user.target",
		"",
	)
	return strings.Join(lines, "\n")
}

// unitWord writes one word of a command as systemd reads it.
func unitWord(s string) string {
	s = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%", "$", "$$").Replace(s)
	if strings.ContainsAny(s, " \t'\"\\;") {
		return `"` + s + `"`
	}
	return s
}

// unitPath writes a path that stands alone behind the sign.
func unitPath(s string) string { return strings.ReplaceAll(s, "%", "%%") }
