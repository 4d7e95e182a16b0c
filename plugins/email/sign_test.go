package email_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

// signingKey is a key in a file, with the DNS record that shows its other half.
type signingKey struct {
	file string
	txt  string
}

// newSigningKey makes a key of a kind.
func newSigningKey(t *testing.T, kind string) signingKey {
	t.Helper()
	var block pem.Block
	var txt string
	switch kind {
	case "rsa, PKCS #1", "rsa, PKCS #8":
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		block = pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
		if kind == "rsa, PKCS #8" {
			block = pkcs8(t, key)
		}
		public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		txt = "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(public)
	default:
		public, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		block, txt = pkcs8(t, key), "v=DKIM1; k=ed25519; p="+base64.StdEncoding.EncodeToString(public)
	}
	k := signingKey{file: filepath.Join(t.TempDir(), "dkim.pem"), txt: txt}
	write(t, k.file, string(pem.EncodeToMemory(&block)))
	return k
}

func pkcs8(t *testing.T, key crypto.Signer) pem.Block {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.Block{Type: "PRIVATE KEY", Bytes: der}
}

// settings are those that sign with k.
func (k signingKey) settings() string {
	return fmt.Sprintf(`, "dkim_domain": "holdfast.example", "dkim_selector": "s1", "dkim_key_file": %q`, k.file)
}

// verify returns what is wrong with the signature of a mail.
func (k signingKey) verify(mail []byte) error {
	found, err := dkim.VerifyWithOptions(bytes.NewReader(mail), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
		if name != "s1._domainkey.holdfast.example" {
			return nil, fmt.Errorf("asked for %s", name)
		}
		return []string{k.txt}, nil
	}})
	switch {
	case err != nil:
		return err
	case len(found) != 1 || found[0].Domain != "holdfast.example":
		return fmt.Errorf("signatures: %v", found)
	}
	return found[0].Err
}

// aPage is a message with all that a mail can have.
func aPage() *proto.SendRequest {
	r := plugintest.Request(1)
	r.Message.Subject = "Überfällig: Rechnung 4711 · " + strings.Repeat("ein langer Betreff, ", 10)
	r.Message.Text += ".\n..\n.hidden\nFrom the start\n" + strings.Repeat("long ", 300) + "\ntrailing blanks  \n\n\n"
	r.Message.Html = `<p>Guten Tag</p><img src="cid:logo">`
	r.Message.ReplyTo = "ar+reply@holdfast.example"
	r.Message.Tag, r.Message.Thread = "HF-7K2Q9M4XT0RB", "k2q9m4xt"
	r.Message.Unsubscribe = "https://holdfast.example/u/7K2Q9M4XT0RB/sig"
	r.Message.Attachments = []*proto.Attachment{
		{Name: "logo.png", Type: "image/png", Data: []byte("\x89PNG\r\n\x1a\n"), ContentId: "logo"},
		{Name: "Auszug März.xlsx", Type: "application/octet-stream", Data: bytes.Repeat([]byte{0, '\r', '\n', '.', 255}, 4000)},
	}
	return r
}

// TestSigned: what arrives bears a good signature, and nothing that counts can
// be changed or added under it.
func TestSigned(t *testing.T) {
	for _, kind := range []string{"rsa, PKCS #1", "rsa, PKCS #8", "ed25519"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			key, s := newSigningKey(t, kind), new(sink)
			client := plugintest.Configured(t, email.New(), settings(s.serve(t, nil), key.settings()))
			if o := sent(t, client, aPage()); o.State != accepted {
				t.Fatalf("%s: %s", o.State, o.Detail)
			}
			mail := s.mails[0]
			if err := key.verify(mail); err != nil {
				t.Fatalf("%v\n%s", err, mail)
			}
			for what, forged := range forgeries(mail) {
				if bytes.Equal(forged, mail) {
					t.Errorf("%s: nothing was forged", what)
				}
				if key.verify(forged) == nil {
					t.Errorf("%s: the signature still holds", what)
				}
			}
		})
	}
}

// forgeries are changes that a signature must not survive.
func forgeries(mail []byte) map[string][]byte {
	forged := map[string][]byte{"the text": bytes.Replace(mail, []byte("INV-1001"), []byte("INV-1002"), 1)}
	head, body, _ := bytes.Cut(mail, []byte("\r\n\r\n"))
	for _, name := range []string{"From", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"} {
		added := append([]byte(name+": x@evil.example\r\n"), head...)
		forged[name+" added"] = rejoined(added, body)
		if line := "\r\n" + name + ": "; bytes.Contains(head, []byte(line)) {
			forged[name+" changed"] = rejoined(bytes.Replace(head, []byte(line), []byte(line+"x"), 1), body)
		}
	}
	return forged
}

func rejoined(head, body []byte) []byte { return bytes.Join([][]byte{head, body}, []byte("\r\n\r\n")) }

// TestSignedForOthers: another implementation finds the signature good.
func TestSignedForOthers(t *testing.T) {
	const python = "/usr/bin/python3" // Debian's own, which has Debian's packages
	if exec.Command(python, "-c", "import dkim").Run() != nil {
		t.Skip("needs dkimpy: apt-get install python3-dkim")
	}
	key, s := newSigningKey(t, "rsa, PKCS #1"), new(sink)
	client := plugintest.Configured(t, email.New(), settings(s.serve(t, nil), key.settings()))
	if o := sent(t, client, aPage()); o.State != accepted {
		t.Fatalf("%s: %s", o.State, o.Detail)
	}
	const script = `import dkim, sys
mail = sys.stdin.buffer.read()
sys.exit(0 if dkim.verify(mail, dnsfunc=lambda name, timeout=5: sys.argv[1].encode()) else 1)`
	for want, mail := range map[bool][]byte{true: s.mails[0], false: forgeries(s.mails[0])["the text"]} {
		verify := exec.CommandContext(t.Context(), python, "-c", script, key.txt)
		verify.Stdin = bytes.NewReader(mail)
		if out, err := verify.CombinedOutput(); (err == nil) != want {
			t.Errorf("good: %v, want %v; %s", err == nil, want, out)
		}
	}
}

// TestKeysThatDoNotSign are named by the settings.
func TestKeysThatDoNotSign(t *testing.T) {
	t.Setenv("GODEBUG", "rsa1024min=0") // so that a short one can be made
	good := rsaKey(t, 1024)
	cases := map[string]string{
		good:           "",
		"no PEM":       "is no PEM file",
		rsaKey(t, 768): "an RSA key of 768 bits",
		good[:200]:     "is no PEM file",
		publicKey(t):   "holds no private key",
	}
	for text, says := range cases {
		file := filepath.Join(t.TempDir(), "key.pem")
		write(t, file, text)
		answer, err := plugintest.Wire(t, email.New()).Configure(t.Context(), &proto.ConfigureRequest{
			WorkFolder: t.TempDir(), Settings: []byte(settings(25, signingKey{file: file}.settings())),
		})
		if err != nil {
			t.Fatal(err)
		}
		found := len(answer.Problems) == 1 && answer.Problems[0].Key == "dkim_key_file" && strings.Contains(answer.Problems[0].Text, says)
		if says == "" && len(answer.Problems) > 0 || says != "" && !found {
			t.Errorf("want %q: %v", says, answer.Problems)
		}
	}
}

// rsaKey makes a key as a PEM file holds it.
func rsaKey(t *testing.T, bits int) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
}

// publicKey is the half that signs nothing.
func publicKey(t *testing.T) string {
	t.Helper()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}
