// Package wait plans steps that only let time pass, or wait for a condition.
package wait

import "holdfast/engine/sequence"

// Step is `do = "wait"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "wait" }

// Check has nothing to want: a wait without a condition waits for its day.
func (Step) Check(*sequence.Rung) sequence.Fault { return sequence.Fault{} }

// Plan puts the wait behind its subjects: it is due only once its day has come
// and its condition is true.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	v.State.MarkDone(sequence.Occasions(due), v.Case.Today, sequence.DoneWaited, 0)
	return nil
}
