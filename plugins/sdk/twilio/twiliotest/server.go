// Package twiliotest plays Twilio for tests and trials: the resources Messages
// and Calls of its REST API, signed webhooks, and the troubles a provider makes.
// It follows the public documentation (www.twilio.com/docs/messaging/api,
// www.twilio.com/docs/voice/api, www.twilio.com/docs/iam/test-credentials); it
// delivers nothing to anybody.
package twiliotest

import (
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// The account that a Server has.
const (
	AccountSID = "AC0123456789abcdef0123456789abcdef"
	AuthToken  = "0123456789abcdef0123456789abcdef"
	APIKey     = "SK0123456789abcdef0123456789abcdef"
	APISecret  = "secret-of-the-key"
	Number     = "+15005550006" // a number of the account, by which it sends
	Service    = "MG0123456789abcdef0123456789abcdef"
)

// Server plays Twilio. Its fields are set before the first request; its methods
// may be called at once from several goroutines.
type Server struct {
	URL     string           // base_url of a channel
	Inbound string           // address that hears of messages to Number; empty: nobody does
	Now     func() time.Time // the time of all that is made; time.Now
	Page    int              // most rows of a page; 0: as asked, at most 1,000

	web  *httptest.Server
	hook *http.Client

	mu       sync.Mutex
	made     int
	messages []*Message
	calls    []*Call
	stopped  map[string]bool // who has answered STOP
	faults   []*Fault
	requests []string // method and path of each, in order
	done     chan struct{}
}

// New starts a server on loopback, without TLS. The caller closes it.
func New() *Server {
	s := blank()
	s.web = httptest.NewServer(s)
	s.URL = s.web.URL
	return s
}

// NewTLS starts a server with TLS, by an authority that CAFile writes.
func NewTLS() *Server {
	s := blank()
	s.web = httptest.NewTLSServer(s)
	s.URL = s.web.URL
	return s
}

func blank() *Server {
	return &Server{
		Now: time.Now, stopped: map[string]bool{}, done: make(chan struct{}),
		// A connection for each webhook: a process that ends leaves no old one behind.
		hook: &http.Client{Timeout: 15 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}},
	}
}

// CAFile writes the certificate of a server with TLS as PEM into a folder.
func (s *Server) CAFile(dir string) (string, error) {
	file := filepath.Join(dir, "twilio.pem")
	block := &pem.Block{Type: "CERTIFICATE", Bytes: s.web.Certificate().Raw}
	return file, os.WriteFile(file, pem.EncodeToMemory(block), 0o600)
}

// Close ends the server and whatever hangs in it.
func (s *Server) Close() {
	close(s.done)
	s.web.CloseClientConnections()
	s.web.Close()
	s.hook.CloseIdleConnections()
}

// Requests lists what was asked, as "POST Messages.json".
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests...)
}

// ServeHTTP answers the API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.fail(w, http.StatusBadRequest, 20001, "Invalid parameter")
		return
	}
	path := strings.TrimPrefix(r.URL.Path, "/2010-04-01/Accounts/"+AccountSID)
	resource := strings.TrimPrefix(path, "/")
	asked := r.Method + " " + resource
	s.mu.Lock()
	s.requests = append(s.requests, asked)
	s.mu.Unlock()
	fault := s.take(asked)
	if fault.before(s, w, r) {
		return
	}
	switch {
	case path == r.URL.Path:
		s.fail(w, http.StatusNotFound, 20404, "The requested resource "+r.URL.Path+" was not found")
	case !authenticated(r):
		s.fail(w, http.StatusUnauthorized, 20003, "Authenticate")
	default:
		answer := s.answer(r, resource)
		if !fault.after(s, w, r) {
			s.write(w, answer)
		}
	}
}

func authenticated(r *http.Request) bool {
	user, password, ok := r.BasicAuth()
	return ok && (user == AccountSID && password == AuthToken || user == APIKey && password == APISecret)
}

// answer is what a request gets: a status with what is written as JSON.
func (s *Server) answer(r *http.Request, resource string) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind, rest, _ := strings.Cut(resource, "/")
	sid := strings.TrimSuffix(rest, ".json")
	switch {
	case resource == ".json":
		return answer{http.StatusOK, map[string]any{"sid": AccountSID, "status": "active", "type": "Full"}}
	case resource == "Messages.json" && r.Method == http.MethodPost:
		return s.createMessage(r.PostForm)
	case resource == "Messages.json":
		return s.listMessages(r)
	case resource == "Calls.json" && r.Method == http.MethodPost:
		return s.createCall(r.PostForm)
	case resource == "Calls.json":
		return s.listCalls(r)
	case kind == "Messages" && r.Method == http.MethodGet:
		return s.fetchMessage(sid)
	case kind == "Calls" && r.Method == http.MethodPost:
		return s.updateCall(sid, r.PostForm)
	case kind == "Calls":
		return s.fetchCall(sid)
	}
	return refuse(http.StatusNotFound, 20404, "The requested resource was not found")
}

// sid names the next thing made, by its two letters.
func (s *Server) sid(letters string) string {
	s.made++
	return fmt.Sprintf("%s%032x", letters, s.made)
}
