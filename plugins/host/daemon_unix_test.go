//go:build unix

package host

import "syscall"

// daemon is how a process leaves its group and its session.
func daemon() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
