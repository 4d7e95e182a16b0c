package email_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// sink is an SMTP server that keeps what it gets.
type sink struct {
	mu          sync.Mutex
	mails       [][]byte
	recipients  []string
	senders     []string
	connections int
	discard     bool
	ways        map[string]func() sasl.Server // to log in; nil: PLAIN as "holdfast" with "right"
	logins      []string                      // ways that were gone to their end
	refuse      func(to string) error         // may refuse a recipient; nil takes all
	taken       []string                      // recipients of the mails kept, in their order
}

// serve starts the sink on loopback and returns its port. change may be nil.
func (s *sink) serve(t testing.TB, change func(*smtp.Server)) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(s)
	server.Domain = "localhost"
	server.AllowInsecureAuth = true
	server.MaxMessageBytes = 64 << 20
	if change != nil {
		change(server)
	}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return l.Addr().(*net.TCPAddr).Port
}

func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connections++
	return &session{sink: s}, nil
}

type session struct {
	sink *sink
	to   []string // of the transaction
}

func (s *session) AuthMechanisms() (names []string) {
	for name := range s.sink.ways {
		names = append(names, name)
	}
	if s.sink.ways == nil {
		names = append(names, sasl.Plain)
	}
	return names
}

func (s *session) Auth(way string) (sasl.Server, error) {
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	s.sink.logins = append(s.sink.logins, way)
	if s.sink.ways == nil {
		return plainServer(), nil
	}
	return s.sink.ways[way](), nil
}

func plainServer() sasl.Server {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "holdfast" || password != "right" {
			return smtp.ErrAuthFailed
		}
		return nil
	})
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	s.sink.senders = append(s.sink.senders, from)
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	s.sink.recipients = append(s.sink.recipients, to)
	s.to = append(s.to, to)
	if s.sink.refuse != nil {
		return s.sink.refuse(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	if !s.sink.discard {
		s.sink.mails = append(s.sink.mails, raw)
		s.sink.taken = append(s.sink.taken, strings.Join(s.to, " "))
	}
	return nil
}

func (s *session) Reset()      { s.to = nil }
func (*session) Logout() error { return nil }

// certificate makes one for 127.0.0.1 and writes it as a PEM file.
func certificate(t *testing.T) (*tls.Config, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, file
}
