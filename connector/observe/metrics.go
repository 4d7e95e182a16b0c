package observe

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Metrics counts what happens. Its methods may be called at once from several
// goroutines. Names of companies are their keys.
type Metrics struct {
	now      func() time.Time
	registry *prometheus.Registry

	messages *prometheus.CounterVec
	events   *prometheus.CounterVec
	holds    *prometheus.CounterVec
	failures *prometheus.CounterVec
	missed   *prometheus.CounterVec
	release  *prometheus.HistogramVec
	pull     *prometheus.HistogramVec
	decide   *prometheus.HistogramVec

	mu        sync.Mutex
	companies map[string]*pulls
	depth     map[string]int // of the outbox, by channel
	stopped   string
}

// pulls is what is known about a company's pulls.
type pulls struct {
	last   time.Time
	maxAge time.Duration
}

// NewMetrics returns Metrics that read the time from now.
func NewMetrics(now func() time.Time) *Metrics {
	m := &Metrics{now: now, registry: prometheus.NewRegistry(), companies: map[string]*pulls{}, depth: map[string]int{}}
	m.messages = counter("holdfast_messages_total", "Messages by the state that an attempt ended in.", "company", "channel", "state")
	m.events = counter("holdfast_events_total", "What channels told of messages: delivered, bounced, replied and so on.", "channel", "kind", "state")
	m.holds = counter("holdfast_holds_total", "Credit holds written to the ERP.", "company", "action")
	m.failures = counter("holdfast_pull_failures_total", "Pulls that were thrown away.", "company")
	m.missed = counter("holdfast_pull_missed_total", "Records that a full read brought and the marks had missed.", "company")
	m.release = histogram("holdfast_hold_release_seconds", "From the decision to lift a hold, made as soon as the receipt is read, to the hold lifted in the ERP.",
		[]float64{1, 2, 5, 10, 20, 60, 300, 1800, 7200}, "company")
	m.pull = histogram("holdfast_pull_seconds", "Duration of a pull.", []float64{.1, .5, 1, 5, 15, 60, 300, 1800}, "company")
	m.decide = histogram("holdfast_decide_seconds", "Duration of deciding all parties that were due.", []float64{.01, .05, .1, .5, 1, 5, 15, 60, 300}, "company")
	m.registry.MustRegister(m.messages, m.events, m.holds, m.failures, m.missed, m.release, m.pull, m.decide, state{m},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

func histogram(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
}

// Expect says that company is to be pulled, and how old its data may get
// before health is not ok.
func (m *Metrics) Expect(company string, maxAge time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.company(company).maxAge = maxAge
}

// Message counts one message that reached a state, such as "accepted".
func (m *Metrics) Message(company, channel, state string) {
	m.messages.WithLabelValues(company, channel, state).Inc()
}

// Event counts one thing that a channel told; state is taken, unmatched or
// ignored.
func (m *Metrics) Event(channel, kind, state string) {
	m.events.WithLabelValues(channel, kind, state).Inc()
}

// HoldPlaced counts one hold written.
func (m *Metrics) HoldPlaced(company string) { m.holds.WithLabelValues(company, "placed").Inc() }

// HoldReleased counts one hold lifted. latency is the time since that was
// decided; zero or less: not timed.
func (m *Metrics) HoldReleased(company string, latency time.Duration) {
	m.holds.WithLabelValues(company, "released").Inc()
	if latency > 0 {
		m.release.WithLabelValues(company).Observe(latency.Seconds())
	}
}

// Pulled notes a whole pull that ended at an instant.
func (m *Metrics) Pulled(company string, took time.Duration, at time.Time) {
	m.pull.WithLabelValues(company).Observe(took.Seconds())
	m.mu.Lock()
	defer m.mu.Unlock()
	m.company(company).last = at
}

// Missed counts records that a full read brought and the marks had missed.
func (m *Metrics) Missed(company string, n int) { m.missed.WithLabelValues(company).Add(float64(n)) }

// PullFailed counts a pull that was thrown away.
func (m *Metrics) PullFailed(company string) { m.failures.WithLabelValues(company).Inc() }

// Decided notes one round of decisions.
func (m *Metrics) Decided(company string, took time.Duration) {
	m.decide.WithLabelValues(company).Observe(took.Seconds())
}

// Depth says how many deliveries of a channel have not ended.
func (m *Metrics) Depth(channel string, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.depth[channel] = n
}

// Stopped says why nothing leaves; the empty reason: it does again.
func (m *Metrics) Stopped(reason string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stopped = reason
}

// company returns the entry of a company; the caller holds the lock.
func (m *Metrics) company(key string) *pulls {
	p := m.companies[key]
	if p == nil {
		p = &pulls{}
		m.companies[key] = p
	}
	return p
}

// state shows what is worked out when somebody looks.
type state struct{ m *Metrics }

var (
	ageDesc     = prometheus.NewDesc("holdfast_pull_age_seconds", "Time since the last whole pull.", []string{"company"}, nil)
	depthDesc   = prometheus.NewDesc("holdfast_outbox_depth", "Deliveries that have not ended.", []string{"channel"}, nil)
	stoppedDesc = prometheus.NewDesc("holdfast_stopped", "1 while nothing may leave.", nil, nil)
)

// Describe names the figures.
func (s state) Describe(out chan<- *prometheus.Desc) {
	out <- ageDesc
	out <- depthDesc
	out <- stoppedDesc
}

// Collect works the figures out.
func (s state) Collect(out chan<- prometheus.Metric) {
	now := s.m.now()
	s.m.mu.Lock()
	defer s.m.mu.Unlock()
	for key, p := range s.m.companies {
		if !p.last.IsZero() {
			out <- prometheus.MustNewConstMetric(ageDesc, prometheus.GaugeValue, now.Sub(p.last).Seconds(), key)
		}
	}
	for channel, n := range s.m.depth {
		out <- prometheus.MustNewConstMetric(depthDesc, prometheus.GaugeValue, float64(n), channel)
	}
	stopped := 0.0
	if s.m.stopped != "" {
		stopped = 1
	}
	out <- prometheus.MustNewConstMetric(stoppedDesc, prometheus.GaugeValue, stopped)
}
