package email_test

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"
)

// memory is go-imap's own server.
type memory struct {
	number int
	mu     sync.Mutex
	owner  *imapmemserver.User
	mails  []letterIn
	era    int
}

type letterIn struct {
	raw  []byte
	came time.Time
}

func openMemory(t *testing.T) *memory {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return openMemoryOn(t, l, nil)
}

// openMemoryOn serves a listener; with a certificate it offers STARTTLS and
// takes no login without TLS.
func openMemoryOn(t *testing.T, l net.Listener, secure *tls.Config) *memory {
	t.Helper()
	m := new(memory)
	m.renumber(t)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &memorySession{office: m}, nil, nil
		},
		Caps: imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIdle: {}, imap.CapMove: {}, imap.CapUIDPlus: {}}, TLSConfig: secure, InsecureAuth: secure == nil,
		Logger: log.New(io.Discard, "", 0),
	})
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	m.number = l.Addr().(*net.TCPAddr).Port
	return m
}

// memorySession is a session of whoever the mailbox belongs to when it logs in.
type memorySession struct {
	*imapmemserver.UserSession
	office *memory
}

func (s *memorySession) Login(name, password string) error {
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	if err := s.office.owner.Login(name, password); err != nil {
		return err
	}
	s.UserSession = imapmemserver.NewUserSession(s.office.owner)
	return nil
}

// AuthenticateMechanisms offers tokens beside passwords.
func (*memorySession) AuthenticateMechanisms() []string { return []string{"PLAIN", "XOAUTH2"} }

// Authenticate takes the password, or the token "good".
func (s *memorySession) Authenticate(way string) (sasl.Server, error) {
	if way == "XOAUTH2" {
		return &tokenServer{session: s}, nil
	}
	return sasl.NewPlainServer(func(_, name, password string) error { return s.Login(name, password) }), nil
}

// tokenServer is the server's side of XOAUTH2: a no is first explained, and said
// after an empty answer.
type tokenServer struct {
	session *memorySession
	refused bool
}

func (x *tokenServer) Next(response []byte) ([]byte, bool, error) {
	switch {
	case response == nil:
		return nil, false, nil
	case x.refused:
		return nil, true, errors.New("no")
	case string(response) == "user=ar\x01auth=Bearer good\x01\x01":
		return nil, true, x.session.Login("ar", "right")
	}
	x.refused = true
	return []byte(`{"status":"401"}`), false, nil
}

func (s *memorySession) Close() error {
	if s.UserSession == nil {
		return nil
	}
	return s.UserSession.Close()
}

func (m *memory) port() int    { return m.number }
func (m *memory) user() string { return "ar" }

func (m *memory) deliver(t *testing.T, raw []byte, came time.Time) {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mails = append(m.mails, letterIn{raw, came})
	m.add(t, m.mails[len(m.mails)-1])
}

type literal struct{ *bytes.Reader }

func (m *memory) add(t *testing.T, in letterIn) {
	t.Helper()
	if _, err := m.owner.Append("INBOX", literal{bytes.NewReader(in.raw)}, &imap.AppendOptions{Time: in.came}); err != nil {
		t.Fatal(err)
	}
}

func (m *memory) renumber(t *testing.T) {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.owner = imapmemserver.NewUser("ar", "right")
	for i := range m.era { // each mailbox that is made has a higher UIDVALIDITY
		if err := m.owner.Create(fmt.Sprintf("old%d", i), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.owner.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	m.era++
	for _, in := range m.mails {
		m.add(t, in)
	}
}

func (m *memory) folder(t *testing.T, name string) (mails, seen int) {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	data, err := m.owner.Status(name, &imap.StatusOptions{NumMessages: true, NumUnseen: true})
	if err != nil {
		t.Fatal(err)
	}
	return int(*data.NumMessages), int(*data.NumMessages - *data.NumUnseen)
}
