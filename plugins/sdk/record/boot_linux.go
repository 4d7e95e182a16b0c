package record

import (
	"time"

	"golang.org/x/sys/unix"
)

// booted returns when this machine was started.
func booted() time.Time {
	var info unix.Sysinfo_t
	if unix.Sysinfo(&info) != nil {
		return time.Now() // not known: nothing is said of what came before
	}
	return time.Now().Add(-time.Duration(info.Uptime) * time.Second)
}
