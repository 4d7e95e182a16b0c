package cycle_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters/demoerp"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/sequence"
)

// stood is how a party stood on a day: its reasons, and what was open.
type stood struct {
	Verdicts []sequence.Verdict
	Open     map[ar.DocumentID]int64
}

func standing(c *sequence.Case, verdicts []sequence.Verdict) stood {
	s := stood{Verdicts: slices.Clone(verdicts), Open: map[ar.DocumentID]int64{}}
	slices.SortFunc(s.Verdicts, func(x, y sequence.Verdict) int {
		return slices.Compare([]string{x.Subject.String(), x.Sequence}, []string{y.Subject.String(), y.Sequence})
	})
	for i := range c.Accounts {
		for _, d := range c.Accounts[i].Documents {
			s.Open[d.ID] = d.Open
		}
	}
	return s
}

func TestAPastDayIsRecalledAsItWasDecided(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id := ar.AccountID{Source: h.co.Source, Company: h.co.ID, Customer: demoerp.Deadbeat}
	days := map[ar.Day]stood{}
	for range 25 {
		try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
		c, d, err := h.cycle.Explain(t.Context(), h.co, h.moment(), id)
		h.must(err)
		days[h.today] = standing(&c, d.Verdicts)
		h.run()
		h.today++
		try(h.erp.Live(t.Context(), h.today, nil))(h)
	}
	for day, want := range days {
		r, ok, err := h.cycle.Recall(t.Context(), h.co, day, id)
		h.must(err)
		if diff := cmp.Diff(want, standing(&r.Case, r.Decision.Verdicts)); !ok || diff != "" {
			t.Errorf("%s is recalled otherwise than it was (-then +recalled):\n%s", day, diff)
		}
		for _, d := range r.Deliveries {
			if d.Day > day {
				t.Errorf("%s is recalled with a message of %s", day, d.Day)
			}
		}
	}
	if _, ok, _ := h.cycle.Recall(t.Context(), h.co, h.today, id); ok {
		t.Error("a day that nothing was decided on is recalled")
	}
}

func TestADayAheadIsExplainedAsItIsThenDecided(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	id := ar.AccountID{Source: h.co.Source, Company: h.co.ID, Customer: demoerp.Deadbeat}
	day := h.today + 23
	var until []string
	c, d, err := h.cycle.ExplainAhead(t.Context(), h.co, h.moment(), day, id, cycle.Outlook{}, func(f *cycle.Foreseen) error {
		until = append(until, f.Moment.Day.String()+" "+f.Intent.Step)
		return nil
	})
	h.must(err)
	want := standing(&c, d.Verdicts)
	for h.today < day {
		h.run()
		h.today++
	}
	now, decision, err := h.cycle.Explain(t.Context(), h.co, h.moment(), id)
	h.must(err)
	if diff := cmp.Diff(want, standing(&now, decision.Verdicts)); diff != "" {
		t.Errorf("the day came otherwise than foreseen (-foreseen +came):\n%s", diff)
	}
	if len(until) < 2 {
		t.Errorf("until then only %v is foreseen", until)
	}
}
