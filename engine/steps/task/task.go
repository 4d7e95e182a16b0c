// Package task plans work for our own people: one task a subject, with its
// time and the outcomes that it can have.
package task

import "holdfast/engine/sequence"

// Step is `do = "task"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "task" }

// Check wants to know what to do and who does it.
func (Step) Check(r *sequence.Rung) sequence.Fault {
	switch {
	case r.Text == "" && r.Script == "":
		return sequence.Fault{Key: "text", What: "nothing says what to do", Cure: `write text = "Check the master data"`}
	case r.Role == "":
		return sequence.Fault{Key: "to", What: "nothing says who does it", Cure: `write to = "collector"`}
	}
	return sequence.Fault{}
}

// Plan gives each subject's task to a person, on a day on which people work.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	if !v.Working(due) {
		return nil
	}
	var intents []sequence.Intent
	for _, together := range sequence.ByAccountAndStep(due) {
		intents = append(intents, v.TaskFor(together[0], together, sequence.ReasonDue, ""))
	}
	return intents
}
