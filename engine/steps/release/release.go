// Package release plans the lifting of our own hold at a step of a sequence.
// Holds that nothing proposes any more are lifted without one.
package release

import "holdfast/engine/sequence"

// Step is `do = "release"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "release" }

// Check has nothing to want.
func (Step) Check(*sequence.Rung) sequence.Fault { return sequence.Fault{} }

// Plan lifts the holds of ours that stand on the accounts due. Where there is
// none the step is done with nothing to do.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	var intents []sequence.Intent
	for _, d := range due {
		for _, e := range v.Case.Holds {
			if e.Account == d.Account.Customer.Account && e.State.Live() && !e.ByPerson() {
				intents = append(intents, sequence.Intent{
					Kind: sequence.Release, Account: e.Account, Entry: e.ID, Sequence: d.Sequence.Name, Step: d.Rung.ID,
					Reason: sequence.ReasonDue, Detail: "the sequence says so",
				})
			}
		}
		v.State.MarkDone([]sequence.Occasion{d.Occasion()}, v.Case.Today, sequence.DoneHold, 0)
	}
	return intents
}
