package year

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/walk"
)

// erp is a history that an adapter reads as an ERP on its day. It works what is
// open out anew each time, by no code of the walk's.
type erp struct {
	history   walk.History
	day       ar.Day
	customers map[ar.AccountID]int
	contacts  map[ar.AccountID][]int
	documents map[ar.DocumentID]int
	owned     map[ar.AccountID][]int
	moves     map[ar.DocumentID][]int // applications on either side
	contested map[ar.DocumentID][]int
	changed   map[ar.Day][]ar.DocumentID
	applied   map[ar.Day][]int

	mu    sync.Mutex
	holds map[ar.AccountID]ar.HoldState
}

var _ engine.Adapter = (*erp)(nil)

func newERP(h walk.History) *erp {
	e := &erp{
		history: h, customers: map[ar.AccountID]int{}, contacts: map[ar.AccountID][]int{}, documents: map[ar.DocumentID]int{},
		owned: map[ar.AccountID][]int{}, moves: map[ar.DocumentID][]int{}, contested: map[ar.DocumentID][]int{},
		changed: map[ar.Day][]ar.DocumentID{}, applied: map[ar.Day][]int{}, holds: map[ar.AccountID]ar.HoldState{},
	}
	for i, c := range h.Customers {
		e.customers[c.Account] = i
	}
	for i, c := range h.Contacts {
		e.contacts[c.Account] = append(e.contacts[c.Account], i)
	}
	for i, d := range h.Documents {
		e.documents[d.ID] = i
		e.owned[d.Account] = append(e.owned[d.Account], i)
		e.changed[d.PostedOn] = append(e.changed[d.PostedOn], d.ID)
	}
	for i, a := range h.Applications {
		e.applied[a.PostedOn] = append(e.applied[a.PostedOn], i)
		for _, id := range []ar.DocumentID{a.Receipt, a.Document} {
			e.moves[id] = append(e.moves[id], i)
			e.changed[a.PostedOn] = append(e.changed[a.PostedOn], id)
		}
	}
	for i, c := range h.Contested {
		e.contested[c.Document] = append(e.contested[c.Document], i)
		e.changed[c.From], e.changed[c.To] = append(e.changed[c.From], c.Document), append(e.changed[c.To], c.Document)
	}
	return e
}

// now is the middle of the ERP's day.
func (e *erp) now() time.Time { return e.day.Time(time.UTC).Add(12 * time.Hour) }

// Now is the time of the whole trial.
func (e *erp) Now() time.Time { return e.now() }

// asOf returns a document as it stands on the ERP's day; ok is false where it
// is not posted yet.
func (e *erp) asOf(id ar.DocumentID) (doc ar.Document, ok bool) {
	doc = e.history.Documents[e.documents[id]]
	doc.Open = doc.Amount
	for _, i := range e.moves[id] {
		switch a := &e.history.Applications[i]; {
		case a.PostedOn > e.day:
		case a.Document == id:
			doc.Open -= a.Amount
		default:
			doc.Open += a.Amount
		}
	}
	for _, i := range e.contested[id] {
		if c := &e.history.Contested[i]; c.From <= e.day && e.day < c.To && doc.Open != 0 {
			doc.Disputed, doc.DisputedAmount, doc.DisputeReason = true, c.Amount, c.Reason
		}
	}
	base := doc.Open
	doc.BaseOpen = &base
	if doc.Open == 0 {
		doc.ClosedOn = e.day
	}
	return doc, doc.PostedOn <= e.day
}

// Company names the one company of the history.
func (e *erp) Company() (ar.Source, ar.CompanyID) { return source, companyID }

// Probe finds nothing.
func (e *erp) Probe(context.Context) (ar.Findings, error) { return ar.Findings{CanHold: true}, nil }

// Identify is the same on every day.
func (e *erp) Identify(context.Context) (string, time.Time, error) { return "history", e.now(), nil }

// Regressed knows no older copy.
func (e *erp) Regressed(_ context.Context, _, _ ar.Mark) error { return nil }

// Pull passes what happened after the day that mark names.
func (e *erp) Pull(_ context.Context, mark ar.Mark, emit func(ar.Record) error) (ar.Mark, error) {
	since, err := ar.ParseDay(string(mark))
	if err != nil {
		return "", err
	}
	company := e.history.Company
	if err := emit(&company); err != nil {
		return "", err
	}
	for _, c := range e.history.Customers {
		if seen := e.history.SeenOn[c.Account]; seen <= e.day && (since == 0 || seen > since) {
			if err := e.passCustomer(c.Account, emit); err != nil {
				return "", err
			}
		}
	}
	for _, id := range e.changedSince(since) {
		if doc, ok := e.asOf(id); ok && (since != 0 || doc.Open != 0) {
			if err := emit(&doc); err != nil {
				return "", err
			}
		}
	}
	return ar.Mark(e.day.String()), e.passApplications(since, emit)
}

// changedSince lists the documents that changed after a day, each once, in the
// order of their ids.
func (e *erp) changedSince(since ar.Day) []ar.DocumentID {
	var ids []ar.DocumentID
	for day, changed := range e.changed {
		if day > since && day <= e.day {
			ids = append(ids, changed...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (e *erp) passApplications(since ar.Day, emit func(ar.Record) error) error {
	for day := e.day; day > since; day-- {
		for _, i := range e.applied[day] {
			a := e.history.Applications[i]
			if err := emit(&a); err != nil {
				return err
			}
		}
		if since == 0 && e.day-day > 400 {
			return nil // the history is not older
		}
	}
	return nil
}

// passCustomer passes a customer with its contacts.
func (e *erp) passCustomer(id ar.AccountID, emit func(ar.Record) error) error {
	c := e.history.Customers[e.customers[id]]
	if err := emit(&c); err != nil {
		return err
	}
	for _, i := range e.contacts[id] {
		contact := e.history.Contacts[i]
		if err := emit(&contact); err != nil {
			return err
		}
	}
	return nil
}

// Fresh passes accounts as they stand.
func (e *erp) Fresh(_ context.Context, ids []ar.AccountID, emit func(ar.Record) error) error {
	for _, id := range ids {
		if err := e.passCustomer(id, emit); err != nil {
			return err
		}
		for _, i := range e.owned[id] {
			if doc, ok := e.asOf(e.history.Documents[i].ID); ok && doc.Open != 0 {
				if err := emit(&doc); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Confirm passes documents as they stand.
func (e *erp) Confirm(_ context.Context, ids []ar.DocumentID, emit func(ar.Record) error) error {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, cmp.Compare)
	for _, id := range ids {
		if doc, ok := e.asOf(id); ok {
			if err := emit(&doc); err != nil {
				return err
			}
		}
	}
	return nil
}

// onHold is what a hold of ours looks like, free what stands there otherwise.
var onHold, free = ar.HoldState{Held: ar.Valued, Value: "Y"}, ar.HoldState{Held: ar.Valued, Value: "N"}

// Hold reads a hold.
func (e *erp) Hold(_ context.Context, id ar.AccountID) (ar.HoldState, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if s, ok := e.holds[id]; ok {
		return s, nil
	}
	return free, nil
}

// SetHold writes a hold if it still is as seen.
func (e *erp) SetHold(ctx context.Context, id ar.AccountID, want ar.Hold, seen ar.HoldState) (ar.HoldState, error) {
	is, err := e.Hold(ctx, id)
	if err != nil || !is.Same(seen) {
		return is, fault.New(fault.Conflict, "the hold of %s is %s, not %s", id.Customer, is, seen)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.holds[id] = onHold
	if !want.Placed {
		e.holds[id] = want.Restore
	}
	return e.holds[id], nil
}

// Capability is that of an ERP in which a hold stops shipments.
func (e *erp) Capability() engine.HoldCapability {
	return engine.HoldCapability{Level: ar.HoldStopsShipments, Stops: "shipments", Writable: true, Value: onHold}
}
