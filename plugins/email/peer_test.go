package email_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

// postfix is a mail server of its own, with folders of its own, that takes mail
// for customer.example by STARTTLS into maildirs and relays for nobody.
type postfix struct {
	dir  string
	port int
	ca   string
}

// postfixConfig knows three mailboxes.
const postfixConfig = `compatibility_level = 3.6
config_directory = %[1]s/etc
queue_directory = %[1]s/queue
data_directory = %[1]s/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = %[1]s/log
maillog_file_prefixes = %[1]s
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.customer.example
mydestination =
mynetworks = 192.0.2.0/24
local_transport = error:nobody lives here
virtual_mailbox_domains = customer.example
virtual_mailbox_base = %[1]s/mail
virtual_mailbox_maps = texthash:%[1]s/etc/mailboxes
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
message_size_limit = 1000000
smtpd_peername_lookup = no
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = %[1]s/etc/cert.pem
smtpd_tls_key_file = %[1]s/etc/key.pem
`

const postfixServices = `127.0.0.1:%d inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`

// startPostfix starts one, or skips the test where there is none.
func startPostfix(t *testing.T) *postfix {
	t.Helper()
	program, err := exec.LookPath("/usr/sbin/postfix")
	if runtime.GOOS != "linux" || err != nil {
		t.Skip("needs Postfix: apt-get install postfix")
	}
	if os.Geteuid() != 0 {
		t.Skip("needs root, as Postfix does")
	}
	p := &postfix{port: freePort(t)}
	p.layOut(t)
	server := exec.Command(program, "-c", p.path("etc"), "start-fg")
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	endWithUs(server)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = server.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = exec.Command(program, "-c", p.path("etc"), "stop").Run()
		<-ended
		if t.Failed() {
			log, _ := os.ReadFile(p.path("log"))
			t.Logf("Postfix said %s\n%s", said.String(), log)
		}
	})
	eventually(t, "Postfix listens", func() bool {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", p.port))
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	})
	return p
}

func (p *postfix) path(name string) string { return filepath.Join(p.dir, name) }

// layOut makes the folders, which Postfix's own users must be able to enter.
func (p *postfix) layOut(t *testing.T) {
	t.Helper()
	var err error
	if p.dir, err = os.MkdirTemp("", "postfix"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(p.dir) })
	owners := map[string]string{"": "root", "etc": "root", "queue": "root", "data": "postfix", "mail": "nobody"}
	for name, owner := range owners {
		if err := os.MkdirAll(p.path(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(p.path(name), 0o755); err != nil { // whatever the umask
			t.Fatal(err)
		}
		if out, err := exec.Command("chown", owner, p.path(name)).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	cert, ca := certificate(t)
	p.ca = ca
	write(t, p.path("etc/main.cf"), fmt.Sprintf(postfixConfig, p.dir))
	write(t, p.path("etc/master.cf"), fmt.Sprintf(postfixServices, p.port))
	write(t, p.path("etc/mailboxes"), "ap@customer.example ap/\nap1@customer.example ap1/\nap7@customer.example ap7/\n")
	write(t, p.path("etc/cert.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificates[0].Certificate[0]})))
	write(t, p.path("etc/key.pem"), keyOf(t, cert))
	for _, name := range []string{"main.cf", "master.cf", "mailboxes"} {
		if err := os.Chmod(p.path("etc/"+name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func keyOf(t *testing.T, c *tls.Config) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(c.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for !so() {
		select {
		case <-ctx.Done():
			t.Fatalf("%s: not after 30 s", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// arrived returns the mails in a mailbox, by their keys, with the line ends that
// they had on their way.
func (p *postfix) arrived(t *testing.T, box string) map[string][]byte {
	t.Helper()
	mails := map[string][]byte{}
	files, err := filepath.Glob(p.path("mail/" + box + "/new/*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		raw = bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))
		_, after, _ := bytes.Cut(raw, []byte("X-Holdfast-Key: "))
		key, _, _ := bytes.Cut(after, []byte("\r\n"))
		mails[string(key)] = raw
	}
	return mails
}

// TestPostfix: a real mail server takes 20 mails by STARTTLS; each arrives
// whole and with a good signature. What it refuses is in the right class.
func TestPostfix(t *testing.T) {
	p, key := startPostfix(t), newSigningKey(t, "rsa, PKCS #8")
	client := plugintest.Configured(t, email.New(), fmt.Sprintf(
		`{"host": "127.0.0.1", "port": %d, "ca_file": %q, "timeout": "20s"%s}`, p.port, p.ca, key.settings()))
	sent := p.sendTwenty(t, client)
	eventually(t, "20 mails arrive", func() bool { return len(p.arrived(t, "ap")) == len(sent) })
	for key2, raw := range p.arrived(t, "ap") {
		checkWhole(t, sent[key2], raw)
		if err := key.verify(raw); err != nil {
			t.Errorf("%s: %v", key2, err)
		}
	}
	eventually(t, "the copy arrives", func() bool { return len(p.arrived(t, "ap7")) == 1 })
	p.refuses(t, client)
}

func (p *postfix) sendTwenty(t *testing.T, client proto.ChannelClient) map[string]*proto.SendRequest {
	t.Helper()
	all := map[string]*proto.SendRequest{}
	for n := range 20 {
		r := aPage()
		r.Key = plugintest.Request(n).Key
		r.Message.To = []*proto.Mailbox{{Name: "Jürgen Ødegård, \"Ægir\" A/S", Address: "ap@customer.example"}}
		r.Message.Subject = fmt.Sprintf("Mahnung %d · Просрочено · 請求書 · €", n)
		r.Message.Text += fmt.Sprintf("Ελλάδα %d\n.\n", n)
		all[r.Key] = r
		if n == 7 {
			r.Message.Cc = []*proto.Mailbox{{Address: "ap7@customer.example"}}
		}
	}
	for key, r := range all {
		if o := sent(t, client, r); o.State != accepted || !strings.Contains(o.Detail, "queued as") {
			t.Errorf("%s: %s: %s", key, o.State, o.Detail)
		}
	}
	return all
}

// checkWhole compares what arrived with what was sent.
func checkWhole(t *testing.T, r *proto.SendRequest, raw []byte) {
	t.Helper()
	e, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	m := r.Message
	to, err := e.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != m.To[0].Name {
		t.Errorf("to %v, %v", to, err)
	}
	if text := strings.ReplaceAll(e.Text, "\r\n", "\n"); e.GetHeader("Subject") != m.Subject || text != m.Text || e.HTML != m.Html {
		t.Errorf("subject %q\ntext %q\nHTML %q", e.GetHeader("Subject"), text, e.HTML)
	}
	if len(e.Attachments) != 1 || !bytes.Equal(e.Attachments[0].Content, m.Attachments[1].Data) || e.Attachments[0].FileName != m.Attachments[1].Name {
		t.Error("the attachment did not arrive whole")
	}
	if len(e.Inlines) != 1 || !bytes.Equal(e.Inlines[0].Content, m.Attachments[0].Data) || e.Inlines[0].ContentID != "logo" {
		t.Error("the picture did not arrive whole")
	}
	if !bytes.Contains(raw, []byte("with ESMTPS ")) { // in its Received header: RFC 3848
		t.Error("it did not come over TLS")
	}
}

func (p *postfix) refuses(t *testing.T, client proto.ChannelClient) {
	t.Helper()
	cases := []struct {
		to    string
		state proto.State
		class string
		bytes int
	}{
		{"nobody@customer.example", refused, "address refused: at the recipient: 550 5.1.1", 0},
		{"ap@elsewhere.example", retry, "sender refused: at the recipient: 454 4.7.1", 0},
		{"ap1@customer.example", refused, "content refused: ", 2_000_000},
	}
	for n, want := range cases {
		r := plugintest.Request(100 + n)
		r.Message.To[0].Address = want.to
		if want.bytes > 0 {
			r.Message.Attachments = []*proto.Attachment{{Name: "a.bin", Type: "application/octet-stream", Data: make([]byte, want.bytes)}}
		}
		if o := sent(t, client, r); o.State != want.state || !strings.HasPrefix(o.Detail, want.class) {
			t.Errorf("%s: %s: %s", want.to, o.State, o.Detail)
		}
	}
}
