// Command testpg runs a command beside a throw-away PostgreSQL server:
//
//	go run ./connector/testpg -- go test ./...
//
// It finds a server, or installs Debian's where it may, starts it on the
// loopback address, names it in HOLDFAST_TEST_POSTGRES_DSN and removes it when
// the command has ended. Where that variable is set already the server that it
// names is used. The exit code is the command's.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"holdfast/connector/testpg/cluster"
)

// dsn is the variable that tests find their server by.
const dsn = "HOLDFAST_TEST_POSTGRES_DSN"

func main() {
	args := os.Args[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: testpg -- COMMAND [ARGUMENT...]")
		os.Exit(2)
	}
	code, err := run(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testpg:", err)
	}
	os.Exit(code)
}

// run brings the server, runs the command and takes the server away again, also
// after an interrupt: the command ends by it, and this program after it.
func run(args []string) (code int, err error) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // a reader that goes away must not leave the server behind
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-signals
		cancel()
	}()
	if os.Getenv(dsn) == "" {
		c, err := bring(ctx)
		if err != nil {
			return 1, err
		}
		defer func() {
			if stopped := c.Stop(); stopped != nil {
				code, err = max(code, 1), errors.Join(err, stopped)
			}
		}()
	}
	announce()
	return command(ctx, args)
}

// bring starts a server and names it in the environment.
func bring(ctx context.Context) (*cluster.Cluster, error) {
	bin := cluster.Find()
	if bin == "" {
		if err := cluster.Install(ctx); err != nil {
			return nil, err
		}
		if bin = cluster.Find(); bin == "" {
			return nil, cluster.ErrMissing
		}
	}
	c, err := cluster.Start(ctx, bin)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "testpg: PostgreSQL %s from %s, at %s\n", c.Version, c.Bin, c.DSN)
	path := c.Bin + string(os.PathListSeparator) + os.Getenv("PATH")
	return c, errors.Join(os.Setenv(dsn, c.DSN), os.Setenv("PATH", path))
}

// command runs the command to its end and returns its exit code.
func command(ctx context.Context, args []string) (int, error) {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() > 0 {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}

// announce says aloud what the tests go without.
func announce() {
	needs := []struct{ there, what string }{
		{os.Getenv("HOLDFAST_TEST_TRYTON_FIXTURES"), "tests on a real Tryton database: set HOLDFAST_TEST_TRYTON_FIXTURES to the folder of its dump"},
		{os.Getenv("HOLDFAST_TEST_SQLSERVER_DSN"), "tests on a real SQL Server, a stand-in takes its place: " +
			"HOLDFAST_TEST_SQLSERVER_DSN='sqlserver://sa:...@HOST:1433?database=EMPTY' go test -p 1 ./adapters/... ./connector/endtoend -run 'SQLServer|Preset|Engine'"},
		{os.Getenv("HOLDFAST_TEST_ORACLE_DSN"), "tests on a real Oracle Database: " +
			"HOLDFAST_TEST_ORACLE_DSN='user=\"...\" password=\"...\" connectString=\"HOST:1521/SERVICE\"' go test -p 1 ./adapters/... ./connector/endtoend -run 'Oracle|Preset|Engine'"},
		{standIn(), "tests of the driver for Oracle, for want of a stand-in: set HOLDFAST_TEST_OCISTUB to the folder of one that is built"},
		{os.Getenv("HOLDFAST_TEST_LEDGERSMB"), "tests on LedgerSMB's own schema: make erps"},
		{os.Getenv("HOLDFAST_TEST_SQLLEDGER"), "tests on SQL-Ledger's own schema: make erps"},
		{program("pg_restore"), "tests that restore a dump: install PostgreSQL's client programs"},
		{program("soffice"), "workbooks computed anew by LibreOffice: install libreoffice-calc"},
	}
	for _, n := range needs {
		if n.there == "" {
			fmt.Fprintln(os.Stderr, "testpg: SKIPPED will be", n.what)
		}
	}
}

// standIn returns what Oracle's driver is tried on, empty where that is nothing.
func standIn() string {
	if dsn := os.Getenv("HOLDFAST_TEST_ORACLE_DSN"); dsn != "" {
		return dsn
	}
	folder := os.Getenv("HOLDFAST_TEST_OCISTUB")
	if _, err := os.Stat(filepath.Join(folder, "libclntsh.so")); err != nil {
		return ""
	}
	return folder
}

// program returns the path of a program, empty where it is not installed.
func program(name string) string {
	path, _ := exec.LookPath(name)
	return path
}
