package work_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"holdfast/engine/work"
)

// victim is set, to a state's folder, in the process that is to be killed.
const victim = "HOLDFAST_TEST_VICTIM"

// Trap 2: a job that ran when its process was killed stays running until River
// rescues it by its age, and keeps its like out. The leadership of the dead
// keeps the ticks away until it runs out.
func TestTakingOverFromAKilledProcess(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if os.Getenv(victim) != "" {
		dieInDecide(t, os.Getenv(victim))
	}
	kill(t, dir)

	s, db := newScripted(), openState(t, dir)
	if n := count(t, db, `SELECT COUNT(*) FROM river_job WHERE kind = 'decide' AND state = 'running'`); n != 1 {
		t.Fatalf("%d decide jobs run after the kill, want the dead one", n)
	}
	var dead string
	if err := db.QueryRow(`SELECT leader_id FROM river_leader`).Scan(&dead); err != nil {
		t.Fatal(err)
	}
	w, err := work.New(rarely(db, s))
	if err != nil {
		t.Fatal(err)
	}
	wake(t, w, work.Decide, "1")
	if n := count(t, db, `SELECT COUNT(*) FROM river_job WHERE kind = 'decide' AND state = 'available'`); n != 0 {
		t.Fatal("the dead job was expected to keep its like out, which is the trap")
	}
	run(t, w)
	if n := count(t, db, `SELECT COUNT(*) FROM river_leader WHERE leader_id = ?`, dead); n != 0 {
		t.Error("the dead process still leads, and no tick comes until that runs out")
	}
	await(t, s.begun, "recover")
	settled(t, s, w)
	if n := count(t, db, `SELECT COUNT(*) FROM river_job WHERE kind = 'decide' AND attempt = 2 AND state = 'completed'`); n != 1 {
		t.Errorf("%d dead jobs were taken over, want 1", n)
	}
}

// kill starts this test in a process of its own, and kills it within a job.
func kill(t *testing.T, dir string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestTakingOverFromAKilledProcess$")
	cmd.Env = append(os.Environ(), victim+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	ready := false
	for !ready && lines.Scan() {
		ready = strings.Contains(lines.Text(), victim)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if !ready {
		t.Fatal("the process to be killed ended by itself")
	}
}

// dieInDecide waits within a job to be killed.
func dieInDecide(t *testing.T, dir string) {
	s := newScripted()
	s.script["decide"] = func(context.Context) error {
		fmt.Println(victim)
		select {}
	}
	start(t, rarely(openState(t, dir), s))
	select {}
}
