// Package example_test builds the examples as their authors would and tries
// them with the conformance kit.
package example_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/conform"
)

// passes runs the kit on an executable that writes into a folder.
func passes(t *testing.T, path, dir string, atLeast int) {
	t.Helper()
	settings, err := json.Marshal(map[string]string{"dir": dir})
	if err != nil {
		t.Fatal(err)
	}
	report, err := conform.Run(t.Context(), conform.Options{Command: []string{path}, Settings: settings, Send: true}, func(r conform.Result) {
		if r.State == conform.Failed {
			t.Errorf("%s/%s: %s; promised: %s", r.Group, r.Name, r.Seen, r.Promise)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := report.Count(conform.Passed); n < atLeast {
		t.Errorf("%d checks passed, want at least %d", n, atLeast)
	}
}

// command runs a program that builds an example.
func command(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func TestGoExample(t *testing.T) {
	const most = 40
	source, err := os.ReadFile("go/main.go")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), "\n"); n > most {
		t.Errorf("the example has %d lines: docs/write-a-channel.md promises %d", n, most)
	}
	dir, path := t.TempDir(), filepath.Join(t.TempDir(), conform.Prefix+"maildrop")
	command(t, "go", "build", "-o", path, "./go")
	passes(t, path, dir, 85)
	mails, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil || len(mails) < 15 {
		t.Errorf("%d mails, %v", len(mails), err)
	}
}

// python skips where Debian's packages for the Python example are not there.
func python(t *testing.T) {
	t.Helper()
	const packages = "apt-get install protobuf-compiler python3-grpcio python3-protobuf python3-cryptography"
	if _, err := exec.LookPath("protoc"); err != nil {
		t.Skipf("no protoc here: %s", packages)
	}
	out, err := exec.CommandContext(t.Context(), "/usr/bin/python3", "-I", "-c", "import grpc, cryptography, google.protobuf").CombinedOutput()
	if err != nil {
		t.Skipf("Python lacks a module (%s): %s", strings.TrimSpace(string(out)), packages)
	}
}

func TestPythonExample(t *testing.T) {
	python(t)
	dir, built := t.TempDir(), t.TempDir()
	command(t, "sh", "python/build.sh", built)
	passes(t, filepath.Join(built, conform.Prefix+"jsonl"), dir, 95)
	lines := jsonLines(t, dir)
	for key, text := range lines {
		if text == "" {
			t.Errorf("the line of %s has no text", key)
		}
	}
	if len(lines) < 15 {
		t.Errorf("%d messages in the files", len(lines))
	}
}

// jsonLines reads what the Python example wrote: the text of each key, which
// stands in one line only.
func jsonLines(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			var read struct {
				Key     string
				Message struct{ Subject, Text string }
			}
			if err := json.Unmarshal([]byte(line), &read); err != nil {
				t.Fatalf("%.80s: %v", line, err)
			}
			if _, twice := texts[read.Key]; twice {
				t.Errorf("%s was written twice", read.Key)
			}
			texts[read.Key] = read.Message.Text
		}
	}
	return texts
}
