// Package approve plans steps at which a person says yes or no before a
// subject goes on.
package approve

import "holdfast/engine/sequence"

// Step is `do = "approve"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "approve" }

// Check wants to know who is asked, and what.
func (Step) Check(r *sequence.Rung) sequence.Fault {
	switch {
	case r.Text == "":
		return sequence.Fault{Key: "text", What: "nothing says what is asked", Cure: `write text = "Sign the credit limit"`}
	case r.Role == "":
		return sequence.Fault{Key: "to", What: "nothing says who is asked", Cure: `write to = "credit manager"`}
	}
	return sequence.Fault{}
}

// Plan asks once and waits for the answer: yes goes on, no takes the way that
// `otherwise` names, or ends the sequence.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	var intents []sequence.Intent
	for _, d := range due {
		switch v.Asked(d) {
		case sequence.AnswerYes:
			v.State.MarkDone([]sequence.Occasion{d.Occasion()}, v.Case.Today, sequence.DoneYes, 0)
		case sequence.AnswerNo:
			v.Decline(d)
		default:
			intents = append(intents, v.Ask(d)...)
		}
	}
	return intents
}
