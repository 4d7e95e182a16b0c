package conform

import (
	"errors"
	"os"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

func killGroup(p *os.Process) error {
	err := unix.Kill(-p.Pid, unix.SIGKILL)
	if errors.Is(err, unix.ESRCH) {
		return nil
	}
	return err
}

// askToEnd sends what a service manager sends first.
func askToEnd(p *os.Process) error { return p.Signal(syscall.SIGTERM) }

// watch starts the process and stays with it until it is gone: it dies with
// this thread. What outlives it in its group is noted and killed before the
// process is reaped, so that the number of the group cannot be a stranger's.
func (p *process) watch(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	p.mu.Lock()
	err := p.cmd.Start()
	p.mu.Unlock()
	started <- err
	if err != nil {
		return
	}
	for {
		err := unix.Waitid(unix.P_PID, p.cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if !errors.Is(err, unix.EINTR) {
			break
		}
	}
	p.mu.Lock()
	p.left = groupOf(p.cmd.Process.Pid)
	p.mu.Unlock()
	_ = killGroup(p.cmd.Process) // nobody is left to be killed where it fails
	close(p.exited)
}

func (p *process) reap() error {
	<-p.exited
	return p.cmd.Wait()
}
