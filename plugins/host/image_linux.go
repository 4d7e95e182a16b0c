package host

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"

	"holdfast/engine/fault"
)

// pin makes cmd run the open file itself, whatever stands at its path by then,
// under a link in a folder of ours that gives the process its name. A script is
// opened once more by its interpreter, by its path, and so it is run by that:
// there the folder alone, which nobody else may write, keeps it from being
// exchanged; and so it is where there is no /proc. release gives back what pin
// opened, after the start.
func (im *image) pin(cmd *exec.Cmd, folder string) (release func(), err error) {
	fd := int(im.file.Fd())
	open := "/proc/self/fd/" + strconv.Itoa(fd)
	if _, err := os.Lstat(open); err != nil || im.isScript() {
		return func() {}, nil
	}
	link := filepath.Join(folder, filepath.Base(cmd.Path))
	if err := os.Symlink(open, link); err != nil {
		return nil, fault.New(fault.Transient, "pin the executable: %w", err)
	}
	stdin, err := nullAbove(fd)
	if err != nil {
		return nil, fault.New(fault.Transient, "pin the executable: %w", err)
	}
	cmd.Path, cmd.Stdin = link, stdin
	return func() { _ = stdin.Close() }, nil
}

// nullAbove opens the null device under a number above fd. Between fork and
// exec the child moves descriptors to numbers above the highest of its standard
// streams: so they never meet fd, which it is started by.
func nullAbove(fd int) (*os.File, error) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		return nil, err
	}
	defer null.Close()
	high, err := unix.FcntlInt(null.Fd(), unix.F_DUPFD_CLOEXEC, fd+1)
	if err != nil {
		return nil, fmt.Errorf("duplicate the null device: %w", err)
	}
	return os.NewFile(uintptr(high), os.DevNull), nil
}

// seal keeps every descriptor of this process from those it starts: libraries
// in C open some without, and some come from whoever started us.
func seal() {
	if unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC) == nil {
		return
	}
	sealEach("/proc/self/fd")
}
