package twilio

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/netutil"

	"holdfast/plugins/sdk"
)

// Bounds of what a stranger may ask of the listener.
const (
	maxForm        = 64 << 10 // bytes of a webhook's form
	maxConnections = 256
	maxAtOnce      = 32 // webhooks that are worked on
)

// occupantPath is asked of whoever has our address already: whether it is us.
const (
	occupantPath   = "/holdfast-webhooks"
	occupantHeader = "Holdfast-Webhooks"
)

// Hook is one webhook whose signature was right.
type Hook struct {
	Query url.Values // of the address
	Form  url.Values // what the provider tells
}

// Handler answers a webhook: with TwiML, or with nil where there is nothing to
// say. An error is answered by 500 and logged. The provider gives up on an answer
// after 15 seconds.
type Handler func(ctx context.Context, h Hook) (twiml []byte, err error)

// Listener takes the provider's webhooks. It listens where Listen says, usually
// behind a proxy that ends TLS and passes on what is asked of the public address.
type Listener struct {
	Listen    string             // host:port
	PublicURL string             // as the provider calls it; signatures are over it
	Account   Account            // whose token signs
	Handlers  map[string]Handler // by the path below PublicURL, such as "/status"

	mu      sync.Mutex
	server  *http.Server
	working chan struct{}
	warned  time.Time // when a refused signature was last logged
}

// ListenProblems says what is wrong with the settings listen and public_url.
func ListenProblems(listen, publicURL string) (list []sdk.Problem) {
	if _, port, err := net.SplitHostPort(listen); err != nil || port == "" || port == "0" {
		list = append(list, sdk.Problem{Key: "listen", Text: fmt.Sprintf("%q is no host with a port", listen), Cure: "write it as 127.0.0.1:8085"})
	}
	if text := badAddress(publicURL); text != "" {
		list = append(list, sdk.Problem{Key: "public_url", Text: text, Cure: "write the address by which the provider reaches listen, such as https://hooks.example.com/sms"})
	}
	return list
}

// Address is how the provider calls a path, with a query where there is one.
func (l *Listener) Address(path string, query url.Values) string {
	address := strings.TrimRight(l.PublicURL, "/") + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

// Start listens, unless it does already. Call it before the provider is told of
// the address: in Send and Events rather than in Configure, since a check
// configures a channel too and must not take webhooks away from the one that
// works.
func (l *Listener) Start() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.server != nil {
		return nil
	}
	listener, err := net.Listen("tcp", l.Listen)
	if err != nil {
		return fmt.Errorf("webhooks cannot be taken at %s: %w", l.Listen, err)
	}
	l.working = make(chan struct{}, maxAtOnce)
	l.server = &http.Server{
		Handler: l, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
	server := l.server
	go func() {
		if err := server.Serve(netutil.LimitListener(listener, maxConnections)); !errors.Is(err, http.ErrServerClosed) {
			log.Printf("webhooks are no longer taken at %s: %v", l.Listen, err)
			l.forget(server)
		}
	}()
	return nil
}

// forget lets the next Start listen again.
func (l *Listener) forget(server *http.Server) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.server == server {
		l.server = nil
	}
}

// Close ends listening; webhooks that are being worked on are cut off, and the
// provider's list still has what they told.
func (l *Listener) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.server == nil {
		return nil
	}
	err := l.server.Close()
	l.server = nil
	return err
}

// Well reports whether webhooks are taken, or could be: by this listener, or by
// that of the same channel in another process.
func (l *Listener) Well(ctx context.Context) error {
	l.mu.Lock()
	listening := l.server != nil
	l.mu.Unlock()
	if listening {
		return nil
	}
	probe, err := net.Listen("tcp", l.Listen)
	if err == nil {
		return probe.Close()
	}
	if l.occupiedByUs(ctx) {
		return nil
	}
	return fmt.Errorf("webhooks cannot be taken at %s: %w", l.Listen, err)
}

func (l *Listener) occupiedByUs(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+l.Listen+occupantPath, nil)
	if err != nil {
		return false
	}
	answer, err := (&http.Client{Transport: new(http.Transport)}).Do(request)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	return answer.Header.Get(occupantHeader) == l.identity()
}

// identity tells channels apart and gives nothing away.
func (l *Listener) identity() string {
	sum := sha256.Sum256([]byte(l.Account.SID + "\x00" + l.PublicURL))
	return hex.EncodeToString(sum[:8])
}

// ServeHTTP takes one webhook: 404 for what is none, 403 where the signature is
// not the account's.
func (l *Listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == occupantPath {
		w.Header().Set(occupantHeader, l.identity())
		w.WriteHeader(http.StatusNoContent)
		return
	}
	path := l.below(r.URL.Path)
	handle := l.Handlers[path]
	if handle == nil || r.Method != http.MethodPost {
		http.NotFound(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "no form of a webhook", http.StatusBadRequest)
		return
	}
	if !l.signed(path, r) {
		l.warn(path)
		http.Error(w, "the signature is not that of the account", http.StatusForbidden)
		return
	}
	l.working <- struct{}{} // behind the signature: a stranger who dawdles takes nobody's place
	defer func() { <-l.working }()
	twiml, err := handle(r.Context(), Hook{Query: r.URL.Query(), Form: r.PostForm})
	if err != nil {
		log.Printf("webhook %s: %v", path, err)
		http.Error(w, "it cannot be taken now", http.StatusInternalServerError)
		return
	}
	answer(w, twiml)
}

// below is a path without that of the public address, which a proxy may keep or
// take away.
func (l *Listener) below(path string) string {
	if u, err := url.Parse(l.PublicURL); err == nil {
		if rest, ok := strings.CutPrefix(path, strings.TrimRight(u.Path, "/")); ok && strings.HasPrefix(rest, "/") {
			return rest
		}
	}
	return path
}

func (l *Listener) signed(path string, r *http.Request) bool {
	address := l.Address(path, nil)
	if r.URL.RawQuery != "" {
		address += "?" + r.URL.RawQuery
	}
	return Signed(l.Account.AuthToken, address, r.PostForm, r.Header.Get(SignatureHeader))
}

// warn says once a minute that signatures are wrong: mostly public_url is not
// what the provider calls.
func (l *Listener) warn(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.warned) < time.Minute {
		return
	}
	l.warned = time.Now()
	log.Printf("a webhook at %s is refused: it is not signed by the account's auth token over %s", path, l.Address(path, nil))
}

// nothing is TwiML that does nothing.
const nothing = `<?xml version="1.0" encoding="UTF-8"?><Response></Response>`

func answer(w http.ResponseWriter, twiml []byte) {
	if twiml == nil {
		twiml = []byte(nothing)
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = w.Write(twiml) // whoever hung up asks again, or not
}
