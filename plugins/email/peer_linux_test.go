package email_test

import (
	"os/exec"
	"syscall"
)

// endWithUs has a process end when the test does, whatever ends the test.
func endWithUs(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM} }
