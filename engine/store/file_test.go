package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/audit"
	"holdfast/engine/fault"
	"holdfast/engine/store"
)

// TestMain lets the test binary be the second process of TestLock.
func TestMain(m *testing.M) {
	if dir := os.Getenv("STORE_TEST_LOCK"); dir != "" {
		_, err := store.Lock(dir)
		fmt.Println("locked:", err)
		bufio.NewReader(os.Stdin).ReadString('\n')
		return
	}
	os.Exit(m.Run())
}

func TestLock(t *testing.T) {
	dir := t.TempDir()
	other := exec.Command(os.Args[0])
	other.Env = append(os.Environ(), "STORE_TEST_LOCK="+dir)
	in, _ := other.StdinPipe()
	out, _ := other.StdoutPipe()
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "locked: <nil>\n" {
		t.Fatalf("the other process said %q", line)
	}
	_, err := store.Lock(dir)
	if !fault.Is(err, fault.Busy) || !strings.Contains(err.Error(), fmt.Sprintf("process %d on ", other.Process.Pid)) {
		t.Fatalf("got %v, want it busy and naming process %d", err, other.Process.Pid)
	}
	open(t, dir) // facts may be written beside the one that holds the lock
	in.Close()
	other.Wait()
	release, err := store.Lock(dir)
	if err != nil {
		t.Fatalf("after the other has ended: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
}

// fill makes a state with some pages below dir and closes it.
func fill(t *testing.T, dir string) {
	t.Helper()
	s := open(t, dir)
	pullRecords(t, s, ledgerOf(200)...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestDamagedFile(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(b []byte) []byte
	}{
		{"not a database", func([]byte) []byte { return []byte("<html>this is no database at all</html>") }},
		{"a few bytes", func([]byte) []byte { return []byte("SQL") }},
		{"pages overwritten", func(b []byte) []byte {
			for i := 4096; i < len(b); i++ {
				b[i] ^= 0x5a
			}
			return b
		}},
		{"cut off", func(b []byte) []byte { return b[:len(b)/2] }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			fill(t, dir)
			path := filepath.Join(dir, "holdfast.db")
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			spoiled := tt.spoil(b)
			if err := os.WriteFile(path, spoiled, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err = store.Open(t.Context(), dir)
			if !fault.Is(err, fault.Corrupt) || !strings.Contains(err.Error(), "backup") {
				t.Fatalf("got %v, want it corrupt with a cure", err)
			}
			left, err := os.ReadFile(path)
			if err != nil || string(left) != string(spoiled) {
				t.Fatalf("the damaged file was written to (%v)", err)
			}
		})
	}
}

func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	if _, err := store.OpenReadOnly(t.Context(), dir); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "holdfast pull") {
		t.Fatalf("no state: %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Fatalf("opening for reading made %v", entries)
	}
	fill(t, dir) // nobody has it open any more
	s, err := store.OpenReadOnly(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	companies, err := s.Companies(t.Context())
	if err != nil || len(companies) != 1 {
		t.Fatalf("companies %v, %v", companies, err)
	}
	if n := len(openDocuments(t, s)); n != 200 {
		t.Fatalf("%d documents are open, want 200", n)
	}
	if err := s.Stop(t.Context(), "no", "person:kim", now); !fault.Is(err, fault.Unsupported) {
		t.Fatalf("a write went to %v, want it unsupported", err)
	}
}

// A pull that is cancelled on its way changes nothing, and the next one goes
// through on the same store.
func TestCancelledPull(t *testing.T) {
	s := open(t, t.TempDir())
	pullRecords(t, s, ledgerOf(10)...)
	for i := range 5 {
		p, err := s.BeginPull(t.Context(), "erp", "1", true)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Stage(t.Context(), ledgerOf(20_000)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(10*(i+1))*time.Millisecond)
		_, err = p.Finish(ctx, "m2", now, 0)
		cancel()
		p.Abandon(t.Context())
		if err == nil {
			t.Skip("SKIPPED: this machine finishes 20,000 documents sooner than it can be stopped")
		}
		if n := len(openDocuments(t, s)); n != 10 {
			t.Fatalf("%d documents are open after a cancelled pull (%v), want 10", n, err)
		}
	}
	pullRecords(t, s, ledgerOf(20)...)
	if n := len(openDocuments(t, s)); n != 20 {
		t.Fatalf("%d documents are open, want 20", n)
	}
}

// A state made by the first migration only is brought up to date and keeps what
// it has.
func TestOlderState(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "holdfast.db")
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.MigrateTo(t.Context(), db, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`INSERT INTO company (source, id, name, mark) VALUES ('erp', '1', 'Old Inc', 'm7')`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if _, err := store.OpenReadOnly(t.Context(), dir); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "older") {
		t.Fatalf("read-only: %v, want a word on the older state", err)
	}
	s := open(t, dir)
	mark, _, err := s.Mark(t.Context(), "erp", "1")
	if err != nil || mark != "m7" {
		t.Fatalf("mark %q, %v", mark, err)
	}
	if err := s.PutSetting(t.Context(), "k", "v", "person:kim", now); err != nil {
		t.Fatal(err)
	}
}

func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: a small disk cannot be mounted here: %s", out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	s := open(t, dir)
	pullRecords(t, s, ledgerOf(10)...)
	ballast := filepath.Join(dir, "ballast")
	fillDisk(t, ballast)
	err := tryPull(t.Context(), s, ledgerOf(20_000))
	if !fault.Is(err, fault.Full) || !strings.Contains(err.Error(), "free some space") {
		t.Fatalf("got %v, want the disk full with a cure", err)
	}
	if n := len(openDocuments(t, s)); n != 10 {
		t.Fatalf("%d documents are open, want the 10 from before", n)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := tryPull(t.Context(), s, ledgerOf(20)); err != nil {
		t.Fatalf("with room again: %v", err)
	}
}

// fillDisk writes until there is no room left.
func fillDisk(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); ; {
		if _, err := f.Write(block); err != nil {
			return
		}
	}
}

// The journal cannot be changed through SQL, and a change by other means is
// found and named.
func TestAuditChain(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for i := range 5 {
		if err := s.PutSetting(t.Context(), fmt.Sprint("k", i), "v", "person:kim", now); err != nil {
			t.Fatal(err)
		}
	}
	n, err := audit.Verify(s.Audit(t.Context(), 1))
	if err != nil || n != 5 {
		t.Fatalf("%d sound entries, %v", n, err)
	}
	for _, query := range []string{`UPDATE audit SET actor = 'x' WHERE seq = 3`, `DELETE FROM audit WHERE seq = 3`} {
		if _, err := s.DB().Exec(query); err == nil || !strings.Contains(err.Error(), "only ever added to") {
			t.Fatalf("%s: %v", query, err)
		}
	}
	if _, err := s.DB().Exec(`DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'person:lee' WHERE seq = 3`); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Verify(s.Audit(t.Context(), 1)); err == nil || !strings.Contains(err.Error(), "audit entry 3 was changed") {
		t.Fatalf("got %v, want entry 3 named", err)
	}
}

func TestClosedTwice(t *testing.T) {
	s := open(t, t.TempDir())
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
}

// tryPull takes recs in by a full pull that accepts everything.
func tryPull(ctx context.Context, s *store.Store, recs []ar.Record) error {
	p, err := s.BeginPull(ctx, "erp", "1", true)
	if err != nil {
		return err
	}
	defer p.Abandon(ctx)
	if err := p.Stage(ctx, recs); err != nil {
		return err
	}
	_, err = p.Finish(ctx, "m1", now, 0)
	return err
}
