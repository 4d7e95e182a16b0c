package host

import "syscall"

// daemon is how a process leaves its group.
func daemon() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
