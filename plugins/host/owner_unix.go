//go:build unix

package host

import (
	"os"
	"syscall"

	"holdfast/engine/fault"
)

// ownedByUs refuses a path that belongs to someone else than root or us, or
// that group or others may write.
func ownedByUs(path string) error {
	info, err := os.Stat(path)
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
