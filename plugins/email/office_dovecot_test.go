package email_test

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// postmaster is Debian's Dovecot on a free port, one for all tests; each has a
// user of its own, with a maildir.
type postmaster struct {
	dir      string
	number   int
	uid, gid int
	cmd      *exec.Cmd
}

// errNoDovecot is why there is no Dovecot.
var errNoDovecot = errors.New("no Dovecot here: install Debian's dovecot-imapd to read from a real IMAP server")

var theDovecot = sync.OnceValues(func() (*postmaster, error) {
	program, err := exec.LookPath("dovecot")
	if err != nil {
		program = "/usr/sbin/dovecot"
	}
	if _, err := os.Stat(program); err != nil {
		return nil, errNoDovecot
	}
	d := &postmaster{uid: os.Getuid(), gid: os.Getgid()}
	if d.uid == 0 { // Dovecot gives root no mail
		d.uid, d.gid = 65534, 65534
	}
	if d.dir, err = os.MkdirTemp("", "dv"); err != nil { // sockets have short names
		return nil, err
	}
	return d, d.start(program)
})

func (d *postmaster) start(program string) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	d.number = l.Addr().(*net.TCPAddr).Port
	conf, err := d.config()
	if err = errors.Join(err, l.Close(), os.Chmod(d.dir, 0o755)); err != nil {
		return err
	}
	file := filepath.Join(d.dir, "conf")
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		return err
	}
	d.cmd = exec.Command(program, "-F", "-c", file)
	if err := d.cmd.Start(); err != nil {
		return err
	}
	if !soon(func() bool {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", d.number))
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	}) {
		said, err := os.ReadFile(filepath.Join(d.dir, "log"))
		return fmt.Errorf("Dovecot does not start: %s, %w", said, err)
	}
	return nil
}

// stopDovecot ends it, where it was started.
func stopDovecot() {
	if !dovecotWanted.Load() {
		return
	}
	if d, _ := theDovecot(); d != nil {
		if d.cmd != nil && d.cmd.Process != nil {
			_ = d.cmd.Process.Signal(syscall.SIGTERM)
			_ = d.cmd.Wait()
		}
		_ = os.RemoveAll(d.dir)
	}
}

var dovecotWanted atomic.Bool

// dovecot is one user's mailbox there.
type dovecot struct {
	*postmaster
	name string
	mail string // the maildir
	sent int
}

func openDovecot(t *testing.T) *dovecot {
	t.Helper()
	dovecotWanted.Store(true)
	p, err := theDovecot()
	if errors.Is(err, errNoDovecot) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	d := &dovecot{postmaster: p, name: fmt.Sprintf("u%d", mailboxes.Add(1))}
	d.mail = filepath.Join(p.dir, d.name)
	for _, name := range []string{"", "new", "cur", "tmp"} {
		path := filepath.Join(d.mail, name)
		if err := errors.Join(os.Mkdir(path, 0o755), os.Chown(path, d.uid, d.gid)); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

var mailboxes atomic.Int64

func (d *postmaster) config() (string, error) {
	me, err := user.LookupId(strconv.Itoa(os.Getuid()))
	if err != nil {
		return "", err
	}
	internal := ""
	if os.Getuid() != 0 {
		internal = fmt.Sprintf("default_login_user = %[1]s\ndefault_internal_user = %[1]s\n", me.Username)
	}
	return fmt.Sprintf(`base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:%[1]s/%%u
first_valid_uid = 1
maildir_stat_dirs = yes
%[5]spassdb {
  driver = static
  args = password=right
}
userdb {
  driver = static
  args = uid=%[3]d gid=%[4]d home=%[1]s/%%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[2]d
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`, d.dir, d.number, d.uid, d.gid, internal), nil
}

func (d *dovecot) port() int    { return d.number }
func (d *dovecot) user() string { return d.name }

// deliver puts a mail into the maildir as delivery agents do.
func (d *dovecot) deliver(t *testing.T, raw []byte, came time.Time) {
	t.Helper()
	d.sent++
	name := fmt.Sprintf("%d.%06d.here", came.Unix(), d.sent)
	tmp := filepath.Join(d.mail, "tmp", name)
	if err := os.WriteFile(tmp, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(tmp, d.uid, d.gid); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(tmp, came, came); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(tmp, filepath.Join(d.mail, "new", name)); err != nil {
		t.Fatal(err)
	}
}

// renumber drops Dovecot's lists, as a restored backup without them does.
func (d *dovecot) renumber(t *testing.T) {
	t.Helper()
	list := filepath.Join(d.mail, "dovecot-uidlist")
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), " V")
	old, _, _ := strings.Cut(rest, " ")
	number, err := strconv.Atoi(old)
	if err != nil {
		t.Fatal(err)
	}
	logs, err := filepath.Glob(filepath.Join(d.mail, "dovecot.index*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range logs {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(list, fmt.Appendf(nil, "3 V%d N1\n", number+1000), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(list, d.uid, d.gid); err != nil {
		t.Fatal(err)
	}
}

func (d *dovecot) folder(t *testing.T, name string) (mails, seen int) {
	t.Helper()
	dir := d.mail
	if name != "INBOX" {
		dir = filepath.Join(dir, "."+name)
	}
	for _, sub := range []string{"new", "cur"} {
		list, err := os.ReadDir(filepath.Join(dir, sub))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			_, flags, _ := strings.Cut(f.Name(), ":2,")
			mails++
			if strings.Contains(flags, "S") {
				seen++
			}
		}
	}
	return mails, seen
}
