//go:build !cgo || !linux

package adaptertest

import "testing"

// standInOracle skips: the stand-in is a library of C for Linux.
func standInOracle(t *testing.T, _ string) Bench {
	t.Helper()
	t.Skip("SKIPPED: the stand-in for Oracle's client library needs Linux and a build with cgo")
	return Bench{}
}

// OracleFaults skips: only the stand-in makes them.
func OracleFaults(t *testing.T, _ Bench, _ ...string) {
	t.Helper()
	t.Skip("SKIPPED: faults are made by the stand-in for Oracle's client library only")
}
