package adapters

import (
	"context"
	"slices"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
)

// entityOrder is the order in which a pull reads: accounts before what hangs on
// them.
var entityOrder = []string{"customers", "contacts", "documents", "applications", "orders", "freshness"}

// pulled is every entity that a mark is kept of.
var pulled = append(slices.Clone(entityOrder), "gone")

// read runs the query of one entity, where the preset has it, and passes its
// rows on.
func (p *pull) read(ctx context.Context, r read) error {
	q := p.erp.cfg.Preset.Queries[r.entity]
	if q == nil {
		return nil
	}
	company, err := p.base(ctx)
	if err != nil {
		return err
	}
	p.mapping = newMapping(p.erp.cfg.Source, company)
	p.mapping.entity, p.mapping.witness = r.entity, r.entity == "documents" || r.entity == "customers"
	if r.unique && (r.entity == "customers" || r.entity == "documents") {
		p.mapping.seen = map[uint64]struct{}{}
	}
	if err := p.stream(ctx, q, r.binds, p.receiver(q)); err != nil {
		return err
	}
	if p.mapping.newest.After(p.newest[r.entity]) {
		p.newest[r.entity] = p.mapping.newest
	}
	p.rows = p.rows.with(p.mapping.rows)
	return nil
}

// receiver maps the rows of an entity.
func (p *pull) receiver(q *presets.Query) Receiver {
	switch q.Name {
	case "customers":
		t := passing(p, q, customerFields, func(c *ar.Customer) ar.Record { return c })
		t.extra = func(c *ar.Customer) *ar.Extra { return &c.Extra }
		return t
	case "contacts":
		return passing(p, q, contactFields, func(c *ar.Contact) ar.Record { return c })
	case "documents":
		t := passing(p, q, documentFields, func(d *ar.Document) ar.Record { return d })
		t.extra = func(d *ar.Document) *ar.Extra { return &d.Extra }
		return t
	case "applications":
		return passing(p, q, applicationFields, func(a *applied) ar.Record { return &a.Application })
	case "orders":
		return passing(p, q, orderFields, func(o *ar.Order) ar.Record { return o })
	}
	t := passing(p, q, freshnessFields, func(f *ar.Freshness) ar.Record { return f })
	t.flaw = nil
	return t
}

// passing is a table whose records and flaws are passed on.
func passing[T any](p *pull, q *presets.Query, fields []field[T], as func(*T) ar.Record) *table[T] {
	return &table[T]{
		query: q, codes: p.erp.cfg.Preset.Codes, fields: fields, m: p.mapping,
		take: func(rec *T) error { return p.pass(as(rec)) },
		flaw: func(f *ar.Flaw) error { return p.pass(f) },
	}
}
