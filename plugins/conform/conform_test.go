package conform_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"holdfast/plugins"
	"holdfast/plugins/conform"
)

// TestMain is a channel when the test binary is started as one: one of the
// shipped ones as the program starts them, or a bad one by the name of its file.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "channel" && os.Args[2] == "serve" {
		if err := plugins.Serve(os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if name := conform.NameOf(os.Args[0]); name != "" {
		serveBad(name)
		return
	}
	os.Exit(m.Run())
}

// self is the test binary's path.
func self(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// shipped are options for a channel that the program serves to itself.
func shipped(t *testing.T, name string, settings map[string]any) conform.Options {
	t.Helper()
	text, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	return conform.Options{Command: []string{self(t), "channel", "serve", name}, Name: name, Settings: text, Send: true}
}

// run runs the kit and writes what each check saw.
func run(t *testing.T, o conform.Options) conform.Report {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	report, err := conform.Run(ctx, o, func(r conform.Result) {
		t.Logf("%-7s %s/%s: %s", r.State, r.Group, r.Name, r.Seen)
	})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// passes fails the test for each failed check, and where too few were run.
func passes(t *testing.T, r conform.Report, atLeast int) {
	t.Helper()
	for _, result := range r.Results {
		if result.State == conform.Failed {
			t.Errorf("%s/%s: %s; promised: %s", result.Group, result.Name, result.Seen, result.Promise)
		}
	}
	if n := r.Count(conform.Passed); n < atLeast {
		t.Errorf("%d checks passed, want at least %d", n, atLeast)
	}
}

func TestFileChannelPasses(t *testing.T) {
	passes(t, run(t, shipped(t, "file", map[string]any{"dir": filepath.Join(t.TempDir(), "out")})), 60)
}
