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

// watch starts the process. These systems cannot say that it is gone without
// reaping it, so the end of its pipes stands for that.
func (p *process) watch(started chan<- error) {
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	err := p.exec()
	started <- err
	close(p.exited)
}
