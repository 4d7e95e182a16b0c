package service

import (
	"golang.org/x/sys/windows"

	"holdfast/engine/fault"
)

// isAdmin reports whether this user may change services.
func isAdmin() bool { return windows.GetCurrentProcessToken().IsElevated() }

func notAdmin(action string) error {
	return fault.New(fault.Denied, "service %s needs an administrator", action).
		WithCure(`open the command prompt by "Run as administrator" and run "holdfast service %s" there`, action)
}
