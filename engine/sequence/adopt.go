package sequence

import "holdfast/engine/ar"

// Adopted is where one subject would enter a sequence that it is too old to
// begin.
type Adopted struct {
	Position Position
	Document ar.Document
	Step     string // the first step that is still to be done
}

// Adopt places a party's old debt: each overdue document enters the sequence
// that takes it at the last message its age has reached, but no later than the
// last reminder before a warning or a hold, since nobody is warned or held who
// was never written to. Subjects that have a position stay where they are.
func (b *Book) Adopt(c Case, notBefore ar.Day) []Adopted {
	v := b.view(&c)
	v.leave()
	had := map[Subject]bool{}
	for _, p := range v.State.Positions {
		had[p.Subject] = true
	}
	v.enter()
	var adopted []Adopted
	for i := range v.State.Positions {
		p := v.State.Positions[i]
		item := v.byID[p.Subject.Document]
		if had[p.Subject] || item == nil || item.late(c.Today) <= 0 {
			continue
		}
		s := b.version(&p)
		start := v.startOf(s, &p, item)
		for _, r := range s.Steps[:start] {
			p.Done = append(p.Done, Done{Step: r.ID, On: c.Today, How: DoneAdopted})
		}
		p.NotBefore = notBefore
		adopted = append(adopted, Adopted{Position: p, Document: *item.Doc, Step: s.Steps[start].ID})
	}
	return adopted
}

// startOf returns the index of the step at which a document of its age enters.
func (v *View) startOf(s *Sequence, p *Position, item *Item) int {
	start := 0
	for i := range s.Steps {
		r := &s.Steps[i]
		if r.Do == "hold" || s.Warns(r.ID) || r.Every.N > 0 {
			break
		}
		d := Due{Position: p, Sequence: s, Rung: r, Item: item}
		if r.Do == "message" && r.At.day(&d, v) <= v.Case.Today {
			start = i
		}
	}
	return start
}

// Warns reports whether a step is the warning of a hold.
func (s *Sequence) Warns(id string) bool {
	for i := range s.Steps {
		if s.Steps[i].WarnedBy == id {
			return true
		}
	}
	return false
}
