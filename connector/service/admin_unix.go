//go:build !windows

package service

import (
	"os"

	"holdfast/engine/fault"
)

// isAdmin reports whether this user may change services.
func isAdmin() bool { return os.Geteuid() == 0 }

func notAdmin(action string) error {
	return fault.New(fault.Denied, "service %s needs root", action).WithCure(`run "sudo holdfast service %s"`, action)
}
