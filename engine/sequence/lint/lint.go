// Package lint looks at sequences, templates and companies together and finds
// what each of them alone cannot show: two sequences that fight over a subject,
// a step that is never reached, a threat that no step carries out.
package lint

import (
	"cmp"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/engine/tomlfile"
)

// Finding is one thing wrong, on its line.
type Finding struct {
	tomlfile.Problem
	Warning bool // it works, though hardly as meant; otherwise a start is refused
}

// Site is what is looked at together.
type Site struct {
	Sequences []*sequence.Sequence // current versions
	Texts     *Texts               // nil: templates and scripts are not looked at
	Provides  []string             // the policy.TextIDs that every message carries by itself
	Short     []string             // those that every text message carries
	Spoken    []string             // those that every automatic call says
	Companies []Company            // none: what they carry is not looked at
	Roles     []string             // roles that do tasks; none: not known
	Interest  bool                 // a basis for interest and fees is configured
	Today     ar.Day               // on which contact rules are asked for; zero: they are not
}

// Company is what a company carries, and whom it writes to.
type Company struct {
	Key          string
	Media        []string      // that a channel is configured for
	Packs        *policy.Packs // nil: no contact rules
	Relationship string        // as policy.Question has it; empty: not known
	DebtorKind   string
	DebtKind     string
}

// Check returns all findings, sorted by file and line.
func Check(site Site) []Finding {
	c := &checker{Site: site, unstaffed: map[string]bool{}}
	for _, s := range site.Sequences {
		c.sequence(s)
	}
	c.overlaps()
	if site.Texts != nil {
		c.texts()
	}
	slices.SortStableFunc(c.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return c.found
}

// checker collects findings.
type checker struct {
	Site
	found     []Finding
	unstaffed map[string]bool // roles that were said to be nobody's
}

func (c *checker) refuse(p tomlfile.Problem) { c.found = append(c.found, Finding{Problem: p}) }

func (c *checker) warn(p tomlfile.Problem) {
	c.found = append(c.found, Finding{Problem: p, Warning: true})
}

// sequence looks at one sequence by itself.
func (c *checker) sequence(s *sequence.Sequence) {
	l := &looker{checker: c, s: s, lines: s.Lines()}
	l.conditions()
	l.steps()
	l.holds()
	l.carriers()
}

// looker looks at one sequence.
type looker struct {
	*checker
	s     *sequence.Sequence
	lines sequence.Lines
	never map[int]bool // steps whose condition is never true
}

// at is a problem with a key of a step.
func (l *looker) at(r *sequence.Rung, key, what, cure string) tomlfile.Problem {
	return l.lines.Problem(stepKey(r, key), what, cure)
}
