//go:build unix && !linux

package conform

import (
	"os"
	"syscall"
)

// askToEnd sends what a service manager sends first.
func askToEnd(p *os.Process) error { return p.Signal(syscall.SIGTERM) }
