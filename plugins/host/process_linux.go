package host

import (
	"os"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

const shortTemp = "/tmp"

// family is the process group of a channel.
type family struct{}

func (family) kill(p *os.Process) error {
	err := unix.Kill(-p.Pid, unix.SIGKILL)
	if err == unix.ESRCH {
		return nil
	}
	return err
}

func (family) close() {}

func systemEnv(dir string) []string { return []string{"TMPDIR=" + dir} }

// reap fetches the process once it is gone.
func (p *process) reap() error {
	<-p.exited
	return p.cmd.Wait()
}

// watch starts the process and stays with it until it is gone. The parent that
// Pdeathsig means is this thread, so it must live as long as the child does.
// The group is killed before the leader is reaped, so that its number cannot
// have gone to a stranger.
func (p *process) watch(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	err := p.exec()
	started <- err
	if err != nil {
		return
	}
	for {
		err := unix.Waitid(unix.P_PID, p.cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if err != unix.EINTR {
			break
		}
	}
	_ = p.family.kill(p.cmd.Process)
	endStrays(p.folder.path)
	close(p.exited)
}
