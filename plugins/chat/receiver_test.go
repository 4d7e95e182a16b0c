package chat

import (
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"holdfast/plugins/sdk"
)

// receiver plays whoever takes cards, over TLS.
type receiver struct {
	*httptest.Server
	ca string // PEM file of its certificate

	mu     sync.Mutex
	bodies [][]byte
	heads  []http.Header
	answer func(http.ResponseWriter, *http.Request)
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{answer: func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }}
	r.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		r.mu.Lock()
		r.bodies, r.heads = append(r.bodies, body), append(r.heads, q.Header.Clone())
		answer := r.answer
		r.mu.Unlock()
		answer(w, q)
	}))
	t.Cleanup(r.Close)
	r.ca = filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: r.Certificate().Raw})
	if err := os.WriteFile(r.ca, block, 0o600); err != nil {
		t.Fatal(err)
	}
	return r
}

// answers makes the receiver answer so from now on.
func (r *receiver) answers(status int, head map[string]string, body string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = func(w http.ResponseWriter, _ *http.Request) {
		for k, v := range head {
			w.Header().Set(k, v)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// hangsUp makes the receiver take requests and end the connection.
func (r *receiver) hangsUp() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
}

func (r *receiver) got() [][]byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bodies
}

const testSecret = "0123456789abcdef0123456789abcdef"

// configured is a channel to an address.
func configured(t *testing.T, kind, url string, s sdk.Setup, more string) *Channel {
	t.Helper()
	c := new(Channel)
	s.Settings = fmt.Appendf(nil, `{"kind": %q, "url": %q, "secret": %q%s}`, kind, url, testSecret, more)
	if s.Dir == "" {
		s.Dir = t.TempDir()
	}
	problems, err := c.Configure(t.Context(), s)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	t.Cleanup(func() { _ = c.record.Close() })
	return c
}

// to is a channel to the receiver, which is on this machine.
func (r *receiver) to(t *testing.T, kind string) *Channel {
	return configured(t, kind, r.URL, sdk.Setup{CAFile: r.ca}, `, "allow_private": "i-accept"`)
}

func message(n int) sdk.Message {
	return sdk.Message{
		Key: fmt.Sprintf("task-1-%d", n), Subject: "Call Østfold & Søn <today>", Text: "Invoice INV-1 is 53 days late.\nThey promised twice.",
		Date: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC),
		Card: &sdk.Card{
			Fields: []sdk.Field{{Name: "Customer", Value: "C-1001 [click](http://evil.example) <!channel>"}, {Name: "Open", Value: "1,200.00 EUR"}},
			Links:  []sdk.Link{{Label: "Open the task", URL: "https://holdfast.example/task/1?a=1&b=2"}},
		},
	}
}

func send(t *testing.T, c *Channel, m sdk.Message, want sdk.State) sdk.Sent {
	t.Helper()
	sent, err := c.Send(t.Context(), m)
	if err != nil || sent.State != want {
		t.Fatalf("%+v, %v; want state %d", sent, err, want)
	}
	return sent
}

func decode(t *testing.T, body []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(body, into); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
}
