//go:build cgo && linux

package adaptertest

import (
	"crypto/rand"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// dictionary are views of Oracle's that the stand-in has not, empty where it has
// nothing to show.
//
//go:embed oracle_dictionary.sql
var dictionary string

// standIn is the one cluster of this process behind the stand-in.
var standIn struct {
	sync.Mutex
	once   sync.Once
	err    error
	url    string   // of the cluster
	users  []string // name/password
	alive  io.WriteCloser
	faults atomic.Int64 // so far
}

// standInOracle makes a user of the stand-in, and with it a schema.
func standInOracle(t *testing.T, folder string) Bench {
	t.Helper()
	if _, err := os.Stat(filepath.Join(folder, "libclntsh.so")); err != nil {
		t.Skipf("SKIPPED: the stand-in for Oracle's client library is not built: %v", err)
	}
	standIn.once.Do(func() {
		standIn.err = startStandIn(folder)
		if standIn.err == nil {
			Exec(t, standIn.url, dictionary)
		}
	})
	if standIn.err != nil {
		t.Fatalf("the stand-in for Oracle's client library: %v", standIn.err)
	}
	name := newStandInUser(t)
	dsn := fmt.Sprintf(`user=%q password="tiger" connectString="127.0.0.1:1521/standin" libDir=%q`, name, folder)
	s := oracleBench(t, dsn)
	t.Cleanup(func() { Exec(t, standIn.url, "DROP SCHEMA IF EXISTS "+name+" CASCADE") })
	t.Log("STAND-IN: this is Oracle's driver and client interface on PostgreSQL, not Oracle")
	bench := s.bench()
	bench.StandIn = "a stand-in for Oracle's client library, with PostgreSQL behind it"
	bench.Trigger = func(t testing.TB, table, statement string) {
		t.Helper()
		Exec(t, standIn.url, fmt.Sprintf(`SET search_path = %s; CREATE FUNCTION own_logic() RETURNS trigger LANGUAGE plpgsql
			AS $$ BEGIN %s; RETURN NULL; END $$; CREATE TRIGGER own_logic AFTER UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION own_logic()`,
			name, statement, table))
	}
	return bench
}

// newStandInUser adds a user whom the stand-in lets in.
func newStandInUser(t *testing.T) string {
	t.Helper()
	b := make([]byte, 6)
	if _, err := rand.Read(b); err != nil {
		t.Fatal(err)
	}
	name := "hf_" + hex.EncodeToString(b)
	addStandInUser(name + "/tiger")
	return name
}

// addStandInUser adds name/password; the stand-in's own way to lock an account
// is the password !28000.
func addStandInUser(user string) {
	standIn.Lock()
	defer standIn.Unlock()
	standIn.users = append(standIn.users, user)
	os.Setenv("OCISTUB_USERS", strings.Join(standIn.users, ","))
}

// startStandIn starts the cluster. It is stopped and removed when this process
// has ended, however it ends.
func startStandIn(folder string) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "holdfast-standin-")
	if err != nil {
		return err
	}
	// The cluster's own user must get through to the folder in it.
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	script := filepath.Join(folder, "pg.sh")
	os.Setenv("OCISTUB_PGDIR", filepath.Join(dir, "pg"))
	os.Setenv("OCISTUB_PGPORT", strconv.Itoa(port))
	if found, _ := filepath.Glob("/usr/share/postgresql/*/extension/orafce.control"); len(found) > 0 {
		version := filepath.Base(filepath.Dir(filepath.Dir(found[0])))
		os.Setenv("OCISTUB_PGBIN", filepath.Join("/usr/lib/postgresql", version, "bin"))
	}
	if err := stopLater(script, dir); err != nil {
		return err
	}
	start := exec.Command("sh", script, "start")
	start.Dir = dir
	info, err := start.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return fmt.Errorf("%s start: %w", script, err)
	}
	os.Setenv("OCISTUB_PG_CONNINFO", strings.TrimSpace(string(info)))
	standIn.url = fmt.Sprintf("postgres://ocistub@127.0.0.1:%d/ocistub", port)
	return nil
}

// stopLater starts a shell that waits for this process to end, by the pipe that
// then closes, and takes the cluster away.
func stopLater(script, dir string) error {
	wait := exec.Command("sh", "-c", `cat >/dev/null; sh "$0" stop >/dev/null 2>&1; rm -rf "$1"`, script, dir)
	wait.Dir = "/"
	wait.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	// The pipe is kept: one that nothing refers to any more is closed.
	var err error
	if standIn.alive, err = wait.StdinPipe(); err != nil {
		return err
	}
	return wait.Start()
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// OracleFaults makes the stand-in fail as its lines say, until the test ends: a
// text of the statement, a tab, and what happens to it. It skips the test where
// a real database is; other tests must not run beside it.
func OracleFaults(t *testing.T, b Bench, lines ...string) {
	t.Helper()
	if b.StandIn == "" {
		t.Skip("SKIPPED: faults are made by the stand-in for Oracle's client library only")
	}
	// It counts "once" by the words of a line in the whole process: ours are made
	// different by one that it does not know.
	var text strings.Builder
	for _, line := range lines {
		fmt.Fprintf(&text, "%s of=%d\n", line, standIn.faults.Add(1))
	}
	file := filepath.Join(t.TempDir(), "faults")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	os.Setenv("OCISTUB_FAULT_FILE", file)
	t.Cleanup(func() { os.Unsetenv("OCISTUB_FAULT_FILE") })
}
