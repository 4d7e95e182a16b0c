package email_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// dovecot is Debian's Dovecot on a free port, with maildirs in a folder of its
// own.
type dovecot struct {
	number int
	dir    string
	uid    int
	gid    int
	sent   int
}

func openDovecot(t *testing.T) *dovecot {
	t.Helper()
	program, err := exec.LookPath("dovecot")
	if err != nil {
		program = "/usr/sbin/dovecot"
	}
	if _, err := os.Stat(program); err != nil {
		t.Skip("no Dovecot here: install Debian's dovecot-imapd to read from a real IMAP server")
	}
	d := &dovecot{uid: os.Getuid(), gid: os.Getgid(), number: freePort(t)}
	if d.uid == 0 { // Dovecot gives root no mail
		d.uid, d.gid = 65534, 65534
	}
	if d.dir, err = os.MkdirTemp("", "dv"); err != nil { // sockets have short names
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(d.dir) })
	for _, name := range []string{"", "mail", "mail/new", "mail/cur", "mail/tmp"} {
		path := filepath.Join(d.dir, name)
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(path, d.uid, d.gid); err != nil {
			t.Fatal(err)
		}
	}
	d.start(t, program)
	return d
}

func (d *dovecot) config(t *testing.T) string {
	t.Helper()
	me, err := user.LookupId(strconv.Itoa(os.Getuid()))
	if err != nil {
		t.Fatal(err)
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
mail_location = maildir:%[1]s/mail
first_valid_uid = 1
maildir_stat_dirs = yes
%[5]spassdb {
  driver = static
  args = password=right
}
userdb {
  driver = static
  args = uid=%[3]d gid=%[4]d home=%[1]s/mail
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
`, d.dir, d.number, d.uid, d.gid, internal)
}

func (d *dovecot) start(t *testing.T, program string) {
	t.Helper()
	conf := filepath.Join(d.dir, "conf")
	if err := os.WriteFile(conf, []byte(d.config(t)), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-F", "-c", conf)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	if !soon(func() bool {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", d.number))
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	}) {
		said, _ := os.ReadFile(filepath.Join(d.dir, "log"))
		t.Fatalf("Dovecot does not start: %s", said)
	}
}

func (d *dovecot) port() int { return d.number }

// deliver puts a mail into the maildir as delivery agents do.
func (d *dovecot) deliver(t *testing.T, raw []byte, came time.Time) {
	t.Helper()
	d.sent++
	name := fmt.Sprintf("%d.%06d.here", came.Unix(), d.sent)
	tmp := filepath.Join(d.dir, "mail", "tmp", name)
	if err := os.WriteFile(tmp, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(tmp, d.uid, d.gid); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(tmp, came, came); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(tmp, filepath.Join(d.dir, "mail", "new", name)); err != nil {
		t.Fatal(err)
	}
}

// renumber drops Dovecot's lists, as a restored backup without them does.
func (d *dovecot) renumber(t *testing.T) {
	t.Helper()
	list := filepath.Join(d.dir, "mail", "dovecot-uidlist")
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
	logs, err := filepath.Glob(filepath.Join(d.dir, "mail", "dovecot.index*"))
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
	dir := filepath.Join(d.dir, "mail")
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
