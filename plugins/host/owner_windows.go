package host

import (
	"golang.org/x/sys/windows"

	"holdfast/engine/fault"
)

// ownedByUs refuses a path that everyone, all logged-in or all local users may
// write.
func ownedByUs(path string) error {
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
