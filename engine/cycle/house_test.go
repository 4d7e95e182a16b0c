package cycle_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/demoerp"
	"holdfast/adapters/presets"
	"holdfast/adapters/sqlite"
	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
	"holdfast/engine/store"
)

// house is a whole Holdfast over the demo ERP, with a mailbox in memory.
type house struct {
	t     *testing.T
	dir   string
	erp   *demoerp.ERP
	cycle *cycle.Cycle
	co    *cycle.Company
	box   *mailbox
	today ar.Day
}

// monday is the day on which the tests' demo ERP begins to live.
var monday = ar.MustDay("2026-03-16")

var countries = calendar.NewCountries()

// newERP makes the bytes of the ERP with which each house begins, once for all.
var newERP = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "demoerp")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "erp.db")
	if err := demoerp.Create(context.Background(), path, demoerp.Options{Seed: 7, Customers: 60, Today: monday}); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir(), box: &mailbox{}, today: monday}
	path := filepath.Join(h.dir, "erp.db")
	h.must(os.WriteFile(path, try(newERP())(h), 0o600))
	h.erp = try(demoerp.Open(path))(h)
	t.Cleanup(func() { h.erp.Close() })
	h.co = &cycle.Company{
		Key: "1", Source: "main", ID: demoerp.CompanyID, Mode: outbox.Live, Book: book(t),
		Zone: time.UTC, Limits: cycle.Limits{MaxAge: time.Hour, Skew: time.Hour, Breaker: 30}, Render: plain{},
	}
	h.reopenAdapter()
	h.open()
	return h
}

// reopenAdapter connects to the ERP anew.
func (h *house) reopenAdapter() {
	h.t.Helper()
	adapter := try(adapters.Open(adapters.Config{
		Source: "main", Company: demoerp.CompanyID, Preset: try(presets.Load("demo", ""))(h), Driver: sqlite.Driver{},
		DSN: filepath.Join(h.dir, "erp.db"),
	}))(h)
	h.t.Cleanup(func() { adapter.Close() })
	h.co.Adapter = adapter
}

// open opens the state anew, as a new process would.
func (h *house) open() {
	st := try(store.Open(context.Background(), filepath.Join(h.dir, "state")))(h)
	h.t.Cleanup(func() { st.Close() })
	h.cycle = &cycle.Cycle{
		Store: st, Companies: []*cycle.Company{h.co}, Log: slog.New(slog.DiscardHandler), Clock: cycle.SystemClock{}, Watch: quiet{},
		Channels: map[string]cycle.Lane{"box": {Channel: h.box, InFlight: 4, Local: true}},
	}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// try unwraps a value with its error: try(f())(h).
func try[T any](v T, err error) func(*house) T {
	return func(h *house) T {
		h.t.Helper()
		h.must(err)
		return v
	}
}

func (h *house) moment() cycle.Moment { return cycle.Moment{Day: h.today} }

// run runs one cycle of the house's day.
func (h *house) run() cycle.Report {
	h.t.Helper()
	return try(h.cycle.Run(h.t.Context(), func(*cycle.Company) cycle.Moment { return h.moment() }))(h)
}

// runBroken runs one cycle that may fail.
func (h *house) runBroken() cycle.Report {
	report, _ := h.cycle.Run(h.t.Context(), func(*cycle.Company) cycle.Moment { return h.moment() })
	return report
}

// plan returns what is foreseen for the day.
func (h *house) plan(days int) []cycle.PlanRow {
	h.t.Helper()
	var rows []cycle.PlanRow
	h.must(h.cycle.Plan(h.t.Context(), h.cycle.Companies, func(*cycle.Company) cycle.Moment { return h.moment() }, days, func(r cycle.PlanRow) error {
		rows = append(rows, r)
		return nil
	}))
	return rows
}

func book(t *testing.T) *sequence.Book {
	t.Helper()
	sequences, problems := sequence.Load(sequence.Library(), "library", steps.All())
	window, err := calendar.ParseWindow("Mon-Fri 09:00-16:30")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	b, problems := sequence.NewBook(sequences, nil, sequence.Policy{
		Zone: time.UTC, Business: countries["US"], Countries: countries, Window: window,
		Channels: map[string]string{"email": "box"}, Roles: []string{"invoice", "ap"},
		GapCourtesy: 1, GapDunning: 3, CapWeek: 2, CapMonth: 5, DeductionPercent: 2, DeductionDays: 3,
		FloorItem: []ar.Money{{Minor: 500, Currency: "USD"}}, FloorAccount: []ar.Money{{Minor: 2500, Currency: "USD"}},
		WhiteGlove: map[string]bool{string(demoerp.WhiteGlove): true}, HoldWritable: true, HoldAgain: 30,
	}, steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return b
}

// plain renders the amounts asked for, and nothing else.
type plain struct{}

func (plain) Render(_ sequence.Case, in sequence.Intent, at time.Time) (outbox.Message, []string, error) {
	return outbox.Message{
		To: []outbox.Mailbox{{Address: in.Recipient()}}, Subject: in.Template, Text: in.Asked.String(), Date: at,
	}, nil, nil
}

// quiet is told and says nothing.
type quiet struct{}

func (quiet) Pulled(string, time.Duration, engine.PullReport)   {}
func (quiet) Decided(string, int, time.Duration)                {}
func (quiet) Sent(string, string, outbox.State)                 {}
func (quiet) Held(string, ar.EntryState, time.Duration)         {}
func (quiet) Heard(string, outbox.EventKind, engine.EventState) {}

// mailbox is a channel that keeps what arrives. answer, where set, decides what
// the sender hears; the message has arrived unless it says so by refusing.
type mailbox struct {
	mu      sync.Mutex
	arrived []outbox.Message
	answer  func(m outbox.Message) (outbox.Sent, error)
}

func (b *mailbox) Send(_ context.Context, m outbox.Message) (outbox.Sent, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	sent, err := outbox.Sent{State: outbox.Accepted}, error(nil)
	if b.answer != nil {
		sent, err = b.answer(m)
	}
	if err != nil || sent.State == outbox.Accepted {
		b.arrived = append(b.arrived, m)
	}
	return sent, err
}

func (b *mailbox) Lookup(context.Context, outbox.Key, time.Time) (outbox.Sent, error) {
	return outbox.Sent{State: outbox.Uncertain}, nil
}

func (b *mailbox) Repeatable() bool { return true }

// to lists the arrived messages' recipients with their texts, in order.
func (b *mailbox) to() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []string
	for _, m := range b.arrived {
		list = append(list, fmt.Sprintf("%s %s", m.To[0].Address, m.Subject))
	}
	slices.Sort(list)
	return list
}
