package host

import (
	"os"
	"path/filepath"

	"holdfast/engine/fault"
)

// runFolder is the folder of one life of a channel: its socket and whatever it
// leaves in its TMPDIR. As long as that life lasts the folder is locked; the
// lock goes with this process, however that ends, so that the next start knows
// what nobody needs any more. It is short: the path of a socket is limited to
// about 100 bytes.
type runFolder struct {
	path string
	lock *os.File
}

// runPattern names run folders. They belong to one user each: others are
// neither trusted nor touched.
const runPattern = "holdfast-run-"

// newRunFolder removes what dead processes have left below base and makes a
// folder for one life. The caller removes it.
func newRunFolder(base string) (*runFolder, error) {
	sweep(base)
	for range 10 {
		path, err := os.MkdirTemp(base, runPattern)
		if err != nil {
			return nil, fault.New(fault.Transient, "make a folder for a channel's socket: %w", err).WithCure("let this user write to %s", base)
		}
		lock, err := lockFolder(path)
		if err == nil {
			return &runFolder{path: path, lock: lock}, nil
		}
		_ = os.RemoveAll(path) // somebody sweeps it: another one is as good
	}
	return nil, fault.New(fault.Transient, "make a folder for a channel's socket: each new one below %s is taken away", base)
}

// remove ends what was started in the folder and removes it. It may come once.
func (r *runFolder) remove() error {
	endStrays(r.path)
	return r.clear()
}

// sweep removes the run folders of processes that are gone, with whatever they
// had started. What cannot be removed stays for the next time.
func sweep(base string) {
	entries, _ := filepath.Glob(filepath.Join(base, runPattern+"*"))
	for _, path := range entries {
		if info, err := os.Lstat(path); err != nil || !info.IsDir() || !isOurs(info) {
			continue
		}
		if lock, err := lockFolder(path); err == nil {
			_ = (&runFolder{path: path, lock: lock}).remove()
		}
	}
}
