// Package smtpsink is a real SMTP server that keeps what it takes, for tests,
// trials and measurements.
package smtpsink

import (
	"io"
	"log"
	"net"
	"sync"
	"sync/atomic"

	"github.com/emersion/go-smtp"
)

// Mail is one accepted message.
type Mail struct {
	From string
	To   []string
	Data []byte
}

// Sink is a server on a loopback port. Set Answer before mail comes.
type Sink struct {
	// Answer, where set, may refuse a mail with a *smtp.SMTPError before it is
	// kept.
	Answer func(Mail) error
	// Discard counts mails without keeping them.
	Discard bool

	server *smtp.Server
	addr   *net.TCPAddr
	count  atomic.Int64
	mu     sync.Mutex
	mails  []Mail
}

// Start listens on a free loopback port, or on the given one.
func Start(port int) (*Sink, error) {
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port})
	if err != nil {
		return nil, err
	}
	s := &Sink{addr: l.Addr().(*net.TCPAddr)}
	s.server = smtp.NewServer(s)
	s.server.Domain = "sink.example"
	s.server.MaxMessageBytes = 64 << 20
	s.server.ErrorLog = log.New(io.Discard, "", 0) // a sender that was killed is no news
	go s.server.Serve(l)
	return s, nil
}

// Port returns the port it listens on.
func (s *Sink) Port() int { return s.addr.Port }

// Close ends the server and its connections.
func (s *Sink) Close() error { return s.server.Close() }

// Count returns how many mails were accepted.
func (s *Sink) Count() int { return int(s.count.Load()) }

// Mails returns what was kept so far, in the order of arrival.
func (s *Sink) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// Forget drops what was kept.
func (s *Sink) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = nil
	s.count.Store(0)
}

// NewSession begins a connection.
func (s *Sink) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{sink: s}, nil }

type session struct {
	sink *Sink
	mail Mail
}

func (s *session) Reset()        { s.mail = Mail{} }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.mail.From = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.To = append(s.mail.To, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	var err error
	if s.mail.Data, err = io.ReadAll(r); err != nil {
		return err
	}
	if s.sink.Answer != nil {
		if err := s.sink.Answer(s.mail); err != nil {
			return err
		}
	}
	s.sink.count.Add(1)
	if s.sink.Discard {
		return nil
	}
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	s.sink.mails = append(s.sink.mails, s.mail)
	return nil
}
