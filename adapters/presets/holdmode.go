package presets

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"holdfast/engine/fault"
)

// guarded is what a hold looks like in the guard's own table, and what it does.
const (
	guardedValue = "Y"
	guardedStops = "shipments: the guard's trigger refuses them inside the ERP while the customer stands in holdfast_hold"
)

// InMode returns the preset with its holds written in a mode: its own statements
// for ModeSQL, else those that are the same for every ERP on its engine, with
// the preset's files of the same names before them. An empty mode is the
// preset's own.
func (p *Preset) InMode(mode string) (*Preset, error) {
	q := *p
	if mode == "" {
		mode = p.Hold.Mode
	}
	q.Hold.Mode = mode
	var err error
	switch mode {
	case ModeNone:
	case ModeSQL:
		if !p.WritesSQL() {
			err = fault.New(fault.Unsupported, "the preset %s has no statement that writes a hold", p.Name).
				WithCure("set hold_mode to guard, where the guard of installer/guard is installed in the ERP, or leave it out")
		}
	case ModeGuard:
		q.Hold.Level, q.Hold.Stops, q.Hold.Value, q.Hold.Compare = 3, guardedStops, guardedValue, "value"
		q.Hold.Table, q.Hold.Column, q.Hold.Undone, q.Hold.Orders = "holdfast_hold", "held", "", ""
		q.Queries, err = p.with(mode, true)
	case ModeProcedure, ModeStaging:
		if p.Queries["hold_get"] == nil || p.Hold.Value == "" {
			return nil, fault.New(fault.Unsupported, "the preset %s cannot read a hold, so nobody could see what %s has done", p.Name, mode).
				WithCure("set hold_mode to guard or none")
		}
		q.Queries, err = p.with(mode, false)
	default:
		err = fault.New(fault.Invalid, "hold_mode is %q", mode).WithCure("write one of %s", strings.Join(Modes, ", "))
	}
	return &q, err
}

// with returns the preset's queries and those of a mode; over says that the
// mode's go before the preset's own.
func (p *Preset) with(mode string, over bool) (map[string]*Query, error) {
	dir := path.Join("modes", p.Engine, mode)
	files, err := fs.Glob(embedded, dir+"/*.sql")
	if err != nil || len(files) == 0 {
		return nil, fault.New(fault.Unsupported, "holds on %s cannot be written by %s", p.Engine, mode).WithCure("choose another hold_mode")
	}
	all := maps.Clone(p.Queries)
	if over { // what the preset does with its own column is of no use here
		maps.DeleteFunc(all, func(_ string, q *Query) bool { return q.Holds() })
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".sql")
		if _, own := all[name]; own {
			continue
		}
		text, err := fs.ReadFile(embedded, file)
		if err != nil {
			return nil, err
		}
		if all[name], err = parse(name, "presets/"+file, string(text)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ModesOn lists how holds can be written with this preset.
func (p *Preset) ModesOn() []string {
	return slices.DeleteFunc(slices.Clone(Modes), func(mode string) bool {
		_, err := p.InMode(mode)
		return err != nil
	})
}
