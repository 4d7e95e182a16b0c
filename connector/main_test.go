package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite"

	"holdfast/adapters/demoerp"
	"holdfast/engine/ar"
	"holdfast/engine/store"
)

// TestMain lets the test binary be the program, and what the scripts need
// beside it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"holdfast": main,
		"sql":      runSQL,
		"code":     runForCode,
		"holding":  runHolding,
		"until":    runUntil,
		"fill":     runFill,

		"holdfast-channel-carrier": serveCarrier,
	})
}

// TestScripts runs what a person types and compares what a person sees. Each
// script finds a config.toml for the demo ERP; the command erp makes that ERP,
// as it stands on Friday 2026-10-30.
func TestScripts(t *testing.T) {
	made := &madeERP{dir: t.TempDir()}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			config, err := os.ReadFile("testdata/config.toml")
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(env.WorkDir, "config.toml"), config, 0o644)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"erp":     func(ts *testscript.TestScript, _ bool, _ []string) { ts.Check(made.copyTo(ts.MkAbs("erp.db"))) },
			"carrier": installCarrier,
		},
	})
}

// madeERP is a demo ERP that is made once and copied for each script.
type madeERP struct {
	dir  string
	once sync.Once
	err  error
}

func (m *madeERP) copyTo(path string) error {
	original := filepath.Join(m.dir, "erp.db")
	m.once.Do(func() {
		m.err = demoerp.Create(context.Background(), original,
			demoerp.Options{Seed: 7, Customers: 60, History: 200, Today: ar.MustDay("2026-10-30")})
	})
	if m.err != nil {
		return m.err
	}
	content, err := os.ReadFile(original)
	if err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

// runSQL is `sql FILE STATEMENT`: what somebody else does to an SQLite file. It
// writes the first column of each row.
func runSQL() {
	db, err := sql.Open("sqlite", os.Args[1])
	giveUp(err)
	defer db.Close()
	rows, err := db.Query(os.Args[2])
	giveUp(err)
	for rows.Next() {
		var text sql.NullString
		giveUp(rows.Scan(&text))
		fmt.Println(text.String)
	}
	giveUp(rows.Err())
}

// runForCode is `code N COMMAND...`: it succeeds where the command ends with
// exit code N.
func runForCode() {
	want, err := strconv.Atoi(os.Args[1])
	giveUp(err)
	if got := passOn(os.Args[2:]); got != want {
		giveUp(fmt.Errorf("exit code %d, want %d", got, want))
	}
}

// runHolding is `holding STATE COMMAND...`: it runs the command while another
// process, this one, holds the state.
func runHolding() {
	release, err := store.Lock(os.Args[1])
	giveUp(err)
	code := passOn(os.Args[2:])
	giveUp(release())
	os.Exit(code)
}

// runUntil is `until PATTERN COMMAND...`: it runs the command again and again,
// for at most a minute, until its output matches.
func runUntil() {
	want := regexp.MustCompile("(?m)" + os.Args[1])
	var out []byte
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		out, _ = exec.Command(os.Args[2], os.Args[3:]...).CombinedOutput()
		if want.Match(out) {
			os.Stdout.Write(out)
			return
		}
	}
	giveUp(fmt.Errorf("after a minute still:\n%s", out))
}

// passOn runs a command with our streams and returns its exit code.
func passOn(args []string) int {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		giveUp(err)
	}
	return cmd.ProcessState.ExitCode()
}

func giveUp(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
}
