package store

import (
	"context"
	"iter"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

func (s *Store) Commit(ctx context.Context, moves []engine.Move) (conflicts []ar.PartyID, err error) {
	panic("skeleton")
}
func (s *Store) Reserve(ctx context.Context, channel string, now time.Time, n int) ([]outbox.Delivery, error) {
	panic("skeleton")
}
func (s *Store) Hand(ctx context.Context, ids []int64, outcomes []outbox.Outcome, at time.Time) error {
	panic("skeleton")
}
func (s *Store) Recover(ctx context.Context, at time.Time) (handed []outbox.Delivery, err error) {
	panic("skeleton")
}
func (s *Store) Resolve(ctx context.Context, id int64, to outbox.State, by string, at time.Time, day ar.Day) error {
	panic("skeleton")
}
func (s *Store) Supersede(ctx context.Context, ids []int64, reason sequence.Reason, detail string, at time.Time) error {
	panic("skeleton")
}
func (s *Store) Deliveries(ctx context.Context, f DeliveryFilter) ([]outbox.Delivery, error) {
	panic("skeleton")
}
func (s *Store) Delivery(ctx context.Context, id int64) (outbox.Delivery, error) { panic("skeleton") }
func (s *Store) Holds(ctx context.Context, f HoldFilter) ([]ar.HoldEntry, error) { panic("skeleton") }
func (s *Store) PutHold(ctx context.Context, w HoldWrite) (int64, error)         { panic("skeleton") }
func (s *Store) Tasks(ctx context.Context, f TaskFilter) ([]Task, error)         { panic("skeleton") }
func (s *Store) CloseTask(ctx context.Context, id int64, outcome, by string, at time.Time) error {
	panic("skeleton")
}
func (s *Store) Stop(ctx context.Context, reason, by string, at time.Time) error { panic("skeleton") }
func (s *Store) Resume(ctx context.Context, by string, at time.Time) error       { panic("skeleton") }
func (s *Store) Stopped(ctx context.Context) (reason string, since time.Time, stopped bool, err error) {
	panic("skeleton")
}
func (s *Store) Identity(ctx context.Context, source ar.Source) (string, error) { panic("skeleton") }
func (s *Store) SetIdentity(ctx context.Context, source ar.Source, id, by string, at time.Time) error {
	panic("skeleton")
}

// SetCash keeps a person's word on how far receipts are posted.
func (s *Store) SetCash(ctx context.Context, cash ar.Freshness, by string, at time.Time) error {
	panic("skeleton")
}
func (s *Store) Cash(ctx context.Context, source ar.Source, company ar.CompanyID) ([]ar.Freshness, error) {
	panic("skeleton")
}

// Setting returns "" where key was never put.
func (s *Store) Setting(ctx context.Context, key string) (string, error) { panic("skeleton") }
func (s *Store) PutSetting(ctx context.Context, key, value, by string, at time.Time) error {
	panic("skeleton")
}
func (s *Store) Adopt(ctx context.Context, mode outbox.Mode, adoptions []Adoption, by string, at time.Time) error {
	panic("skeleton")
}
func (s *Store) RecordRun(ctx context.Context, r Run) error { panic("skeleton") }
func (s *Store) Runs(ctx context.Context, source ar.Source, company ar.CompanyID, n int) ([]Run, error) {
	panic("skeleton")
}
func (s *Store) Customers(ctx context.Context, source ar.Source, company ar.CompanyID) iter.Seq2[ar.Customer, error] {
	panic("skeleton")
}

// FindCustomer finds by id, number or name; company may be empty.
func (s *Store) FindCustomer(ctx context.Context, text string, company ar.CompanyID) ([]ar.Customer, error) {
	panic("skeleton")
}
func (s *Store) Ledger(ctx context.Context, source ar.Source, company ar.CompanyID, since ar.Day) iter.Seq2[AccountLedger, error] {
	panic("skeleton")
}
func (s *Store) Cases(ctx context.Context, sel engine.Selection) iter.Seq2[sequence.Case, error] {
	panic("skeleton")
}
