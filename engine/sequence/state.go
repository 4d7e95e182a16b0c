package sequence

import (
	"slices"

	"holdfast/engine/ar"
)

// keepRefused is how many days a refused address is left alone.
const keepRefused = 90

// Refuse remembers that a channel refused an address on a day.
func (s *State) Refuse(address string, on ar.Day) {
	s.Refused = slices.DeleteFunc(s.Refused, func(r Refused) bool { return r.Address == address || on-r.On >= keepRefused })
	s.Refused = append(s.Refused, Refused{Address: address, On: on})
}

// refused reports whether an address was refused lately.
func (s *State) refused(address string, today ar.Day) bool {
	return slices.ContainsFunc(s.Refused, func(r Refused) bool { return r.Address == address && today-r.On < keepRefused })
}

// MarkDone puts the steps of occasions behind their subjects, as of day on. An
// occasion whose position is gone, or that is behind it already, is left out:
// marking twice changes nothing.
func (s *State) MarkDone(occasions []Occasion, on ar.Day, how How, until ar.Day) {
	for _, o := range occasions {
		p := s.position(o.Sequence, o.Subject)
		if p == nil || p.Episode != o.Episode || p.did(o.Step, o.Repeat) {
			continue
		}
		p.Done = append(p.Done, Done{Step: o.Step, Repeat: o.Repeat, On: on, How: how, Until: until})
	}
}

// TakeBack undoes the steps of a message that came back, so that they are due
// again, and returns the occasions undone. Where a later step is behind the
// subject already, or the subject runs no more, the step stays behind it as one
// that told nobody: it warned of nothing.
func (s *State) TakeBack(occasions []Occasion) (undone []Occasion) {
	for _, o := range occasions {
		p := s.position(o.Sequence, o.Subject)
		if p == nil || p.Episode != o.Episode {
			continue
		}
		i := slices.IndexFunc(p.Done, func(d Done) bool { return d.Step == o.Step && d.Repeat == o.Repeat && d.How == DoneSent })
		switch {
		case i < 0:
		case p.Ended != "" || slices.ContainsFunc(p.Done[i+1:], func(d Done) bool { return d.How.effect() }):
			p.Done[i].How = DoneBounced
		default:
			p.Done = slices.Delete(p.Done, i, i+1)
			undone = append(undone, o)
		}
	}
	return undone
}

// markTask puts the steps of a task behind their subjects, with what a later
// decision must know of it: its key, and to whom its subjects were given.
func (s *State) markTask(in *Intent, on ar.Day) {
	how := DoneTask
	if in.Away != "" {
		how = DoneAway
	}
	for _, o := range in.Occasions {
		p := s.position(o.Sequence, o.Subject)
		if p == nil || p.Episode != o.Episode || p.did(o.Step, o.Repeat) {
			continue
		}
		done := Done{Step: o.Step, Repeat: o.Repeat, On: on, How: how, Until: in.DueOn, Result: in.Away}
		if in.Key != o.Key() {
			done.Task = in.Key
		}
		p.Done = append(p.Done, done)
	}
}

// position returns the position of a subject in a sequence, nil where it has
// none.
func (s *State) position(sequence string, subject Subject) *Position {
	for i := range s.Positions {
		if p := &s.Positions[i]; p.Subject == subject && p.Sequence == sequence {
			return p
		}
	}
	return nil
}

// did reports whether a repetition of a step is behind the position.
func (p *Position) did(step string, repeat int) bool {
	for _, d := range p.Done {
		if d.Step == step && d.Repeat == repeat {
			return true
		}
	}
	return false
}

// end is how a position ends that has no further step: after its farewell it is
// settled, and may begin anew.
func (p *Position) end() Reason {
	if p.SettledOn != 0 {
		return ReasonSettled
	}
	return ReasonFinished
}

// waits reports whether the position waits for its last task, which nobody has
// done and whose time is not over.
func (p *Position) waits(today ar.Day) bool {
	last := p.last()
	return last != nil && last.How == DoneTask && last.Until > today
}

// last returns what was done last, nil at the start.
func (p *Position) last() *Done {
	if len(p.Done) == 0 {
		return nil
	}
	return &p.Done[len(p.Done)-1]
}
