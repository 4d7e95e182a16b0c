//go:build unix

package letter

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/sdk"
)

// paper is a printer of the network: it takes what CUPS sends and keeps it.
type paper struct {
	port int
	jobs chan []byte
}

func newPaper(t *testing.T) *paper {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	p := &paper{port: l.Addr().(*net.TCPAddr).Port, jobs: make(chan []byte, 10)}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			got, _ := io.ReadAll(c)
			_ = c.Close()
			p.jobs <- got
		}
	}()
	return p
}

// startCUPS runs a CUPS of its own with one queue to a printer, and returns its
// address.
func startCUPS(t *testing.T, queue string, port int) string {
	t.Helper()
	daemon, err := exec.LookPath("/usr/sbin/cupsd")
	if _, backend := os.Stat("/usr/lib/cups/backend/socket"); err != nil || backend != nil {
		t.Skip("there is no CUPS (Debian packages cups and cups-client)")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := l.Addr().String()
	must(t, l.Close())
	root, err := os.MkdirTemp("", "cups") // a short path, which CUPS's programs may enter
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(root) })
	must(t, os.Chmod(root, 0o755))
	for _, name := range []string{"etc", "spool", "cache", "state"} {
		must(t, os.Mkdir(filepath.Join(root, name), 0o755))
	}
	config, files := filepath.Join(root, "etc", "cupsd.conf"), filepath.Join(root, "etc", "cups-files.conf")
	must(t, os.WriteFile(config, fmt.Appendf(nil, "Listen %s\nBrowsing Off\nDefaultAuthType None\n<Location />\nAllow all\n</Location>\n"+
		"<Location /admin>\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n", address), 0o600))
	must(t, os.WriteFile(files, fmt.Appendf(nil, "ServerRoot %[1]s/etc\nRequestRoot %[1]s/spool\nTempDir %[1]s/spool\nCacheDir %[1]s/cache\nStateDir %[1]s/state\n"+
		"ErrorLog %[1]s/error\nAccessLog %[1]s/access\nPageLog %[1]s/page\n", root), 0o600))
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, daemon, "-f", "-c", config, "-s", files)
	must(t, cmd.Start())
	t.Cleanup(func() { cancel(); _ = cmd.Wait() })
	until(t, "CUPS runs", func() bool {
		out, _ := exec.Command("lpstat", "-h", address, "-r").Output()
		return bytes.Contains(out, []byte("is running"))
	})
	out, err := exec.Command("lpadmin", "-h", address, "-p", queue, "-E", "-v", fmt.Sprintf("socket://127.0.0.1:%d/?waiteof=false", port), "-m", "raw").CombinedOutput()
	if err != nil {
		t.Skipf("this CUPS makes no queue that prints as it is given: %s", out)
	}
	return address
}

// until waits for something, at most 20 s.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited for this in vain: %s", what)
		}
	}
}

// TestPrintsOnPaper: a real CUPS takes the letter, a printer gets its bytes, and
// the channel learns that the job has left the queue.
func TestPrintsOnPaper(t *testing.T) {
	printer := newPaper(t)
	address := startCUPS(t, "office", printer.port)
	more := fmt.Sprintf(`, "to": "printer", "printer": "office", "server": %q`, address)
	p := open(t, t.TempDir(), t.TempDir(), more)
	must(t, p.Health(t.Context()))
	sent := p.send(t, numbered(1), sdk.Accepted)
	if !strings.HasPrefix(sent.ProviderID, "office-") {
		t.Errorf("job %q", sent.ProviderID)
	}
	if again := p.send(t, numbered(1), sdk.Accepted); again != sent {
		t.Errorf("again: %+v, first %+v", again, sent)
	}
	kept, err := os.ReadFile(p.folder.path(numbered(1).Key))
	if got := <-printer.jobs; err != nil || !bytes.Equal(got, kept) {
		t.Errorf("the printer got %d bytes, kept are %d, %v", len(got), len(kept), err)
	}
	var events []sdk.Event
	until(t, "the job is told of", func() bool { events = p.events(t); return len(events) > 0 })
	if e := events[0]; e.Kind != sdk.Printed || e.Key != numbered(1).Key || e.ProviderID != sent.ProviderID {
		t.Errorf("%+v", e)
	}
	if len(p.events(t)) != 1 || len(printer.jobs) != 0 {
		t.Error("told, or printed, twice")
	}
	if list := p.list(t); !strings.Contains(list, numbered(1).Key+",C-1001") {
		t.Errorf("list:\n%s", list)
	}
}

// TestJobTakenOutOfTheQueue was not printed, and that is said.
func TestJobTakenOutOfTheQueue(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	must(t, l.Close()) // a printer that is switched off
	address := startCUPS(t, "office", port)
	p := open(t, t.TempDir(), t.TempDir(), fmt.Sprintf(`, "to": "printer", "printer": "office", "server": %q`, address))
	sent := p.send(t, numbered(1), sdk.Accepted)
	if events := p.events(t); len(events) != 0 {
		t.Errorf("while it waits: %+v", events)
	}
	if out, err := exec.Command("cancel", "-h", address, sent.ProviderID).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v", out, err)
	}
	var events []sdk.Event
	until(t, "the job is told of", func() bool { events = p.events(t); return len(events) > 0 })
	if e := events[0]; e.Kind != sdk.BouncedSoft || !strings.Contains(e.Detail, "not printed") {
		t.Errorf("%+v", e)
	}
}

// TestNoSuchQueue: nothing was queued, nothing is listed, and no other letter can
// leave either.
func TestNoSuchQueue(t *testing.T) {
	address := startCUPS(t, "office", 9)
	p := open(t, t.TempDir(), t.TempDir(), fmt.Sprintf(`, "to": "printer", "printer": "attic", "server": %q`, address))
	if sent := p.send(t, numbered(1), sdk.Retry); !sent.WholeChannel || !strings.Contains(sent.Detail, "does not exist") {
		t.Errorf("%+v", sent)
	}
	if exists(p.listPath()) || p.Health(t.Context()) == nil {
		t.Error("it is listed, or the channel says that it is well")
	}
}

// TestHowProgramsEnd: an lp that was ended may have queued the letter; one that
// ended by itself with an error has not, and nothing was where it never began.
func TestHowProgramsEnd(t *testing.T) {
	for script, want := range map[string]sdk.Sent{
		"kill -9 $$":   {State: sdk.Uncertain},
		"exec sleep 9": {State: sdk.Uncertain}, // until the caller gives up
		"exit 1":       {State: sdk.Retry, WholeChannel: true, RetryAfter: 5 * time.Minute},
		"":             {State: sdk.Retry},
		"echo request id is office-17 '(1 file(s))'": {State: sdk.Accepted, ProviderID: "office-17"},
		"echo queued": {State: sdk.Accepted},
	} {
		folder := t.TempDir()
		if script != "" {
			must(t, os.WriteFile(filepath.Join(folder, "lp"), []byte("#!/bin/sh\n"+script+"\n"), 0o755))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		sent := cups{folder: folder, queue: "office"}.print(ctx, "a letter", []string{"/none.pdf"})
		cancel()
		if said := sent.Detail; said == "" {
			t.Errorf("%q: nothing is said", script)
		}
		if sent.Detail = ""; sent != want {
			t.Errorf("%q: %+v, want %+v", script, sent, want)
		}
	}
}

// TestEnclosureThatCannotBePrinted is refused before anything is printed.
func TestEnclosureThatCannotBePrinted(t *testing.T) {
	p := open(t, t.TempDir(), t.TempDir(), "")
	p.spool = cups{}
	m := numbered(1)
	m.Attachments = []sdk.Attachment{{Name: "statement.xlsx", Type: "application/vnd.ms-excel", Data: []byte("PK")}}
	if sent := p.send(t, m, sdk.Refused); !strings.Contains(sent.Detail, "statement.xlsx") {
		t.Errorf("%+v", sent)
	}
}
