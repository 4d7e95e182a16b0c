//go:build unix

package host

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"

	"holdfast/engine/fault"
)

// openToRun opens an executable for reading. It does not follow a link unless
// links are allowed, and does not wait for the other end of a pipe.
func openToRun(path string, links bool) (*os.File, error) {
	flags := unix.O_RDONLY | unix.O_CLOEXEC | unix.O_NONBLOCK
	if !links {
		flags |= unix.O_NOFOLLOW
	}
	f, err := os.OpenFile(path, flags, 0)
	if errors.Is(err, unix.ELOOP) {
		return nil, notRegular(path)
	}
	if err != nil {
		return nil, fault.New(fault.NotFound, "channel executable: %w", err).WithCure("let the user who runs holdfast read it")
	}
	info, err := f.Stat()
	if err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0 {
		return f, nil
	}
	_ = f.Close()
	if err == nil && info.Mode().IsRegular() {
		return nil, fault.New(fault.Denied, "%s may not be run by anybody (mode %04o)", path, info.Mode().Perm()).WithCure("chmod 755 %s", path)
	}
	return nil, notRegular(path)
}

// ours refuses an open file or folder that belongs to someone else than root or
// us, or that group or others may write.
func ours(f *os.File, path string) error {
	info, err := f.Stat()
	if err != nil {
		return fault.New(fault.NotFound, "channel executable: %w", err)
	}
	if info.Mode().Perm()&0o022 != 0 {
		return fault.New(fault.Denied, "%s may be written by others (mode %04o)", path, info.Mode().Perm()).
			WithCure("chmod go-w %s", path)
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if ok && st.Uid != 0 && int(st.Uid) != os.Geteuid() {
		return fault.New(fault.Denied, "%s belongs to user %d", path, st.Uid).WithCure("chown root %s", path)
	}
	return nil
}
