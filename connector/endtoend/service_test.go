package endtoend_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"holdfast/engine/store"
)

// start runs the service in the foreground; stop sends it SIGTERM and returns
// what it said once it has ended cleanly.
func (s *site) start() (stop func() string) {
	s.t.Helper()
	path, err := program()
	must(s.t, err)
	cmd := exec.Command(path, "run", "--config", filepath.Join(s.dir, "config.toml"))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	must(s.t, cmd.Start())
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	ended := false
	s.t.Cleanup(func() {
		if !ended {
			cmd.Process.Kill()
		}
	})
	return func() string {
		must(s.t, cmd.Process.Signal(os.Interrupt))
		select {
		case err := <-done:
			if err != nil {
				s.t.Errorf("the service ended with %v\n%s", err, out.String())
			}
		case <-time.After(30 * time.Second):
			cmd.Process.Kill()
			s.t.Errorf("the service did not end within 30 seconds\n%s", out.String())
		}
		ended = true
		return out.String()
	}
}

// eventually waits until ask is true, generously.
func eventually(t *testing.T, what string, ask func() bool) {
	t.Helper()
	for deadline := time.Now().Add(40 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if ask() {
			return
		}
	}
	t.Errorf("%s: not within 40 seconds", what)
}

func TestTheServiceLiftsAHoldWhenTheMoneyIsInAndEndsCleanly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: no SIGTERM on Windows; the service manager's stop is tested in connector/service")
	}
	s := generic(t)
	s.edit(`preset = "generic"`, "preset = \"generic\"\npull_every = \"1h\"\nheld_every = \"1s\"")
	s.ok("hold", "enable", "--yes")
	s.exec(`UPDATE ar_document SET due_on = '2026-06-01', amount = 900, open = 900`)
	s.exec(`UPDATE ar_customer SET credit_hold = 'N'`)
	s.ok("pull")
	s.ok("adopt", "--yes")
	for _, day := range []string{"2026-11-23", "2026-11-24", "2026-11-30", "2026-12-10"} {
		rehearse(s, day)
	}
	held := func() string {
		var flag string
		must(t, s.db.QueryRow(`SELECT credit_hold FROM ar_customer WHERE id = 'C1'`).Scan(&flag))
		return flag
	}
	if held() != "Y" {
		t.Fatalf("the fourth reminder, the warning and the hold should be done: %s", s.ok("explain", "C1", "--as-of", "2026-12-11"))
	}
	stop := s.start()
	eventually(t, "the service takes the state", func() bool {
		release, err := store.Lock(filepath.Join(s.dir, "state"))
		if err == nil {
			release()
		}
		return err != nil
	})
	s.exec(`UPDATE ar_document SET open = 0, closed_on = current_date, changed_at = now()`)
	eventually(t, "the hold is lifted", func() bool { return held() == "N" })
	stop()
	release, err := store.Lock(filepath.Join(s.dir, "state"))
	must(t, err)
	must(t, release())
	if rows := list[holdRow](s, "hold", "list", "--all"); len(rows) != 1 || rows[0].State != "released" {
		t.Errorf("the journal says %+v", rows)
	}
}
