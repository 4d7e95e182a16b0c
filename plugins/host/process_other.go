//go:build !linux && !windows

package host

import (
	"os"
	"syscall"
)

const shortTemp = "/tmp"

// family is the process group of a channel.
type family struct{}

func (family) kill(p *os.Process) error { return syscall.Kill(-p.Pid, syscall.SIGKILL) }

func (family) close() {}

// seal keeps every descriptor of this process from those it starts.
func seal() { sealEach("/dev/fd") }

func systemEnv(dir string) []string { return []string{"TMPDIR=" + dir} }

// reap waits for the process and fetches it: these systems cannot say that it is
// gone without that.
func (p *process) reap() error {
	defer close(p.exited)
	return p.cmd.Wait()
}

// watch starts the process.
func (p *process) watch(started chan<- error) {
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	started <- p.exec()
}
