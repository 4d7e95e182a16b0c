package observe

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"holdfast/connector/web"
	"holdfast/engine/fault"
)

// Health is what /healthz says.
type Health struct {
	OK      bool             `json:"ok"`
	Reasons []string         `json:"reasons,omitempty"` // why it is not ok
	PullAge map[string]int64 `json:"pull_age_seconds"`  // by company; those never pulled are left out
	Stopped string           `json:"stopped,omitempty"` // why nothing leaves
	Depth   map[string]int   `json:"outbox_depth"`      // by channel
}

// Health looks at the figures as of now. It is not ok while stopped, and while
// a company's data are missing or older than allowed.
func (m *Metrics) Health() Health {
	now := m.now()
	m.mu.Lock()
	defer m.mu.Unlock()
	h := Health{PullAge: map[string]int64{}, Depth: map[string]int{}, Stopped: m.stopped}
	if m.stopped != "" {
		h.Reasons = append(h.Reasons, "stopped: "+m.stopped)
	}
	for _, key := range slices.Sorted(maps.Keys(m.companies)) {
		p := m.companies[key]
		if p.last.IsZero() {
			h.Reasons = append(h.Reasons, fmt.Sprintf("company %s has not been pulled yet", key))
			continue
		}
		age := now.Sub(p.last)
		h.PullAge[key] = int64(age / time.Second)
		if p.maxAge > 0 && age > p.maxAge {
			h.Reasons = append(h.Reasons, fmt.Sprintf("data of company %s are %s old", key, age.Round(time.Second)))
		}
	}
	for channel, n := range m.depth {
		h.Depth[channel] = n
	}
	h.OK = len(h.Reasons) == 0
	return h
}

// Handler serves /metrics and /healthz; the latter answers 503 where health is
// not ok.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		h := m.Health()
		body, err := json.Marshal(h)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if !h.OK {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_, _ = w.Write(append(body, '\n')) // whoever asked has gone
	})
	return mux
}

// Listen takes the address, so that a start fails at once where it is in use.
func Listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fault.New(fault.Invalid, "metrics.listen: %w", err).WithCure("name a free address in [metrics] listen, or leave it empty")
	}
	return l, nil
}

// Serve answers on l until ctx ends, then closes it. It returns nil when ctx
// ended it.
func (m *Metrics) Serve(ctx context.Context, l net.Listener) error {
	return web.Serve(ctx, l, m.Handler(), nil)
}
