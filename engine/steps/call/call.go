// Package call plans telephone calls: one task for a person over all documents
// of a party that are due for a call.
package call

import (
	"cmp"
	"slices"

	"holdfast/engine/sequence"
)

// Step is `do = "call"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "call" }

// Check wants a script and a role.
func (Step) Check(r *sequence.Rung) sequence.Fault {
	switch {
	case r.Script == "":
		return sequence.Fault{Key: "script", What: "a call needs a script", Cure: `write script = "call-past-due"`}
	case r.Role == "":
		return sequence.Fault{Key: "to", What: "nothing says who calls", Cure: `write to = "collector"`}
	}
	return sequence.Fault{}
}

// Plan gives one call to a person. The steps are done with it; the next ones
// wait until the time for the call is over.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	if !v.Working(due) {
		return nil
	}
	lead := slices.MaxFunc(due, func(a, b sequence.Due) int {
		return cmp.Or(cmp.Compare(a.Sequence.Rank, b.Sequence.Rank), cmp.Compare(a.Rung.Index, b.Rung.Index))
	})
	if reason, detail, on := v.CallAllowed(lead.Purpose()); reason != "" {
		for _, d := range due {
			v.Wait(d, reason, detail, on)
		}
		return nil
	}
	return []sequence.Intent{v.TaskFor(lead, due, sequence.ReasonDue, "")}
}
