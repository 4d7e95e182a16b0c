package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
)

// Find returns the folder of a PostgreSQL server's programs: the newest version
// installed, empty where there is none.
func Find() string {
	folders, _ := filepath.Glob(debian) // the pattern is sound
	slices.SortFunc(folders, func(a, b string) int { return major(b) - major(a) })
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(initdb); err == nil {
			folders = append(folders, filepath.Dir(real))
		}
	}
	for _, dir := range folders {
		if whole(dir) {
			return dir
		}
	}
	return ""
}

// debian is where Debian keeps servers, which are not in the PATH there.
const debian = "/usr/lib/postgresql/*/bin"

// major returns the version in the name of a folder of Debian's.
func major(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin))) // 0 for a strange name
	return n
}

// whole reports whether a folder has all programs that a cluster needs.
func whole(bin string) bool {
	for _, program := range []string{"initdb", "pg_ctl", "postgres"} {
		if _, err := exec.LookPath(filepath.Join(bin, program)); err != nil {
			return false
		}
	}
	return true
}

// ErrMissing says what a person installs where Install may not.
var ErrMissing = errors.New(`no PostgreSQL server was found, and this user may not install one. Either
  - install it: "apt-get install postgresql" on Debian and Ubuntu, "dnf install postgresql-server" on Fedora,
    "brew install postgresql" on macOS, the installer of postgresql.org on Windows with its bin folder in the PATH; or
  - set HOLDFAST_TEST_POSTGRES_DSN to the URL of a server on which tests may make and drop databases`)

// Install installs Debian's package, where apt-get is there and the user is
// root or needs no password for sudo; else it returns ErrMissing. What apt-get
// says goes to standard error.
func Install(ctx context.Context) error {
	if _, err := exec.LookPath("apt-get"); err != nil {
		return ErrMissing
	}
	prefix := []string{"env", "DEBIAN_FRONTEND=noninteractive"}
	if os.Geteuid() != 0 {
		if exec.CommandContext(ctx, "sudo", "-n", "true").Run() != nil {
			return ErrMissing
		}
		prefix = append([]string{"sudo", "-n"}, prefix...)
	}
	for _, args := range [][]string{
		{"apt-get", "update", "-qq"},
		{"apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"},
	} {
		all := slices.Concat(prefix, args)
		cmd := exec.CommandContext(ctx, all[0], all[1:]...)
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%v: %w\n%w", args, err, ErrMissing)
		}
	}
	return nil
}
