//go:build unix

package host

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// sealEach seals the descriptors that a folder of the system lists.
func sealEach(folder string) {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if fd, err := strconv.Atoi(e.Name()); err == nil && fd > 2 {
			unix.CloseOnExec(fd)
		}
	}
}
