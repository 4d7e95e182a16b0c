//go:build unix

package host

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// lockFolder locks the folder that is at a path until the file is closed, unless
// somebody else has. The lock is on the folder itself: what cleans folders for
// temporary files by age, as systemd-tmpfiles does, leaves a locked one alone.
func lockFolder(path string) (*os.File, error) {
	f, err := os.OpenFile(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err == nil {
		err = stands(f, path)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// stands reports an error if an open folder is no longer the one at a path: it
// was removed before it was locked.
func stands(f *os.File, path string) error {
	locked, err := f.Stat()
	if err != nil {
		return err
	}
	there, err := os.Lstat(path)
	if err == nil && !os.SameFile(locked, there) {
		err = fs.ErrNotExist
	}
	return err
}

// clear removes the folder, then its lock.
func (r *runFolder) clear() error { return errors.Join(os.RemoveAll(r.path), r.lock.Close()) }

// isOurs reports whether something belongs to this user.
func isOurs(info os.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Geteuid()
}
