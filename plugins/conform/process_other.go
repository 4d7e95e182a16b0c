//go:build !linux

package conform

import "os"

func killGroup(p *os.Process) error { return p.Kill() }

// watch starts the process. The end of its pipes stands for its own.
func (p *process) watch(started chan<- error) {
	p.mu.Lock()
	err := p.cmd.Start()
	p.mu.Unlock()
	started <- err
}

func (p *process) reap() error {
	err := p.cmd.Wait()
	close(p.exited)
	return err
}
