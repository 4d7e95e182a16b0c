package adapters

import (
	"context"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Measured is what one query of a full read brought.
type Measured struct {
	File    string
	Rows    int
	Flaws   int
	First   *ar.Flaw // of the flaws; nil where there is none
	Took    time.Duration
	Samples []ar.Record // masked
	Plan    string      // of the slowest query only, where the database tells it
}

// samplesOf is how many records of each query are shown.
const samplesOf = 2

// Measure runs every query as a full read would, keeps nothing of it but a few
// masked samples, and says how long each took.
func (e *ERP) Measure(ctx context.Context) ([]Measured, error) {
	var list []Measured
	err := e.reading(ctx, "measure", nil, func(s *session) (err error) {
		list, err = s.measure(ctx)
		return err
	})
	return list, err
}

func (s *session) measure(ctx context.Context) ([]Measured, error) {
	clock, err := s.erp.cfg.Driver.Clock(ctx, s.conn)
	if err != nil {
		return nil, err
	}
	if _, err := s.base(ctx); err != nil {
		return nil, err
	}
	closed := ar.DayOf(clock) - ar.Day(s.erp.cfg.HistoryDays)
	binds := map[string]any{"closed_since": closed.String()}
	var list []Measured
	slowest := -1
	for _, entity := range entityOrder {
		q := s.erp.cfg.Preset.Queries[entity]
		if q == nil {
			continue
		}
		m := Measured{File: q.File}
		p := &pull{session: s, emit: m.take, newest: map[string]time.Time{}}
		began := time.Now()
		if err := p.read(ctx, read{entity: entity, binds: binds, unique: true}); err != nil {
			return nil, err
		}
		m.Took = time.Since(began)
		list = append(list, m)
		if slowest < 0 || m.Took > list[slowest].Took {
			slowest = len(list) - 1
		}
	}
	if slowest < 0 {
		return nil, fault.New(fault.Invalid, "the preset %s has no query to measure", s.erp.cfg.Preset.Name)
	}
	list[slowest].Plan = s.planOf(ctx, list[slowest].File, binds)
	return list, nil
}

// take counts one record and keeps the first few.
func (m *Measured) take(rec ar.Record) error {
	if flaw, ok := rec.(*ar.Flaw); ok {
		if m.Flaws++; m.First == nil {
			m.First = flaw
		}
		return nil
	}
	if m.Rows++; len(m.Samples) < samplesOf {
		m.Samples = append(m.Samples, Masked(rec))
	}
	return nil
}

// planOf is how the database runs the query of a file; where it does not tell,
// why not.
func (s *session) planOf(ctx context.Context, file string, binds map[string]any) string {
	planner, ok := s.erp.cfg.Driver.(Planner)
	if !ok {
		return ""
	}
	for _, q := range s.erp.cfg.Preset.Queries {
		if q.File != file {
			continue
		}
		text, args, err := q.Render(s.erp.given(binds))
		if err != nil {
			return err.Error()
		}
		plan, err := planner.Plan(ctx, s.conn, text, args)
		if err != nil {
			return "not known: " + s.erp.sorted(ctx, err).Error()
		}
		return plan.Text
	}
	return ""
}
