package sequence

import "holdfast/engine/ar"

// after returns the first step of a sequence that is not behind a position, and
// which repetition of it; nil where all are done. Of a settled subject only the
// farewell steps are left.
func (s *Sequence) after(p *Position) (*Rung, int) {
	for i := range s.Steps {
		r := &s.Steps[i]
		if p.SettledOn != 0 && !r.At.farewell() {
			continue
		}
		times := 1
		if r.Every.N > 0 {
			times = r.Times
		}
		for n := range times {
			if !p.did(r.ID, n) {
				return r, n
			}
		}
	}
	return nil, 0
}

// rung returns a step by its id, nil where the sequence has none.
func (s *Sequence) rung(id string) *Rung {
	for i := range s.Steps {
		if s.Steps[i].ID == id {
			return &s.Steps[i]
		}
	}
	return nil
}

// dueOn returns the day a step is due: its anchor plus its offset, or the day
// the last effect was done plus the span that the file puts between the two,
// whichever is later. So no step is skipped and the spacing survives downtime.
// known is false while its anchor has no day.
func (v *View) dueOn(d *Due) (day ar.Day, known bool) {
	last := d.Position.lastEffect()
	if d.Rung.Every.N > 0 {
		base := d.Position.EnteredOn
		if last != nil {
			base = last.On
		}
		return d.Rung.Every.From(base, v.Book.Policy.Business), true
	}
	planned := v.planned(d)
	if planned == 0 {
		return 0, false
	}
	if last == nil {
		return planned, true
	}
	before := d.Sequence.rung(last.Step)
	if before == nil || !before.At.spaces() || !d.Rung.At.spaces() {
		return max(planned, last.On), true
	}
	return max(planned, last.On+max(0, planned-before.At.day(d, v))), true
}

// planned returns the day of a step by its anchor, zero where that has none.
// Where the span counts working hours since somebody told something, d.From is
// set to the instant.
func (v *View) planned(d *Due) ar.Day {
	p := &v.Book.Policy
	if !d.Rung.At.Span.Hours || d.Told == nil || d.Told.Fact == nil || d.Rung.At.Anchor != AnchorOpened || p.Hours.IsZero() {
		return d.Rung.At.day(d, v)
	}
	d.From = p.Business.AddWorkingHours(d.Told.Fact.At, d.Rung.At.Span.N, p.Hours, p.Zone)
	return ar.DayOf(d.From.In(p.Zone))
}

// lastEffect returns the last step that had an effect, nil where none had:
// lapsed, passed over and adopted ones set no spacing.
func (p *Position) lastEffect() *Done {
	for i := len(p.Done) - 1; i >= 0; i-- {
		if p.Done[i].How.effect() {
			return &p.Done[i]
		}
	}
	return nil
}

// lastTold returns the last step that the customer knows of, nil where there is
// none: a task is nobody's business but ours.
func (p *Position) lastTold() *Done {
	for i := len(p.Done) - 1; i >= 0; i-- {
		if how := p.Done[i].How; how == DoneSent || how == DoneHold {
			return &p.Done[i]
		}
	}
	return nil
}
