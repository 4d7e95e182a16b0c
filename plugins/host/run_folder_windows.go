package host

import (
	"os"

	"golang.org/x/sys/windows"
)

// openLock opens the file to be locked, made where missing, so that its folder
// can be removed while it is open.
func openLock(path string) (*os.File, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE,
		windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE|windows.FILE_SHARE_DELETE, nil,
		windows.OPEN_ALWAYS, windows.FILE_ATTRIBUTE_NORMAL|windows.FILE_FLAG_OPEN_REPARSE_POINT, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(h), path), nil
}

// tryLock locks an open file until it is closed, unless somebody has.
func tryLock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
}

// isOurs reports whether something belongs to this user: the folder for
// temporary files is the user's own here.
func isOurs(os.FileInfo) bool { return true }

// endStrays has nothing to do: the job object ends them all.
func endStrays(string) {}
