package host

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"holdfast/engine/outbox"
)

func linuxOnly(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("looks at processes the Linux way")
	}
}

// What a channel starts dies with it, also where it has left the group.
func TestChildrenDieWithTheChannel(t *testing.T) {
	linuxOnly(t)
	for how, end := range map[string]func(*Channel){
		"closed": func(c *Channel) { _ = c.Close() },
		"died":   func(c *Channel) { _, _ = c.Send(t.Context(), message("die")) },
	} {
		for _, kin := range []string{"child", "daemon"} {
			t.Run(kin+" "+how, func(t *testing.T) {
				c := launch(t, config(t, "good"))
				sent := send(t, c, kin, outbox.Accepted)
				end(c)
				gone(t, sent.Detail)
				gone(t, sent.ProviderID)
			})
		}
	}
}

// A channel dies with a host that is killed. What it had started, and the
// folder of its life, go when the next channel starts; those of another host
// that lives on stay.
func TestKilledHostLeavesNothing(t *testing.T) {
	linuxOnly(t)
	killed, other := newHost(t, "daemon"), newHost(t, "daemon")
	if n := len(runFolders()); n != 2 {
		t.Fatalf("%d lives of channels, want 2", n)
	}
	killed.kill(t)
	gone(t, killed.channel)
	c := launch(t, config(t, "good"))
	gone(t, killed.child)
	if n := len(runFolders()); n != 2 {
		t.Errorf("%d lives of channels, want ours and the other host's: %v", n, runFolders())
	}
	for _, id := range []string{other.channel, other.child} {
		if pid, err := strconv.Atoi(id); err != nil || !alive(pid) {
			t.Errorf("process %s of another host was ended", id)
		}
	}
	other.kill(t)
	gone(t, other.channel)
	must(t, c.Close())
	sweep(runBase())
	gone(t, other.child)
	if left := runFolders(); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// What lives is left alone, also where something else has cleaned its folder.
func TestSweepLeavesTheLiving(t *testing.T) {
	linuxOnly(t)
	c := launch(t, config(t, "good"))
	before := send(t, c, "daemon", outbox.Accepted)
	must(t, os.Remove(filepath.Join(c.live.folder.path, filepath.Base(c.cfg.Command[0]))))
	dead, err := os.MkdirTemp(runBase(), runPattern)
	must(t, err)
	sweep(runBase())
	if left := runFolders(); len(left) != 1 || left[0] == dead {
		t.Errorf("left: %v", left)
	}
	child, err := strconv.Atoi(before.Detail)
	must(t, err)
	if after := send(t, c, "hello", outbox.Accepted); after.ProviderID != before.ProviderID || !alive(child) {
		t.Error("a channel that lives was swept")
	}
}

// hostProcess is another host with one channel.
type hostProcess struct {
	cmd            *exec.Cmd
	channel, child string // process ids
}

func newHost(t *testing.T, subject string) *hostProcess {
	t.Helper()
	p, err := self()
	must(t, err)
	h := &hostProcess{cmd: exec.Command(p.Path, "be-a-host", subject)}
	out, err := h.cmd.StdoutPipe()
	must(t, err)
	must(t, h.cmd.Start())
	t.Cleanup(func() { h.kill(t) })
	if _, err := fmt.Fscanln(out, &h.channel, &h.child); err != nil {
		t.Fatal(err)
	}
	return h
}

// kill ends the host as a power cut does. It may come twice.
func (h *hostProcess) kill(t *testing.T) {
	t.Helper()
	if h.cmd.ProcessState == nil {
		must(t, h.cmd.Process.Kill())
		_ = h.cmd.Wait()
	}
}

// gone waits until a process has ended.
func gone(t *testing.T, id string) {
	t.Helper()
	pid, err := strconv.Atoi(id)
	if err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if !alive(pid) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d lives on", pid)
}

func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	return err == nil && p.Signal(syscall.Signal(0)) == nil && !zombie(pid)
}

// zombie reports a process that has ended but was not fetched by its parent,
// as an orphan is where nobody plays init.
func zombie(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
