package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"holdfast/engine/fault"
)

// Lock takes the state folder for one process's effects: pulls, deliveries and
// holds. It returns fault.Busy, naming the holder, where another process has
// it. The lock goes with the process; release gives it back sooner.
func Lock(dir string) (release func() error, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, wrap("lock the state", err)
	}
	path := filepath.Join(dir, "holdfast.lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, wrap("lock the state", err)
	}
	if err := lockFile(f); err != nil {
		f.Close()
		return nil, fault.New(fault.Busy, "the state %s is held by %s", dir, holder(path)).
			WithCure("stop that one first, or use a verb that only reads")
	}
	if err := sign(path); err != nil {
		f.Close()
		return nil, wrap("lock the state", err)
	}
	return f.Close, nil
}

// sign writes who holds the lock into a file beside it: Windows lets nobody
// read a file that is locked.
func sign(path string) error {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	return os.WriteFile(path+".by", fmt.Appendf(nil, "process %d on %s\n", os.Getpid(), host), 0o600)
}

// holder says who holds a lock, as its owner wrote it.
func holder(path string) string {
	text, err := os.ReadFile(path + ".by")
	if name := strings.TrimSpace(string(text)); err == nil && name != "" {
		return name
	}
	return "another process"
}
