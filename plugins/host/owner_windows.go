package host

import (
	"os"

	"golang.org/x/sys/windows"

	"holdfast/engine/fault"
)

// openToRun opens an executable so that nobody can write, move or remove it
// until it is closed. It does not follow a link unless links are allowed.
func openToRun(path string, links bool) (*os.File, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, fault.New(fault.Invalid, "channel executable %q: %w", path, err)
	}
	var flags uint32 = windows.FILE_ATTRIBUTE_NORMAL
	if !links {
		flags |= windows.FILE_FLAG_OPEN_REPARSE_POINT
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ, windows.FILE_SHARE_READ, nil, windows.OPEN_EXISTING, flags, 0)
	if err != nil {
		return nil, fault.New(fault.NotFound, "channel executable %s: %w", path, err).
			WithCure("let the user who runs holdfast read it, and nobody hold it open for writing")
	}
	f := os.NewFile(uintptr(h), path)
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		_ = f.Close()
		return nil, notRegular(path)
	}
	return f, nil
}

// ours refuses a path that everyone, all logged-in or all local users may
// write.
func ours(_ *os.File, path string) error {
	sd, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return fault.New(fault.Denied, "read the rights on %s: %w", path, err)
	}
	dacl, _, err := sd.DACL()
	if err != nil || dacl == nil {
		return fault.New(fault.Denied, "%s has no access list, so that everyone may write it", path).
			WithCure("set its rights with icacls")
	}
	return noneMayWrite(path, dacl)
}

func noneMayWrite(path string, dacl *windows.ACL) error {
	const write = windows.FILE_WRITE_DATA | windows.FILE_APPEND_DATA | windows.DELETE |
		windows.WRITE_DAC | windows.WRITE_OWNER | windows.GENERIC_WRITE | windows.GENERIC_ALL
	for i := range uint32(dacl.AceCount) {
		var ace *windows.ACCESS_ALLOWED_ACE
		if err := windows.GetAce(dacl, i, &ace); err != nil {
			return fault.New(fault.Denied, "read the rights on %s: %w", path, err)
		}
		if ace.Header.AceType != windows.ACCESS_ALLOWED_ACE_TYPE || ace.Mask&write == 0 {
			continue
		}
		if sid := sidOf(ace); many(sid) {
			return fault.New(fault.Denied, "%s may be written by %s", path, sid).
				WithCure("take the right to write from it with icacls")
		}
	}
	return nil
}

// many reports whether sid stands for more than an administrator would name.
func many(sid *windows.SID) bool {
	return sid.IsWellKnown(windows.WinWorldSid) || sid.IsWellKnown(windows.WinAuthenticatedUserSid) ||
		sid.IsWellKnown(windows.WinBuiltinUsersSid) || sid.IsWellKnown(windows.WinInteractiveSid)
}
