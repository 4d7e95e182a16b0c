//go:build !linux && !windows

package host

// endStrays has nothing to do: these systems do not show the environment of a
// process, so that only the process group is known.
func endStrays(string) {}
