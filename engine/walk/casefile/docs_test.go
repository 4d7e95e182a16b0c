package casefile_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"holdfast/engine/message"
	"holdfast/engine/sequence"
	"holdfast/engine/sequence/lint"
	"holdfast/engine/steps"
	"holdfast/engine/walk/casefile"
)

func TestDocsEveryExampleIsOfAKnownKind(t *testing.T) {
	p := readPage(t, manual)
	known := len(p.sequences()) + len(p.cases()) + len(p.fragments())
	if all := len(p.toml("", "^never$")); all != known || len(p.sequences()) < 7 || len(p.cases()) < 3 || len(p.fragments()) < 7 {
		t.Errorf("of %d examples in TOML %d are sequences, %d cases and %d steps", all, len(p.sequences()), len(p.cases()), len(p.fragments()))
	}
}

// The check finds nothing in any example, by itself and with its texts.
func TestDocsSequencesStandTheCheck(t *testing.T) {
	p := readPage(t, manual)
	texts, err := lint.ReadTexts(message.Defaults(), nil, "shipped", "")
	if err != nil {
		t.Fatal(err)
	}
	all := parts(t).Sequences
	for _, b := range p.sequences() {
		s := p.parsed(t, b)
		all = append(all, s)
		for _, f := range lint.Check(lint.Site{Sequences: []*sequence.Sequence{s}, Texts: texts, Provides: message.Provides()}) {
			if f.File == p.name {
				t.Error(f.Problem)
			}
		}
	}
	if _, fights := sequence.NewBook(all, nil, sequence.Policy{}, steps.All()); len(fights) > 0 {
		t.Errorf("beside the shipped ones: %v", fights.Err())
	}
}

// The page says that its first sequence must not stand beside past-due, and that
// the check finds it.
func TestDocsTheSmallOneFightsWithPastDue(t *testing.T) {
	p := readPage(t, manual)
	small := p.parsed(t, p.sequences()[0])
	found := lint.Check(lint.Site{Sequences: append(parts(t).Sequences, small)})
	if !slices.ContainsFunc(found, func(f lint.Finding) bool {
		return !f.Warning && strings.Contains(f.What, "past-due") && strings.Contains(f.What, small.Name)
	}) {
		t.Errorf("%s beside past-due: found %v", small.Name, found)
	}
}

// Steps out of a sequence are read under the first subject that knows their
// anchors.
func TestDocsStepsAreRead(t *testing.T) {
	p := readPage(t, manual)
	for _, b := range p.fragments() {
		var said []string
		for _, subject := range []string{"invoice", "month", "account", "dispute", "promise"} {
			head := fmt.Sprintf("name = 'x'\nsubject = '%s'\nrank = 1\npurpose = 'dunning'\nenter = 'true'\n", subject)
			text := strings.Replace(b.onItsLines(), strings.Repeat("\n", strings.Count(head, "\n")), head, 1)
			_, problems := sequence.Parse(p.name, []byte(text), steps.All())
			if len(problems) == 0 {
				said = nil
				break
			}
			said = append(said, fmt.Sprintf("%s: %v", subject, problems.Err()))
		}
		if said != nil {
			t.Errorf("steps on line %d fit no subject:\n%s", b.line, strings.Join(said, "\n"))
		}
	}
}

// runCase lives a case with the shipped sequences and further ones.
func runCase(t *testing.T, name, text string, further ...*sequence.Sequence) casefile.Result {
	t.Helper()
	c, problems := casefile.Parse(name, []byte(text))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	all := parts(t)
	all.Sequences = append(all.Sequences, further...)
	r, err := c.Run(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDocsCasesComeOutAsWritten(t *testing.T) {
	p := readPage(t, manual)
	var own []*sequence.Sequence
	for _, b := range p.sequences() {
		own = append(own, p.parsed(t, b))
	}
	for _, b := range p.cases() {
		if !regexp.MustCompile(`(?m)^sequences +=`).MatchString(b.text) {
			t.Errorf("%s:%d: the case names no sequences, so that those of the page would all run", p.name, b.line)
		}
		if r := runCase(t, p.name, b.onItsLines(), own...); !r.Passed {
			t.Errorf("%s\n%s", r.Text(), r.Show())
		}
	}
}

// busy is a ledger in which every example of the page has something to do.
const busy = `
title     = "busy"
from      = 2026-09-01
to        = 2026-11-30
sequences = [%q]
expect    = []
[[document]]
number = "INV-1"
issued = 2026-08-01
due    = 2026-08-31
amount = "20000.00"
[[fact]]
on   = 2026-09-03
kind = "event"
code = "address_changed"
[[fact]]
on        = 2026-09-04
kind      = "dispute"
documents = ["INV-1"]
amount    = "100.00"
code      = "price"
[[fact]]
on     = 2026-09-07
kind   = "promise"
day    = 2026-09-30
amount = "19900.00"
`

func TestDocsSequencesAct(t *testing.T) {
	p := readPage(t, manual)
	for _, b := range p.sequences() {
		s := p.parsed(t, b)
		r := runCase(t, s.Name, fmt.Sprintf(busy, s.Name), s)
		done := map[string]bool{}
		for _, e := range r.Got {
			done[e.Step] = e.Sequence == s.Name
		}
		if len(done) == 0 || !done[s.Steps[0].ID] {
			t.Errorf("%s:%d: %s does nothing in a ledger made for it: %v", p.name, b.line, s.Name, r.Got)
		}
	}
}
