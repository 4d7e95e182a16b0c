package main

import (
	"context"
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"holdfast/adapters"
	"holdfast/adapters/demoerp"
	"holdfast/adapters/postgres"
	"holdfast/adapters/presets"
	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
	"holdfast/engine/store"
)

// setting is what every measurement works with.
type setting struct {
	dsn       string
	dir       string // of its own, removed afterwards
	documents int
}

// docsPerCustomer shapes the generated ledger.
const docsPerCustomer = 20

// today is a day on which messages may leave: the one on or after the real one.
func today() ar.Day {
	day := ar.DayOf(time.Now().UTC())
	for country := calendar.NewCountries()["US"]; !country.IsBusinessDay(day); {
		day++
	}
	return day
}

func moment() cycle.Moment { return cycle.Moment{Day: today(), Rehearsal: true} }

// books is a generated ledger in PostgreSQL with a Holdfast over it.
type books struct {
	setting
	erp    *sql.DB
	preset *presets.Preset
	cycle  *cycle.Cycle
	co     *cycle.Company
}

// newLedger fills the database with the ledger and opens an empty state.
func newLedger(ctx context.Context, s setting, documents, customers int) (*books, error) {
	l := &books{setting: s}
	var err error
	if l.erp, err = sql.Open("pgx", s.dsn); err != nil {
		return nil, err
	}
	err = demoerp.Scale(ctx, l.erp, demoerp.ScaleOptions{
		Documents: documents, Customers: customers, Today: ar.DayOf(time.Now().UTC()), Seed: 1,
	})
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(filepath.Join(s.dir, "presets")); err != nil {
		return nil, err
	}
	if err := demoerp.WriteBenchPreset(filepath.Join(s.dir, "presets")); err != nil {
		return nil, err
	}
	return l, l.open(ctx)
}

// reopen opens the ledger and the state that another process made.
func reopen(ctx context.Context, s setting) (*books, error) {
	l := &books{setting: s}
	return l, l.open(ctx)
}

// open opens a company and its state.
func (l *books) open(ctx context.Context) error {
	var err error
	if l.preset, err = presets.Load("bench", filepath.Join(l.dir, "presets")); err != nil {
		return err
	}
	return l.openWith(ctx, postgres.Driver{}, l.dsn, false)
}

// openWith opens a company whose preset is loaded, and its state.
func (l *books) openWith(ctx context.Context, driver adapters.Driver, dsn string, holds bool) error {
	adapter, err := adapters.Open(adapters.Config{
		Source: "main", Company: demoerp.CompanyID, Preset: l.preset, Driver: driver, DSN: dsn,
	})
	if err != nil {
		return err
	}
	book, err := newBook(holds)
	if err != nil {
		return err
	}
	workbook, err := attachment()
	if err != nil {
		return err
	}
	l.co = &cycle.Company{
		Key: "1", Source: "main", ID: demoerp.CompanyID, Mode: outbox.Live, Adapter: adapter, Book: book, Zone: time.UTC,
		Limits: cycle.Limits{MaxAge: time.Hour, Skew: time.Hour, Breaker: 30}, Render: letter{workbook},
	}
	st, err := store.Open(ctx, filepath.Join(l.dir, "state"))
	if err != nil {
		return err
	}
	l.cycle = &cycle.Cycle{
		Store: st, Companies: []*cycle.Company{l.co}, Log: slog.New(slog.DiscardHandler), Clock: cycle.SystemClock{},
		Watch: quiet{}, Channels: map[string]cycle.Lane{},
	}
	return nil
}

// close ends what open began, so that the files can be removed.
func (l *books) close() error {
	return l.cycle.Store.Close()
}

func newBook(holds bool) (*sequence.Book, error) {
	sequences, problems := sequence.Load(sequence.Library(), "library", steps.All())
	if err := problems.Err(); err != nil {
		return nil, err
	}
	countries := calendar.NewCountries()
	window, err := calendar.ParseWindow("Mon-Fri 09:00-16:30")
	if err != nil {
		return nil, err
	}
	book, problems := sequence.NewBook(sequences, nil, sequence.Policy{
		Zone: time.UTC, Business: countries["US"], Countries: countries, Window: window,
		Channels: map[string]string{"email": "mail"}, Roles: []string{"ap"},
		GapCourtesy: 1, GapDunning: 3, CapWeek: 2, CapMonth: 5, DeductionPercent: 2, DeductionDays: 3,
		FloorItem:    []ar.Money{{Minor: 500, Currency: "USD"}, {Minor: 500, Currency: "EUR"}},
		FloorAccount: []ar.Money{{Minor: 2500, Currency: "USD"}, {Minor: 2500, Currency: "EUR"}},
		HoldWritable: holds,
	}, steps.All())
	return book, problems.Err()
}

// quiet is told and says nothing.
type quiet struct{}

func (quiet) Pulled(string, time.Duration, engine.PullReport)   {}
func (quiet) Decided(string, int, time.Duration)                {}
func (quiet) Sent(string, string, outbox.State)                 {}
func (quiet) Held(string, ar.EntryState, time.Duration)         {}
func (quiet) Heard(string, outbox.EventKind, engine.EventState) {}
