package adapters

import (
	"context"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// gone passes on which rows the ERP no longer has, where it says so itself. A
// read of everything finds that without being told.
func (p *pull) gone(ctx context.Context, old mark) error {
	q := p.erp.cfg.Preset.Queries["gone"]
	if q == nil || len(old.Newest) == 0 && len(old.Numbers) == 0 {
		return nil
	}
	binds := map[string]any{}
	old.bind("gone", p.erp.cfg.Preset.MarkOf("gone"), binds)
	rows := &table[ar.Gone]{
		query: q, codes: p.erp.cfg.Preset.Codes, fields: goneFields, m: newMapping(p.erp.cfg.Source, p.company),
		take: func(g *ar.Gone) error { return p.pass(g) },
	}
	return p.stream(ctx, q, binds, rows)
}

var goneFields = []field[ar.Gone]{
	rowID(func(g *ar.Gone) *string { return &g.ID }),
	{"entity", func(m *mapping, g *ar.Gone, cell []byte) error {
		g.Source, g.Company, g.Entity = m.source, m.company, string(trimmed(cell))
		if !slices.Contains(ar.GoneEntities, g.Entity) {
			return fault.New(fault.Invalid, "%q is not one of %v", cell, ar.GoneEntities)
		}
		return nil
	}},
}
