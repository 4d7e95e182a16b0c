package sequence

import (
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/tomlfile"
)

// Migrated is one subject that was moved to the current version of its
// sequence, and what that changes for it.
type Migrated struct {
	Subject Subject
	From    string   // hash of the version that it was pinned to
	To      string   // of the current one
	Kept    []string // steps done that the current version has too
	Gone    []string // steps done that it has not: they stay in the record
	Dropped []string // steps that were still ahead and that it has not; none where the former version is not on file
	Passed  []string // its steps that count as passed, since they lie before the last one done
	Before  Verdict  // what came next
	After   Verdict  // what comes next now
}

// Migrate moves the running subjects of a party from earlier versions of a
// sequence to the current one, and says what that changes. Steps that were done
// are known by their ids, and none is done again: a step of the current version
// that lies before the last of them counts as passed. A subject keeps the day on
// which it entered and its episode. One whose kind the current version does not
// take stays where it is. c is left as it is.
func (b *Book) Migrate(c Case, sequence string) (Case, []Migrated) {
	s := b.Sequence(sequence)
	if s == nil || !slices.ContainsFunc(c.State.Positions, func(p Position) bool { return s.adopts(&p) }) {
		return c, nil
	}
	before := b.Decide(c)
	c.State = c.State.clone()
	var moved []Migrated
	for i := range c.State.Positions {
		if p := &c.State.Positions[i]; s.adopts(p) {
			moved = append(moved, p.migrate(b.versions[p.Hash], s, c.Today))
		}
	}
	after := b.Decide(c)
	for i := range moved {
		m := &moved[i]
		m.Before, m.After = before.on(m.Subject, s.Name), after.on(m.Subject, s.Name)
	}
	return c, moved
}

// adopts reports whether a position runs under another version of the sequence
// and can be moved to this one.
func (s *Sequence) adopts(p *Position) bool {
	return p.Sequence == s.Name && p.Hash != s.Hash && p.Ended == "" && p.Subject.Kind == s.Subject
}

// migrate moves one position from a version to another; from is nil where it is
// not on file.
func (p *Position) migrate(from, to *Sequence, today ar.Day) Migrated {
	m := Migrated{Subject: p.Subject, From: p.Hash, To: to.Hash}
	last := -1
	for _, d := range p.Done {
		r := to.rung(d.Step)
		list := &m.Gone
		if r != nil {
			list, last = &m.Kept, max(last, r.Index)
		}
		if !slices.Contains(*list, d.Step) {
			*list = append(*list, d.Step)
		}
	}
	if from != nil {
		for i := range from.Steps {
			if r := &from.Steps[i]; !p.behind(r) && to.rung(r.ID) == nil {
				m.Dropped = append(m.Dropped, r.ID)
			}
		}
	}
	p.Hash = to.Hash
	m.Passed = p.passTo(to, last, today)
	return m
}

// passTo puts every step before the one at index last behind a position. They
// go before what was done last, which the next step counts from.
func (p *Position) passTo(s *Sequence, last int, on ar.Day) []string {
	var passed []string
	for i := range max(0, last) {
		r := &s.Steps[i]
		if p.behind(r) {
			continue
		}
		passed = append(passed, r.ID)
		for n := range r.repeats() {
			if !p.did(r.ID, n) {
				p.Done = slices.Insert(p.Done, len(p.Done)-1, Done{Step: r.ID, Repeat: n, On: on, How: DoneSkipped})
			}
		}
	}
	return passed
}

// behind reports whether a step is behind a position with all its repetitions.
func (p *Position) behind(r *Rung) bool {
	for n := range r.repeats() {
		if !p.did(r.ID, n) {
			return false
		}
	}
	return true
}

// on returns the verdict on a subject in a sequence.
func (d *Decision) on(s Subject, sequence string) Verdict {
	for _, v := range d.Verdicts {
		if v.Subject == s && v.Sequence == sequence {
			return v
		}
	}
	return Verdict{Subject: s, Sequence: sequence, Reason: ReasonSettled}
}

// With returns a book that differs in one sequence: s takes the place of the
// current version of its name, or joins the others. Versions that subjects are
// pinned to stay on file.
func (b *Book) With(s *Sequence) (*Book, tomlfile.Problems) {
	current := slices.DeleteFunc(slices.Clone(b.Sequences), func(o *Sequence) bool { return o.Name == s.Name })
	earlier := make([]*Sequence, 0, len(b.versions))
	for _, o := range b.versions {
		earlier = append(earlier, o)
	}
	return NewBook(append(current, s), earlier, b.Policy, b.steps)
}

// Version returns the version of a sequence with a hash, or with the beginning
// of one that no other version has; nil where there is none.
func (b *Book) Version(name, hash string) *Sequence {
	var found *Sequence
	for _, s := range b.versions {
		if s.Name != name || hash == "" || len(s.Hash) < len(hash) || s.Hash[:len(hash)] != hash {
			continue
		}
		if found != nil {
			return nil
		}
		found = s
	}
	return found
}

// Versions lists the versions of a sequence that are on file, as name@hash.
func (b *Book) Versions(name string) []string {
	var all []string
	for _, s := range b.versions {
		if s.Name == name {
			all = append(all, name+"@"+s.Hash)
		}
	}
	slices.Sort(all)
	return all
}
