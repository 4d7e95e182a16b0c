package host

import (
	"context"
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

const shortTemp = `C:\Windows\Temp`

// family is the job object of a channel: all that the process starts belongs
// to it, and it dies with the host.
type family struct{ job windows.Handle }

func (f family) kill(p *os.Process) error {
	if f.job != 0 {
		return windows.TerminateJobObject(f.job, 1)
	}
	return p.Kill()
}

func (f family) close() {
	if f.job != 0 {
		_ = windows.CloseHandle(f.job)
	}
}

// seal has nothing to do: a process gets the handles that are named for it.
func seal() {}

func systemEnv(dir string) []string {
	return []string{"SystemRoot=" + os.Getenv("SystemRoot"), "TEMP=" + dir, "TMP=" + dir}
}

// reap fetches the process once it is gone.
func (p *process) reap() error {
	<-p.exited
	return p.cmd.Wait()
}

// watch starts the process, puts it into its job and stays until it is gone.
func (p *process) watch(started chan<- error) {
	p.cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP, HideWindow: true}
	err := p.begin()
	started <- err
	if err != nil {
		return
	}
	h, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(p.cmd.Process.Pid))
	if err == nil {
		_, _ = windows.WaitForSingleObject(h, windows.INFINITE)
		_ = windows.CloseHandle(h)
	}
	_ = p.Kill(context.Background())
	close(p.exited)
}

// begin starts the process and puts it into its job.
func (p *process) begin() error {
	if err := p.exec(); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	job, err := newJob(p.cmd.Process.Pid)
	if err != nil {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
		return err
	}
	p.family.job = job
	return nil
}

// newJob makes a job object that kills its members when its last handle is
// closed, and puts the process into it.
func newJob(pid int) (windows.Handle, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return 0, err
	}
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{}
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	if err == nil {
		err = assign(job, pid)
	}
	if err != nil {
		_ = windows.CloseHandle(job)
		return 0, err
	}
	return job, nil
}

func assign(job windows.Handle, pid int) error {
	h, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(pid))
	if err != nil {
		return err
	}
	defer func() { _ = windows.CloseHandle(h) }()
	return windows.AssignProcessToJobObject(job, h)
}
