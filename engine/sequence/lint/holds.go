package lint

import (
	"fmt"
	"slices"

	"holdfast/engine/sequence"
)

// holds finds holds that no warning comes before, and what waits for a hold that
// nobody places.
func (l *looker) holds() {
	for i := range l.s.Steps {
		r := &l.s.Steps[i]
		switch {
		case r.Do == "hold":
			l.warned(r)
		case r.At.Anchor == sequence.AnchorReleased && !holds(l.s):
			l.unheld(r, "at", "waits for the release of a hold")
		case r.Do == "release" && !holds(l.s):
			l.unheld(r, "do", "lifts a hold")
		}
	}
}

// warned looks at the warning that goes before a hold.
func (l *looker) warned(r *sequence.Rung) {
	i := l.index(r.WarnedBy, -1)
	if i < 0 {
		return // the parser has said so
	}
	warning := &l.s.Steps[i]
	switch {
	case !slices.Contains([]string{"message", "letter", "statement"}, warning.Do):
		l.refuse(l.at(r, "warned_by", fmt.Sprintf("%s is a %s and tells the customer nothing: the hold would wait for ever", warning.ID, warning.Do), "name a message or a letter"))
	case l.reachable(0, i)[r.Index]:
		problem := l.at(r, "warned_by", fmt.Sprintf("a subject can come to %s without %s: the hold then waits for ever, and the steps after it", r.ID, warning.ID),
			`let the warning wait (else = "wait"), or lead past the hold too`)
		if l.jumpedOver(i, r.Index) {
			l.refuse(problem)
		} else {
			l.warn(problem)
		}
	}
}

// jumpedOver reports whether some step's way leads over a step, to one that
// comes no later than last.
func (l *looker) jumpedOver(step, last int) bool {
	for i := range step {
		for _, w := range l.ways(&l.s.Steps[i]) {
			if w.to > step && w.to <= last {
				return true
			}
		}
	}
	return false
}

// unheld is a step that wants a hold in a sequence that places none. One that
// another sequence places may be meant.
func (l *looker) unheld(r *sequence.Rung, key, does string) {
	if slices.ContainsFunc(l.Sequences, holds) {
		l.warn(l.at(r, key, fmt.Sprintf("step %s %s, and this sequence places none: it takes those of others", r.ID, does), "put it into the sequence that holds, unless this is meant"))
		return
	}
	l.refuse(l.at(r, key, fmt.Sprintf("step %s %s, and no sequence places one", r.ID, does), `add a step do = "hold" before it, or remove this one`))
}

func holds(s *sequence.Sequence) bool {
	return slices.ContainsFunc(s.Steps, func(r sequence.Rung) bool { return r.Do == "hold" })
}
