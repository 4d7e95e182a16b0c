package host

import (
	"bytes"
	"os"
	"strconv"

	"github.com/hashicorp/go-plugin"
	"golang.org/x/sys/unix"
)

// endStrays kills the processes that were started by a channel which lived in a
// run folder and that left its process group, or outlived a host that was
// killed. They are known by the folder in the environment that they inherited.
func endStrays(folder string) {
	mark := []byte("\x00" + plugin.EnvUnixSocketDir + "=" + folder + "/")
	for range 10 { // while it looks, one may start another
		found := false
		processes, _ := os.ReadDir("/proc")
		for _, p := range processes {
			if pid, err := strconv.Atoi(p.Name()); err == nil && endStray(pid, mark) {
				found = true
			}
		}
		if !found {
			return
		}
	}
}

// endStray kills a process whose environment has the mark. The process is held
// by a descriptor, so that its number cannot have gone to a stranger meanwhile.
func endStray(pid int, mark []byte) bool {
	fd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return false
	}
	defer func() { _ = unix.Close(fd) }()
	env, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/environ")
	if err != nil || !bytes.Contains(append([]byte{0}, env...), mark) {
		return false
	}
	return unix.PidfdSendSignal(fd, unix.SIGKILL, nil, 0) == nil
}
