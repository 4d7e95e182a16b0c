package lint

import (
	"fmt"
	"slices"

	"holdfast/engine/sequence"
)

// overlaps finds pairs of sequences that could hold one subject at once and
// would both speak to its customer about it.
func (c *checker) overlaps() {
	for i, a := range c.Sequences {
		for _, b := range c.Sequences[:i] {
			if fights(a, b) {
				c.overlap(b, a)
			}
		}
	}
}

// overlap looks for a subject that both take.
func (c *checker) overlap(a, b *sequence.Sequence) {
	asksA, _ := a.Asked()
	asksB, _ := b.Asked()
	s := newSpace(asksA, asksB)
	s.each(func(f *sequence.Facts, at []int) bool {
		if !takes(a, f) || !takes(b, f) {
			return true
		}
		c.refuse(b.Problem("enter", fmt.Sprintf("%s and %s could hold one %s at once: both take one with %s%s", a.Name, b.Name, b.Subject, s.text(at), s.tried()),
			fmt.Sprintf("add to the enter or the segment of one what keeps them apart; %s is in %s", a.Name, a.File)))
		return false
	})
}

func takes(s *sequence.Sequence, f *sequence.Facts) bool {
	ok, err := s.Takes(f)
	return err == nil && ok
}

// fights reports whether two sequences must not hold one subject at once. An
// account is looked after by several, so there only two that chase it fight;
// rank and gap keep the others apart. Events are subjects of their own.
func fights(a, b *sequence.Sequence) bool {
	if a.Subject != b.Subject || a.Event != b.Event {
		return false
	}
	loud := []sequence.Purpose{sequence.Courtesy, sequence.Dunning, sequence.Legal}
	if a.Subject == sequence.SubjectAccount {
		loud = loud[1:]
	}
	return speaks(a, loud) && speaks(b, loud)
}

// speaks reports whether a sequence reaches the customer with one of the
// purposes.
func speaks(s *sequence.Sequence, purposes []sequence.Purpose) bool {
	return slices.ContainsFunc(s.Steps, func(r sequence.Rung) bool {
		return slices.Contains([]string{"message", "letter", "call", "hold"}, r.Do) && slices.Contains(purposes, s.Speaks(&r))
	})
}
