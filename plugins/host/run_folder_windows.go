package host

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// lockFolder locks the folder at a path until the file is closed, unless
// somebody else has: it opens a file in it that nobody else can open then.
func lockFolder(path string) (*os.File, error) {
	path = filepath.Join(path, "lock")
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, 0, nil,
		windows.OPEN_ALWAYS, windows.FILE_ATTRIBUTE_NORMAL|windows.FILE_FLAG_OPEN_REPARSE_POINT, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(h), path), nil
}

// clear gives the lock back, without which the folder cannot be removed here,
// and removes the folder.
func (r *runFolder) clear() error { return errors.Join(r.lock.Close(), os.RemoveAll(r.path)) }

// isOurs reports whether something belongs to this user: the folder for
// temporary files is the user's own here.
func isOurs(os.FileInfo) bool { return true }

// endStrays has nothing to do: the job object ends them all.
func endStrays(string) {}
