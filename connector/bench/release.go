package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"holdfast/adapters/demoerp"
	"holdfast/adapters/presets"
	"holdfast/adapters/sqlite"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
	"holdfast/engine/work"
)

const (
	heldEvery    = time.Second // how often the held accounts are read
	releases     = 20
	agingDays    = 70 // in which reminders, warnings and holds come about
	releaseGrace = 2  // seconds that a release may take beyond the interval
)

// releaseRow lets the service run on holds of its own, pays what a held customer
// owes, and measures until the ERP's flag is down.
func releaseRow(ctx context.Context, s setting) ([]Row, error) {
	erp, l, err := heldHouse(ctx, s)
	if err != nil {
		return nil, err
	}
	defer erp.Close()
	defer l.close()
	held, err := l.cycle.Store.Holds(ctx, store.HoldFilter{States: []ar.EntryState{ar.EntryPlaced}})
	if err != nil {
		return nil, err
	}
	if len(held) < releases {
		return nil, fmt.Errorf("only %d holds were placed, %d are wanted", len(held), releases)
	}
	if err := work.Migrate(ctx, l.cycle.Store.DB()); err != nil {
		return nil, err
	}
	w, err := work.New(work.Config{
		Cycle: l.cycle, DB: l.cycle.Store.DB(), Log: slog.New(slog.DiscardHandler),
		Companies: []work.Company{{Company: l.co, HeldEvery: heldEvery, PullEvery: time.Minute}},
	})
	if err != nil {
		return nil, err
	}
	if err := w.Start(ctx); err != nil {
		return nil, err
	}
	var took []time.Duration
	for i, h := range held[:releases] {
		time.Sleep(heldEvery * time.Duration(i) / releases) // receipts come at any point of the interval
		one, err := lift(ctx, erp, h.Account.Customer)
		if err != nil {
			return nil, err
		}
		took = append(took, one)
	}
	if err := w.Stop(ctx); err != nil {
		return nil, err
	}
	slices.Sort(took)
	p50, p95 := took[releases/2], took[releases*95/100-1]
	return []Row{{
		Work: fmt.Sprintf("receipt in the ERP → hold lifted, p95 of %d", releases), Took: "p50 " + seconds(p50),
		Floor: "held accounts are read every " + seconds(heldEvery), Ratio: p95.Seconds(), Unit: "s", Goal: heldEvery.Seconds() + releaseGrace,
	}}, nil
}

// lift pays what a customer owes and returns how long the hold stayed.
func lift(ctx context.Context, erp *demoerp.ERP, customer ar.CustomerID) (time.Duration, error) {
	if err := erp.Pay(ctx, customer, ar.DayOf(time.Now().UTC())); err != nil {
		return 0, err
	}
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		var flag string
		err := erp.DB().QueryRowContext(ctx, `SELECT credit_hold FROM customer WHERE customer_id = ?`, string(customer)).Scan(&flag)
		if err != nil || flag != "Y" {
			return time.Since(began), err
		}
		if time.Since(began) > time.Minute {
			return 0, fmt.Errorf("the hold of %s stayed for a minute after its receipt", customer)
		}
	}
}

// heldHouse lets a demo ERP grow old under a Holdfast, up to yesterday.
func heldHouse(ctx context.Context, s setting) (*demoerp.ERP, *books, error) {
	yesterday := ar.DayOf(time.Now().UTC()) - 1
	path := filepath.Join(s.dir, "erp.db")
	err := demoerp.Create(ctx, path, demoerp.Options{Seed: 1, Customers: 300, Today: yesterday - agingDays})
	if err != nil {
		return nil, nil, err
	}
	erp, err := demoerp.Open(path)
	if err != nil {
		return nil, nil, err
	}
	l := &books{setting: s}
	if l.preset, err = presets.Load("demo", ""); err != nil {
		return nil, nil, err
	}
	if err := l.openWith(ctx, sqlite.Driver{}, path, true); err != nil {
		return nil, nil, err
	}
	l.co.Limits.NewHolds = 1000
	l.cycle.Channels["mail"] = cycle.Lane{Channel: taker{}, InFlight: 4, Local: true}
	if err := l.cycle.Store.PutSetting(ctx, cycle.HoldsEnabled(l.co), "yes", "bench", time.Now()); err != nil {
		return nil, nil, err
	}
	for day := yesterday - agingDays; day <= yesterday; day++ {
		at := func(*cycle.Company) cycle.Moment { return cycle.Moment{Day: day, Rehearsal: true} }
		if _, err := l.cycle.Run(ctx, at); err != nil {
			return nil, nil, err
		}
	}
	delete(l.cycle.Channels, "mail")
	return erp, l, nil
}

// taker is a channel that takes everything.
type taker struct{}

// Send accepts.
func (taker) Send(context.Context, outbox.Message) (outbox.Sent, error) {
	return outbox.Sent{State: outbox.Accepted}, nil
}

// Lookup accepts.
func (taker) Lookup(context.Context, outbox.Key, time.Time) (outbox.Sent, error) {
	return outbox.Sent{State: outbox.Accepted}, nil
}

// Repeatable is true: a copy does no harm.
func (taker) Repeatable() bool { return true }
