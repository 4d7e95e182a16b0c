package host

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// sidOf returns whom an entry of an access list is about: the SID begins at
// the field SidStart.
func sidOf(ace *windows.ACCESS_ALLOWED_ACE) *windows.SID {
	return (*windows.SID)(unsafe.Pointer(&ace.SidStart))
}
