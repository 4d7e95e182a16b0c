package work_test

import (
	"log/slog"
	"path/filepath"
	"sync/atomic"
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
	"holdfast/engine/work"
)

// A receipt in the ERP lifts the hold by the look at the held accounts alone:
// the next pull is a day away.
func TestAReceiptLiftsTheHold(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	held := h.untilHeld()
	w, err := work.New(work.Config{
		Cycle: h.cycle, DB: h.cycle.Store.DB(), Log: slog.New(slog.DiscardHandler), Channels: []string{"void"},
		Companies: []work.Company{{Company: h.cycle.Companies[0], PullEvery: 24 * time.Hour, HeldEvery: 200 * time.Millisecond}},
		OnError:   func(kind work.Kind, _ string, err error) { t.Errorf("%s: %v", kind, err) },
	})
	h.must(err)
	h.must(work.Migrate(t.Context(), w.DB()))
	run(t, w)
	await(t, h.watch, "pulled")
	h.must(h.erp.Pay(t.Context(), held, h.clock.today()))
	await(t, h.watch, "released")
	h.must(h.erp.Ship(t.Context(), held))
}

// house is the real cycle over the demo ERP.
type house struct {
	t     *testing.T
	erp   *demoerp.ERP
	cycle *cycle.Cycle
	clock *dayClock
	watch watch
}

func newHouse(t *testing.T) *house {
	h := &house{t: t, clock: &dayClock{}, watch: make(watch, 10000)}
	start := ar.MustDay("2026-03-02")
	h.clock.day.Store(int64(start))
	dir := t.TempDir()
	path := filepath.Join(dir, "erp.db")
	h.must(demoerp.Create(t.Context(), path, demoerp.Options{Seed: 7, Customers: 60, Today: start}))
	var err error
	h.erp, err = demoerp.Open(path)
	h.must(err)
	t.Cleanup(func() { h.erp.Close() })
	preset, err := presets.Load("demo", "")
	h.must(err)
	adapter, err := adapters.Open(adapters.Config{Source: "main", Company: demoerp.CompanyID, Preset: preset, Driver: sqlite.Driver{}, DSN: path})
	h.must(err)
	t.Cleanup(func() { adapter.Close() })
	st, err := store.Open(t.Context(), filepath.Join(dir, "state"))
	h.must(err)
	t.Cleanup(func() { st.Close() })
	co := &cycle.Company{
		Key: "1", Source: "main", ID: demoerp.CompanyID, Mode: outbox.Live, Adapter: adapter, Book: book(t), Zone: time.UTC, Render: blank{},
		Limits: cycle.Limits{MaxAge: time.Hour, Skew: 100 * 365 * 24 * time.Hour, Breaker: 30},
	}
	h.cycle = &cycle.Cycle{
		Store: st, Companies: []*cycle.Company{co}, Log: slog.New(slog.DiscardHandler), Clock: h.clock, Watch: h.watch,
		Channels: map[string]cycle.Lane{"void": {Channel: void{}, InFlight: 4, Local: true}},
	}
	h.must(st.PutSetting(t.Context(), cycle.HoldsEnabled(co), "yes", "Ann", h.clock.Now()))
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// untilHeld lives day by day until a hold is placed, and returns whose.
func (h *house) untilHeld() ar.CustomerID {
	h.t.Helper()
	for range 60 {
		_, err := h.cycle.Run(h.t.Context(), h.cycle.Today)
		h.must(err)
		placed, err := h.cycle.Store.Holds(h.t.Context(), store.HoldFilter{States: []ar.EntryState{ar.EntryPlaced}})
		h.must(err)
		if len(placed) > 0 {
			drain(h.watch)
			return placed[0].Account.Customer
		}
		h.clock.day.Add(1)
	}
	h.t.Fatal("no hold was placed in 60 days")
	return ""
}

func book(t *testing.T) *sequence.Book {
	t.Helper()
	sequences, problems := sequence.Load(sequence.Library(), "library", steps.All())
	window, err := calendar.ParseWindow("Mon-Fri 09:00-16:30")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	countries := calendar.NewCountries()
	b, problems := sequence.NewBook(sequences, nil, sequence.Policy{
		Zone: time.UTC, Business: countries["US"], Countries: countries, Window: window,
		Channels: map[string]string{"email": "void"}, Roles: []string{"invoice", "ap"},
		GapCourtesy: 1, GapDunning: 3, CapWeek: 2, CapMonth: 5, DeductionPercent: 2, DeductionDays: 3,
		FloorItem: []ar.Money{{Minor: 500, Currency: "USD"}}, FloorAccount: []ar.Money{{Minor: 2500, Currency: "USD"}},
		HoldWritable: true, HoldAgain: 30,
	}, steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return b
}

// dayClock shows ten in the morning of a day that a test turns.
type dayClock struct{ day atomic.Int64 }

func (c *dayClock) today() ar.Day { return ar.Day(c.day.Load()) }

func (c *dayClock) Now() time.Time { return c.today().Time(time.UTC).Add(10 * time.Hour) }

// watch signals what the cycle does.
type watch chan string

func (w watch) Pulled(string, time.Duration, engine.PullReport)     { w <- "pulled" }
func (w watch) Decided(string, int, time.Duration)                  {}
func (w watch) Sent(string, string, outbox.State)                   {}
func (w watch) Held(_ string, state ar.EntryState, _ time.Duration) { w <- string(state) }

func (w watch) Heard(channel string, kind outbox.EventKind, _ engine.EventState) {
	w <- channel + " " + string(kind)
}

// blank renders next to nothing.
type blank struct{}

func (blank) Render(_ sequence.Case, in sequence.Intent, at time.Time) (outbox.Message, []string, error) {
	return outbox.Message{To: []outbox.Mailbox{{Address: in.Recipient()}}, Subject: in.Template, Text: in.Asked.String(), Date: at}, nil, nil
}
