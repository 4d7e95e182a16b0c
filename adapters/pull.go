package adapters

import (
	"context"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// maxFresh is how many accounts one fresh read may name.
const maxFresh = 100

// firstDay lies before every document, and is the first day that all databases
// know: SQL Server's datetime begins with it.
const firstDay = "1753-01-01"

// maxConfirm is how many documents one statement of a confirming read names.
const maxConfirm = 500

// pull is one read being passed on.
type pull struct {
	*session
	emit    func(ar.Record) error
	passed  bool
	mapping *mapping             // for the query at hand
	newest  map[string]time.Time // by entity
	rows    newestRows
}

// read is one query of a pull.
type read struct {
	entity string
	binds  map[string]any
	unique bool // two rows of one id fail it
}

// Pull passes every record changed since mark to emit: company, customers,
// contacts, documents, applications, orders and freshness, all of one picture
// where the database can give one.
func (e *ERP) Pull(ctx context.Context, text ar.Mark, emit func(ar.Record) error) (ar.Mark, error) {
	old, err := parseMark(text)
	if err != nil {
		return "", err
	}
	var next mark
	p := &pull{emit: emit, newest: map[string]time.Time{}}
	err = e.reading(ctx, "pull", p.untouched, func(s *session) error {
		p.session = s
		next, err = p.all(ctx, old)
		return err
	})
	if err != nil {
		return "", err
	}
	return next.String(), nil
}

// untouched reports whether nothing was passed on yet, so that the read may
// begin again.
func (p *pull) untouched() bool { return !p.passed }

// all reads every entity of the company.
func (p *pull) all(ctx context.Context, old mark) (mark, error) {
	clock, err := p.erp.cfg.Driver.Clock(ctx, p.conn)
	if err != nil {
		return mark{}, err
	}
	numbers, err := p.committed(ctx, old)
	if err != nil {
		return mark{}, err
	}
	company, err := p.base(ctx)
	if err != nil {
		return mark{}, err
	}
	if err := p.pass(company); err != nil {
		return mark{}, err
	}
	if err := p.gone(ctx, old); err != nil {
		return mark{}, err
	}
	closed := ar.DayOf(clock) - ar.Day(p.erp.cfg.HistoryDays)
	for _, entity := range entityOrder {
		binds := map[string]any{"closed_since": closed.String()}
		old.bind(entity, p.erp.cfg.Preset.MarkOf(entity), binds)
		if err := p.read(ctx, read{entity: entity, binds: binds, unique: true}); err != nil {
			return mark{}, err
		}
	}
	return p.advance(ctx, old, numbers, clock)
}

// pass hands one record on.
func (p *pull) pass(rec ar.Record) error {
	p.passed = true
	return p.emit(rec)
}

// Fresh passes customers, contacts, open documents and applications of the
// named accounts. Fresh reads are spaced out, and none is made in quiet hours.
func (e *ERP) Fresh(ctx context.Context, ids []ar.AccountID, emit func(ar.Record) error) error {
	if len(ids) > maxFresh {
		return fault.New(fault.Invalid, "a fresh read of %d accounts was asked for; at most %d at a time", len(ids), maxFresh)
	}
	if len(ids) == 0 {
		return nil
	}
	keys := make([]string, len(ids))
	for i, id := range ids {
		if err := e.owns(id); err != nil {
			return err
		}
		keys[i] = string(id.Customer)
	}
	if e.cfg.Quiet != nil && e.cfg.Quiet(e.cfg.Now()) {
		return fault.New(fault.Transient, "these are quiet hours of the ERP: nothing is read afresh")
	}
	if err := e.fresh.wait(ctx); err != nil {
		return err
	}
	p := &pull{emit: emit, newest: map[string]time.Time{}}
	return e.reading(ctx, "fresh read", p.untouched, func(s *session) error {
		p.session = s
		for _, entity := range []string{"customers", "contacts", "documents", "applications"} {
			q := e.cfg.Preset.Queries[entity]
			if q == nil || entity == "applications" && !q.Has("customers") {
				continue
			}
			if !q.Has("customers") {
				return fault.New(fault.Unsupported, "%s has no line that ends in --? customers", q.File).
					WithCure("add one, such as: AND customer_id IN (:customers) --? customers")
			}
			if err := p.read(ctx, read{entity: entity, binds: map[string]any{"customers": keys}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Confirm passes the named documents as they stand now, open or closed.
func (e *ERP) Confirm(ctx context.Context, ids []ar.DocumentID, emit func(ar.Record) error) error {
	q := e.cfg.Preset.Queries["documents"]
	if !q.Has("ids") {
		return fault.New(fault.Unsupported, "%s has no line that ends in --? ids", q.File).
			WithCure("add one, such as: AND id IN (:ids) --? ids")
	}
	p := &pull{emit: emit, newest: map[string]time.Time{}}
	return e.reading(ctx, "confirming read", p.untouched, func(s *session) error {
		p.session = s
		for start := 0; start < len(ids); start += maxConfirm {
			var keys []string
			for _, id := range ids[start:min(start+maxConfirm, len(ids))] {
				keys = append(keys, string(id))
			}
			binds := map[string]any{"ids": keys, "closed_since": firstDay}
			if err := p.read(ctx, read{entity: "documents", binds: binds}); err != nil {
				return err
			}
		}
		return nil
	})
}

// owns refuses an account of another company or source.
func (e *ERP) owns(id ar.AccountID) error {
	if id.Source != e.cfg.Source || id.Company != e.cfg.Company {
		return fault.New(fault.Invalid, "the account %s is not of %s/%s", id, e.cfg.Source, e.cfg.Company)
	}
	return nil
}
