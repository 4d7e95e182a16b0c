package lint

import (
	"fmt"

	"holdfast/engine/calendar"
	"holdfast/engine/sequence"
)

// way is how a subject goes on from a step: to the step of an index, the number
// of steps standing for the end.
type way struct {
	to   int
	done bool // the step was done; else it was passed over
}

// ways lists how a subject can go on from a step.
func (l *looker) ways(r *sequence.Rung) []way {
	next := r.Index + 1
	var out []way
	if !l.never[r.Index] {
		out = append(out, way{l.index(r.Next, next), true})
		if r.Otherwise != "" && r.Otherwise != "next" && r.Otherwise != "wait" {
			out = append(out, way{l.index(r.Otherwise, next), true})
		}
	}
	if r.Conditional() && !r.Waits {
		out = append(out, way{l.index(r.Else, next), false})
	}
	if !r.Until.IsZero() {
		out = append(out, way{next, false})
	}
	return out
}

// index finds a step by its id; without one it is the other.
func (l *looker) index(id string, other int) int {
	for i := range l.s.Steps {
		if id != "" && l.s.Steps[i].ID == id {
			return i
		}
	}
	return other
}

// reachable says which steps a subject can come to from a step on. Steps that
// come once it is settled are come to from anywhere. Without the step `without`
// being done, where that is not -1.
func (l *looker) reachable(from, without int) []bool {
	seen := make([]bool, len(l.s.Steps)+1)
	queue := []int{from}
	for i := range l.s.Steps {
		if l.s.Steps[i].At.Farewell() {
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		if seen[i] {
			continue
		}
		seen[i] = true
		if i == len(l.s.Steps) {
			continue
		}
		for _, w := range l.ways(&l.s.Steps[i]) {
			if !w.done || i != without {
				queue = append(queue, w.to)
			}
		}
	}
	return seen
}

// steps finds steps that never come.
func (l *looker) steps() {
	come := l.reachable(0, -1)
	for i := range l.s.Steps {
		r := &l.s.Steps[i]
		if !come[i] {
			l.refuse(l.at(r, "id", fmt.Sprintf("step %s is never reached: %s", r.ID, l.skipped(i, come)), "remove it, or name it where the way on is chosen"))
			continue
		}
		l.until(r)
		l.afterSettled(i)
		l.order(r)
		if r.Every.N > 0 && i > 0 && (l.never[i-1] || !come[i-1]) {
			l.warn(l.at(r, "every", fmt.Sprintf("the cadence follows %s, which is never done", l.s.Steps[i-1].ID), "let it follow a step that is done"))
		}
	}
}

// skipped says which way leads past a step.
func (l *looker) skipped(i int, come []bool) string {
	for j := i - 1; j >= 0; j-- {
		if !come[j] {
			continue
		}
		ways := l.ways(&l.s.Steps[j])
		if len(ways) > 0 && ways[0].to < len(l.s.Steps) {
			return fmt.Sprintf("%s always goes on to %s", l.s.Steps[j].ID, l.s.Steps[ways[0].to].ID)
		}
		return fmt.Sprintf("%s is never done", l.s.Steps[j].ID)
	}
	return "nothing leads to it"
}

// until finds a step that lapses before it is due.
func (l *looker) until(r *sequence.Rung) {
	if r.Until.IsZero() || r.Until.Anchor != r.At.Anchor || r.Until.Nth != r.At.Nth {
		return
	}
	earliest, _ := days(r.At.Span)
	if _, latest := days(r.Until.Span); latest < earliest {
		l.refuse(l.at(r, "until", fmt.Sprintf("the step lapses after %s, before it is due at %s", r.Until, r.At), "let it lapse later, or remove until"))
	}
}

// days bounds a span in calendar days: weekends and some holidays may lie in
// business days.
func days(s calendar.Span) (least, most int) {
	n := s.N
	if s.Hours {
		n = n / 8
	}
	switch {
	case !s.Business:
		return n, n
	case n < 0:
		return 2*n - 10, n
	}
	return n, 2*n + 10
}

// afterSettled finds steps behind one that comes when all is over.
func (l *looker) afterSettled(i int) {
	r := &l.s.Steps[i]
	if i > 0 && !r.At.Farewell() && l.s.Steps[i-1].At.Anchor == sequence.AnchorSettled {
		l.refuse(l.at(r, "at", fmt.Sprintf("step %s comes after %s, which waits until nothing is owed: it is never due", r.ID, l.s.Steps[i-1].ID), "put the steps that come when all is settled last"))
	}
}

// order finds a step that is due before one that comes before it.
func (l *looker) order(r *sequence.Rung) {
	for i := r.Index - 1; i >= 0; i-- {
		before := &l.s.Steps[i]
		if before.At.Anchor != r.At.Anchor || before.At.Nth != r.At.Nth || r.At.IsZero() || r.At.Anchor == sequence.AnchorPrevious {
			continue
		}
		earlier, _ := days(before.At.Span)
		if _, latest := days(r.At.Span); latest < earlier && l.reachable(i, -1)[r.Index] {
			l.warn(l.at(r, "at", fmt.Sprintf("step %s at %s stands after %s at %s: it is late whenever it comes", r.ID, r.At, before.ID, before.At), "put the steps in the order of their days"))
		}
		return
	}
}
