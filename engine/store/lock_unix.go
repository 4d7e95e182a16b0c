//go:build unix

package store

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockFile locks f for this process, or fails at once.
func lockFile(f *os.File) error {
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
}
