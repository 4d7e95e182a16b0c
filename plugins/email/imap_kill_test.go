package email_test

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/email"
	"holdfast/plugins/sdk"
)

// The test binary is a reader of its own where it is given a folder.
var (
	readerDir      = flag.String("reader-dir", "", "be a reader with this folder, and print how many events there are")
	readerSettings = flag.String("reader-settings", "", "of the reader")
)

func TestMain(m *testing.M) {
	flag.Parse()
	if *readerDir == "" {
		code := m.Run()
		stopDovecot()
		os.Exit(code)
	}
	go func() { // it does not outlive the test
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	fmt.Println("error:", beReader())
}

func beReader() error {
	c := email.NewHasty(50*time.Millisecond, 5*time.Second)
	problems, err := c.Configure(context.Background(), sdk.Setup{Settings: []byte(*readerSettings), Dir: *readerDir})
	if err != nil || len(problems) > 0 {
		return fmt.Errorf("%v, %w", problems, err)
	}
	count, cursor := 0, ""
	for {
		err := c.Events(context.Background(), cursor, func(e sdk.Event) error {
			count, cursor = count+1, e.Cursor
			return nil
		})
		if err != nil {
			return err
		}
		fmt.Println(count)
		time.Sleep(2 * time.Millisecond)
	}
}

// child is a reader in a process of its own.
type child struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
}

func startReader(t *testing.T, dir, settings string) *child {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-reader-dir", dir, "-reader-settings", settings)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: cmd, lines: bufio.NewScanner(out)}
	t.Cleanup(c.kill)
	return c
}

// counts waits until the child has told of n events, or has gone.
func (c *child) counts(t *testing.T, n int) {
	t.Helper()
	for c.lines.Scan() {
		got, err := strconv.Atoi(c.lines.Text())
		if err != nil {
			t.Fatal(c.lines.Text())
		}
		if got >= n {
			return
		}
	}
}

func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// TestKilled: a reader that is killed again and again, wherever it is, loses no
// mail, takes none in twice, and leaves none behind that was to be moved.
func TestKilled(t *testing.T) {
	o, dir := openMemory(t), t.TempDir()
	set := inbox(o, `, "imap_after": "move:Done"`)
	email.End(reading(t, dir, set)) // reading begins now
	const mails, rounds = 300, 10
	chance := rand.New(rand.NewPCG(1, 2))
	for n := range mails {
		o.deliver(t, answer(n), time.Now())
	}
	before := 0
	for range rounds {
		c := startReader(t, dir, set)
		before += 1 + chance.IntN(12)
		c.counts(t, before)
		time.Sleep(time.Duration(chance.IntN(3000)) * time.Microsecond) // anywhere in its work
		c.kill()
	}
	c := reading(t, dir, set)
	answered(t, tells(t, c, mails), 0, mails)
	var left, done int
	if !soon(func() bool {
		left, _ = o.folder(t, "INBOX")
		done, _ = o.folder(t, "Done")
		return left == 0 && done == mails
	}) {
		t.Errorf("%d mails are left, %d were moved", left, done)
	}
}

// TestRecordLost: where the record cannot be written, no mail is passed over.
func TestRecordLost(t *testing.T) {
	o, dir := openMemory(t), t.TempDir()
	c := reading(t, dir, inbox(o, ""))
	o.deliver(t, answer(0), time.Now())
	tells(t, c, 1)
	email.CloseRecord(c)
	o.deliver(t, answer(1), time.Now())
	if !soon(func() bool {
		err := c.Health(t.Context())
		return err != nil && strings.Contains(err.Error(), "the mailbox was read")
	}) {
		t.Errorf("health: %v", c.Health(t.Context()))
	}
	email.End(c)
	answered(t, tells(t, reading(t, dir, inbox(o, "")), 2), 0, 2)
}

// TestMemory: 2,000 mails with attachments, 60 MB in all and one of 24 MB among
// them, are read in less memory than they take.
func TestMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the memory of a process is read from Linux's /proc")
	}
	if raced {
		t.Skip("the race detector takes more memory than what is measured")
	}
	o, dir := openDovecot(t), t.TempDir()
	set := inbox(o, "")
	email.End(reading(t, dir, set))
	const mails = 800
	line := "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n"
	for n := range mails {
		size := 16 << 10
		if n == mails/2 {
			size = 24 << 20
		}
		head, body, _ := bytes.Cut(answer(n), []byte("\r\n\r\n"))
		raw := glue(head, "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n", body,
			"\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n",
			strings.Repeat(line, size/len(line)), "--b--\r\n")
		o.deliver(t, raw, time.Now())
	}
	c := startReader(t, dir, set)
	c.counts(t, mails)
	if peak := peakMemory(t, c.cmd.Process.Pid); peak > 64<<20 {
		t.Errorf("%d MiB at most, more than 64", peak>>20)
	} else {
		t.Logf("%d MiB at most", peak>>20)
	}
	c.kill()
	answered(t, tells(t, reading(t, dir, set), mails), 0, mails)
}

func glue(parts ...any) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		fmt.Fprintf(&b, "%s", p)
	}
	return b.Bytes()
}

// peakMemory is the most memory that a process has had, in bytes.
func peakMemory(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kb << 10
}
