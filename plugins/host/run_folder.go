package host

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"holdfast/engine/fault"
)

// runFolder is the folder of one life of a channel: its socket and whatever it
// leaves in its TMPDIR. As long as that life lasts, a file in it is locked; the
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

// lockName is the locked file in a run folder.
const lockName = "lock"

// newRunFolder removes what dead processes have left below base and makes a
// folder for one life. The caller removes it.
func newRunFolder(base string) (*runFolder, error) {
	sweep(base)
	for range 10 {
		path, err := os.MkdirTemp(base, runPattern)
		if err != nil {
			return nil, fault.New(fault.Transient, "make a folder for a channel's socket: %w", err).WithCure("let this user write to %s", base)
		}
		r, err := take(path)
		if err == nil {
			return r, nil
		}
		_ = os.RemoveAll(path) // somebody sweeps it: another one is as good
	}
	return nil, fault.New(fault.Transient, "make a folder for a channel's socket: each new one below %s is taken away", base)
}

// take locks the folder that is at a path, if nobody else has and it is still
// there then.
func take(path string) (*runFolder, error) {
	lock, err := openLock(filepath.Join(path, lockName))
	if err != nil {
		return nil, err
	}
	r := &runFolder{path: path, lock: lock}
	if err = tryLock(lock); err == nil {
		err = r.stands()
	}
	if err != nil {
		_ = lock.Close()
		return nil, err
	}
	return r, nil
}

// stands reports an error if the locked file is no longer the one in the folder.
func (r *runFolder) stands() error {
	ours, err := r.lock.Stat()
	if err != nil {
		return err
	}
	there, err := os.Lstat(filepath.Join(r.path, lockName))
	if err != nil {
		return err
	}
	if !os.SameFile(ours, there) {
		return fs.ErrNotExist
	}
	return nil
}

// remove ends what was started in the folder and removes it. It may come once.
func (r *runFolder) remove() error {
	endStrays(r.path)
	return errors.Join(os.RemoveAll(r.path), r.lock.Close())
}

// sweep removes the run folders of processes that are gone, with whatever they
// had started. What cannot be removed stays for the next time.
func sweep(base string) {
	entries, _ := filepath.Glob(filepath.Join(base, runPattern+"*"))
	for _, path := range entries {
		if info, err := os.Lstat(path); err != nil || !info.IsDir() || !isOurs(info) {
			continue
		}
		if r, err := take(path); err == nil {
			_ = r.remove()
		}
	}
}
