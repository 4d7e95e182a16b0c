package observe_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdfast/connector/config"
	"holdfast/connector/observe"
	"holdfast/engine/fault"
)

const secret = `hunter2"\é<&>`

type wrapped struct{ URL, Note string }

// logAll writes the secret in every way that a line can carry one.
func logAll(log *slog.Logger) {
	err := fmt.Errorf("dial %s: %w", secret, errors.New("postgres://u:p@ss@erp.lan/db refused"))
	log.Info("connecting with "+secret, "attempt", 1)
	log.Warn("failed", "error", err, "fault", fault.Wrap("pull", err))
	log.Info("nested", slog.Group("erp", slog.String("host", "erp.lan"), slog.String("password", "unregistered-1"),
		slog.Group("inner", "value", secret)))
	log.WithGroup("secrets").Info("group", "x", "unregistered-2")
	log.With("signing_key", []byte("unregistered-3"), "api-key", 12345678).Info("with")
	log.Info("struct", "value", wrapped{URL: "https://user:unregistered-4@pay.lan", Note: secret}, "p", &wrapped{Note: secret})
	log.Info("pairs", "dump", `host=erp.lan password=unregistered-5 Authorization: Bearer unregistered-6 {"token":"unregistered-7"} pwd='unregistered-8'`)
	log.Info("map", "value", map[string]any{"smtp_password": "unregistered-9", "k": secret})
	log.Info("key", secret, "v")
	log.Info("lazy", "value", config.PlainSecret("unregistered-10"), "bytes", []byte(secret))
}

func TestSecretsNeverReachTheLog(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) {
			var out bytes.Buffer
			var r observe.Redactor
			r.Add(secret, "p@ss")
			log, closeLog, err := observe.NewLogger(config.Log{Level: "debug", Format: format}, &out, &r)
			if err != nil {
				t.Fatal(err)
			}
			logAll(log)
			if err := closeLog(); err != nil {
				t.Fatal(err)
			}
			for _, bad := range []string{"hunter2", "unregistered", "p@ss", "ss@erp", "12345678"} {
				if strings.Contains(out.String(), bad) {
					t.Errorf("%q reached the log:\n%s", bad, out.String())
				}
			}
			for _, good := range []string{"erp.lan", "refused", "attempt", "•••", "host"} {
				if !strings.Contains(out.String(), good) {
					t.Errorf("%q is missing from the log:\n%s", good, out.String())
				}
			}
			if n := strings.Count(out.String(), "\n"); n != 10 {
				t.Errorf("%d lines for 10 records", n)
			}
			if format == "json" {
				for line := range strings.Lines(out.String()) {
					if !json.Valid([]byte(line)) {
						t.Errorf("not JSON: %s", line)
					}
				}
			}
		})
	}
}

func TestHarmlessTextStays(t *testing.T) {
	var r observe.Redactor
	r.Add("abc") // too short to look for
	for _, s := range []string{"abc of 3 parties", "mail to ar@example.org", "https://pay.lan/x?ref=1", "level=warn; next step"} {
		if got := r.Text(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestLogLevelAndFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "holdfast.log")
	for range 2 { // a restart goes on in the same file
		log, closeLog, err := observe.NewLogger(config.Log{Level: "warn", File: path}, nil, &observe.Redactor{})
		if err != nil {
			t.Fatal(err)
		}
		log.Info("quiet")
		log.Warn("loud")
		if err := closeLog(); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil || strings.Count(string(text), "loud") != 2 || strings.Contains(string(text), "quiet") {
		t.Errorf("%s, %v", text, err)
	}
	if _, _, err := observe.NewLogger(config.Log{File: filepath.Join(path, "x")}, nil, &observe.Redactor{}); !fault.Is(err, fault.Denied) {
		t.Errorf("a file that cannot be: %v", err)
	}
}
