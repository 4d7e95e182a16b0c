// Package cluster starts a private PostgreSQL server in a temporary folder and
// removes it again. What it holds is worth nothing: it does not wait for disks.
package cluster

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Cluster is a running server of its own, on the loopback address only.
type Cluster struct {
	DSN     string // URL of its superuser
	Version string // such as "15.14"
	Bin     string // folder of its programs
	dir     string
}

// Start makes and starts a server from the programs in bin. The caller stops
// it. On Unix, where it runs as root, the server runs as the user postgres,
// since PostgreSQL refuses root.
func Start(ctx context.Context, bin string) (*Cluster, error) {
	dir, err := os.MkdirTemp("", "holdfast-pg-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{Bin: bin, dir: dir}
	if err := c.start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start PostgreSQL from %s: %w", bin, err), c.Stop())
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context) error {
	if os.Geteuid() == 0 {
		if out, err := exec.CommandContext(ctx, "chown", "postgres", c.dir).CombinedOutput(); err != nil {
			return fmt.Errorf("give the folder to the user postgres: %w: %s", err, out)
		}
	}
	out, err := c.run(ctx, "postgres", "--version")
	if err != nil {
		return err
	}
	c.Version, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(out), "postgres (PostgreSQL) "), " ")
	if _, err := c.run(ctx, "initdb", "-D", c.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"); err != nil {
		return err
	}
	if err := c.askForPassword(); err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.dir, "server.conf"), []byte(c.settings(port)), 0o644); err != nil {
		return err
	}
	c.DSN = fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
	_, err = c.run(ctx, "pg_ctl", "-D", c.data(), "-w", "-t", "60", "-l", filepath.Join(c.dir, "log"),
		"-o", "-c config_file="+filepath.ToSlash(filepath.Join(c.dir, "server.conf")), "start")
	if err != nil {
		text, _ := os.ReadFile(filepath.Join(c.dir, "log")) // what there is of it helps
		return fmt.Errorf("%w\n%s", err, text)
	}
	return nil
}

// PasswordRole is the one role that the server asks for a password; tests make
// it to see a wrong one refused.
const PasswordRole = "holdfast_password"

// askForPassword puts PasswordRole before the rule that trusts everybody.
func (c *Cluster) askForPassword() error {
	path := filepath.Join(c.data(), "pg_hba.conf")
	rules, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append([]byte("host all "+PasswordRole+" 127.0.0.1/32 scram-sha-256\n"), rules...), 0o600)
}

// settings are quick and forgetful: nothing of it survives a power cut.
func (c *Cluster) settings(port int) string {
	return fmt.Sprintf(`listen_addresses = '127.0.0.1'
port = %d
unix_socket_directories = '%s'
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = '2GB'
shared_buffers = '128MB'
max_connections = 60
log_min_messages = fatal
log_min_error_statement = panic
`, port, strings.ReplaceAll(filepath.ToSlash(c.dir), "'", "''"))
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// Stop ends the server and removes its folder. It may come twice.
func (c *Cluster) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var err error
	if _, missing := os.Stat(filepath.Join(c.data(), "postmaster.pid")); missing == nil {
		_, err = c.run(ctx, "pg_ctl", "-D", c.data(), "-m", "immediate", "-w", "stop")
	}
	return errors.Join(err, os.RemoveAll(c.dir))
}

// run runs one of the server's programs and returns what it printed. A server
// that it leaves behind must not hold our streams, so they go through a file.
func (c *Cluster) run(ctx context.Context, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(c.Bin, program), args...)
	if os.Geteuid() == 0 {
		cmd = exec.CommandContext(ctx, "runuser", append([]string{"-u", "postgres", "--", cmd.Path}, args...)...)
	}
	cmd.Dir = c.dir
	out, err := os.CreateTemp("", "holdfast-pg-out-")
	if err != nil {
		return "", err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	err = cmd.Run()
	text, _ := os.ReadFile(out.Name())
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", program, err, text)
	}
	return string(text), nil
}

// freePort returns a port of the loopback address that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
