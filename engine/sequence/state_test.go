package sequence_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// A message that came back gives its step back only where nothing was done
// behind it: else the step stays, and warned of nothing.
func TestTakeBack(t *testing.T) {
	day := ar.MustDay("2026-11-20")
	subject := sequence.Subject{Kind: sequence.SubjectInvoice, Customer: "a", Document: "d1"}
	o := sequence.Occasion{Sequence: "past-due", Subject: subject, Step: "warn", Repeat: 1, Episode: 2}
	sent := sequence.Done{Step: "warn", Repeat: 1, On: day, How: sequence.DoneSent}
	earlier := sequence.Done{Step: "warn", On: day - 7, How: sequence.DoneSent}
	bounced := sent
	bounced.How = sequence.DoneBounced
	after := func(how sequence.How) sequence.Done { return sequence.Done{Step: "next", On: day, How: how} }
	for _, c := range []struct {
		name       string
		position   sequence.Position
		done, want []sequence.Done
		undone     bool
	}{
		{"it was the last", sequence.Position{Episode: 2}, []sequence.Done{earlier, sent}, []sequence.Done{earlier}, true},
		{"only a skipped one came after", sequence.Position{Episode: 2}, []sequence.Done{sent, after(sequence.DoneSkipped)},
			[]sequence.Done{after(sequence.DoneSkipped)}, true},
		{"a hold came after", sequence.Position{Episode: 2}, []sequence.Done{sent, after(sequence.DoneHold)},
			[]sequence.Done{bounced, after(sequence.DoneHold)}, false},
		{"the subject runs no more", sequence.Position{Episode: 2, Ended: sequence.ReasonFinished}, []sequence.Done{sent}, []sequence.Done{bounced}, false},
		{"it began anew since", sequence.Position{Episode: 3}, []sequence.Done{sent}, []sequence.Done{sent}, false},
		{"a person said yes to it", sequence.Position{Episode: 2}, []sequence.Done{{Step: "warn", Repeat: 1, On: day, How: sequence.DoneYes}},
			[]sequence.Done{{Step: "warn", Repeat: 1, On: day, How: sequence.DoneYes}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.position.Sequence, c.position.Subject, c.position.Done = "past-due", subject, c.done
			s := sequence.State{Positions: []sequence.Position{c.position}}
			undone := s.TakeBack([]sequence.Occasion{o})
			if (len(undone) == 1) != c.undone || c.undone && undone[0] != o {
				t.Errorf("undone %v", undone)
			}
			if diff := cmp.Diff(c.want, s.Positions[0].Done); diff != "" {
				t.Errorf("behind the subject (-want +got):\n%s", diff)
			}
		})
	}
}
