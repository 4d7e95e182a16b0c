package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"holdfast/connector/testpg/cluster"
)

func TestClusterAnswersAndLeavesNothing(t *testing.T) {
	bin := cluster.Find()
	if bin == "" {
		t.Skip("SKIPPED: no PostgreSQL server is installed")
	}
	if os.Geteuid() != 0 { // root's cluster must lie where the user postgres may go
		t.Setenv("TMPDIR", t.TempDir())
	}
	c, err := cluster.Start(t.Context(), bin)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), c.DSN)
	if err != nil {
		t.Fatal(err)
	}
	var folder string
	if err := conn.QueryRow(t.Context(), "SHOW data_directory").Scan(&folder); err != nil {
		t.Error(err)
	}
	conn.Close(t.Context())
	for range 2 {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	}
	if _, err := pgx.Connect(t.Context(), c.DSN); err == nil {
		t.Error("the server still answers after Stop")
	}
	if _, err := os.Stat(filepath.Dir(folder)); !os.IsNotExist(err) {
		t.Errorf("the folder %s is still there: %v", folder, err)
	}
}

func TestTheExitCodeIsTheCommands(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("SKIPPED: no sh to run")
	}
	t.Setenv(dsn, "postgres://given")
	out := filepath.Join(t.TempDir(), "out")
	code, err := run([]string{sh, "-c", `echo "$` + dsn + `" > "$0"; exit 7`, out})
	if err != nil || code != 7 {
		t.Errorf("exit code %d and error %v, want 7 and none", code, err)
	}
	if text, _ := os.ReadFile(out); strings.TrimSpace(string(text)) != "postgres://given" {
		t.Errorf("the command saw the server %q, want the one that was given", text)
	}
}
