package sequence_test

import (
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// A debt that nobody ever pays outlives all sequences. Nothing of them may begin
// anew because it was forgotten: its occasions have happened.
func TestWhatMayReturnIsNotForgotten(t *testing.T) {
	b := book(t, policy())
	c := caseOn("2026-01-05", invoice("d1", "2026-01-01"))
	seen := map[string]ar.Day{}
	for n := range 700 {
		day := ar.MustDay("2026-01-05") + ar.Day(n)
		c.Today = day
		d := b.Decide(c)
		var outcomes []sequence.Outcome
		for _, in := range d.Intents {
			for _, o := range in.Occasions {
				if first, again := seen[o.Key()]; again {
					t.Fatalf("%s: %s happens again, first on %s", day, o.Key(), first)
				}
				seen[o.Key()] = day
			}
			outcomes = append(outcomes, sequence.Outcome{Intent: in, Done: true, On: day})
		}
		c = c.After(d, outcomes)
	}
	if len(seen) < 10 {
		t.Errorf("only %d occasions happened: the test shows little", len(seen))
	}
}
