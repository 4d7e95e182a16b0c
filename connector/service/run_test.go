package service

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test's own program play the daemon.
func TestMain(m *testing.M) {
	switch os.Getenv("HOLDFAST_TEST_DAEMON") {
	case "polite":
		err := Run(context.Background(), func(ctx context.Context) error {
			fmt.Println("ready")
			<-ctx.Done()
			fmt.Println("settled")
			return nil
		})
		if err != nil {
			os.Exit(9)
		}
		os.Exit(0)
	case "deaf":
		_ = Run(context.Background(), func(ctx context.Context) error {
			fmt.Println("ready")
			<-ctx.Done()
			fmt.Println("asked")
			select {}
		})
	}
	os.Exit(m.Run())
}

// daemon starts this program as a daemon and waits until it is ready.
func daemon(t *testing.T, kind string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: Windows has no signals to send")
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "HOLDFAST_TEST_DAEMON="+kind)
	cmd.Stderr = &strings.Builder{}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(out)
	expect(t, r, "ready\n")
	return cmd, r
}

func expect(t *testing.T, r *bufio.Reader, want string) {
	t.Helper()
	if got, err := r.ReadString('\n'); got != want {
		t.Fatalf("daemon said %q, %v; want %q", got, err, want)
	}
}

func TestSignalEndsTheRunCleanly(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		cmd, out := daemon(t, "polite")
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		expect(t, out, "settled\n")
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %v", sig, err)
		}
	}
}

func TestSecondSignalLeavesAtOnce(t *testing.T) {
	cmd, out := daemon(t, "deaf")
	for _, after := range []time.Duration{0, 0, echo + 100*time.Millisecond} { // the second is the first one's echo
		time.Sleep(after)
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if after == 0 {
			continue
		}
		expect(t, out, "asked\n")
	}
	err := cmd.Wait()
	if cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("ended with %v", err)
	}
	if said := fmt.Sprint(cmd.Stderr); !strings.Contains(said, "leaving at once") {
		t.Errorf("said %q", said)
	}
}

func TestRunReturnsWhatTheFunctionReturns(t *testing.T) {
	want := errors.New("no database")
	if err := Run(t.Context(), func(context.Context) error { return want }); err != want {
		t.Errorf("got %v", err)
	}
}

// newProgram is a run as the Service Control Manager sees it.
func newProgram(t *testing.T, fn func(context.Context) error) (*program, chan int) {
	ctx, cancel := context.WithCancel(t.Context())
	codes := make(chan int, 1)
	return &program{ctx: ctx, cancel: cancel, fn: fn, exit: func(code int) { codes <- code }, done: make(chan error, 1)}, codes
}

func TestManagedStopWaitsForTheEnd(t *testing.T) {
	settled := false
	p, codes := newProgram(t, func(ctx context.Context) error {
		<-ctx.Done()
		settled = true
		return nil
	})
	if err := p.Start(nil); err != nil {
		t.Fatal(err)
	}
	if err := p.Stop(nil); err != nil || !settled || len(codes) > 0 {
		t.Errorf("%v, settled %v, exits %d", err, settled, len(codes))
	}
}

// A run that ends by itself must look like a crash, else the manager would
// not start it again.
func TestManagedRunThatEndsUnaskedFails(t *testing.T) {
	p, codes := newProgram(t, func(context.Context) error { return errors.New("no database") })
	if err := p.Start(nil); err != nil {
		t.Fatal(err)
	}
	if code := <-codes; code != 1 {
		t.Errorf("exit code %d", code)
	}
}
