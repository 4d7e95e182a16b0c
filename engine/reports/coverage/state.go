package coverage

import (
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// State is the one state that an overdue document is in.
type State string

// The states in which somebody or something looks after a document. A document
// in none of them is an alarm.
const (
	InStep    State = "in_step"     // a sequence has a next step for it
	Disputed  State = "disputed"    // contested as a whole
	Promised  State = "promised"    // a promise to pay is open
	InPlan    State = "in_plan"     // an instalment plan is kept so far
	Paused    State = "paused"      // until a day, by a person or for a reply
	Held      State = "held"        // our hold stands, and nothing else is left to do
	Away      State = "away"        // the agency or a lawyer has it
	Tolerated State = "tolerated"   // under the floor, proposed for write-off
	OurSide   State = "our_side"    // our own people must do something first
	PayRun    State = "pay_run"     // the customer's next pay run, or our own collection
	Blocked   State = "blocked"     // the ERP or the config says: do not dun
	Uncovered State = "not_covered" // the alarm
)

// states lists them in the order in which they are told, with their words for a
// person.
var states = []struct {
	State State
	Words string
}{
	{InStep, "in a step"}, {Disputed, "disputed"}, {Promised, "promised"}, {InPlan, "in an instalment plan"},
	{Paused, "paused with an end"}, {Held, "held"}, {Away, "at the agency or a lawyer"}, {Tolerated, "too little to ask for"},
	{OurSide, "waiting for our own side"}, {PayRun, "waiting for a pay run or a collection"}, {Blocked, "not to be dunned"},
}

// stateOf says which state a verdict's reason means. A reason that is not here
// leaves the document uncovered.
var stateOf = map[sequence.Reason]State{
	sequence.ReasonDue: InStep, sequence.ReasonNotYet: InStep, sequence.ReasonOutsideWindow: InStep, sequence.ReasonHoliday: InStep,
	sequence.ReasonGap: InStep, sequence.ReasonCap: InStep, sequence.ReasonCondition: InStep, sequence.ReasonPending: InStep,
	sequence.ReasonUncertain: InStep, sequence.ReasonSuperseded: InStep, sequence.ReasonNotWarned: InStep, sequence.ReasonHoldQuota: InStep,
	sequence.ReasonAgain: InStep, sequence.ReasonApproval: InStep, sequence.ReasonTaskOpen: InStep, sequence.ReasonAdopted: InStep,
	sequence.ReasonReopened: InStep, sequence.ReasonWhiteGlove: InStep, sequence.ReasonBroken: InStep, sequence.ReasonPerson: InStep,
	sequence.ReasonRules: InStep, sequence.ReasonVolume: InStep,
	sequence.ReasonDisputed: Disputed, sequence.ReasonPromised: Promised, sequence.ReasonPlan: InPlan,
	sequence.ReasonPaused: Paused, sequence.ReasonReplied: Paused, sequence.ReasonHeld: Held, sequence.ReasonAway: Away,
	sequence.ReasonTolerated: Tolerated, sequence.ReasonDeduction: OurSide, sequence.ReasonUndated: OurSide,
	sequence.ReasonMissingPO: OurSide, sequence.ReasonNotAccepted: OurSide, sequence.ReasonNoAddress: OurSide,
	sequence.ReasonCashBehind: OurSide, sequence.ReasonNothingAsked: OurSide, sequence.ReasonNoHold: OurSide,
	sequence.ReasonPayRun: PayRun, sequence.ReasonDirectDebit: PayRun, sequence.ReasonBlocked: Blocked,
}

// undecided stands for the reason where no decision spoke of a document.
const undecided sequence.Reason = "none"

// cures says what to do about a document that is in no state.
var cures = map[sequence.Reason]string{
	undecided:                 "decide it: holdfast run",
	sequence.ReasonNoSequence: "widen enter or segment of a sequence, or say who looks after it: pause, dispute or promise",
	sequence.ReasonFinished:   "its sequence is at its end: write it off in the ERP, hand it to the agency, or pause it until a day",
	sequence.ReasonRebuilt:    "put the file of its sequence back, or move it to the version of today",
	sequence.ReasonDeclined:   "a person said no: say what happens instead, or pause it until a day",
	sequence.ReasonAbstain:    "give the ERP its exchange rate, or write the condition for this currency too",
	sequence.ReasonFlawed:     "mend the row that the task names, in the ERP",
	sequence.ReasonConsent:    "no message may go: call and log it, or pause it until a day",
	sequence.ReasonGoal:       "its sequence reached its goal with the document open: mend the goal",
	sequence.ReasonSettled:    "it is open again since it was decided: holdfast run",
	sequence.ReasonFarewell:   "it is open again since it was decided: holdfast run",
}

// cure says what to do about a reason.
func cure(r sequence.Reason) string {
	if words := cures[r]; words != "" {
		return words
	}
	return "see holdfast explain, and pause it until a day meanwhile"
}

// standing is the one state of a document, by the verdicts of its party's last
// decision: the first that covers it, else the first that there is.
func standing(c *sequence.Case, doc *ar.Document) (State, sequence.Verdict) {
	first := sequence.Verdict{Reason: undecided}
	for _, v := range c.State.Verdicts {
		if v.Subject.Kind != sequence.SubjectInvoice || v.Subject.Document != doc.ID {
			continue
		}
		if state, covered := stateOf[v.Reason]; covered {
			return state, v
		}
		if first.Reason == undecided {
			first = v
		}
	}
	switch {
	case first.Reason == sequence.ReasonFinished && held(c, doc.Account):
		return Held, first
	case first.Reason == sequence.ReasonDeclined && runs(c, first):
		return InStep, first
	}
	return Uncovered, first
}

// runs reports whether the sequence of a verdict goes on with its subject: a
// step that a person declined is passed over, and the next one follows.
func runs(c *sequence.Case, v sequence.Verdict) bool {
	return slices.ContainsFunc(c.State.Positions, func(p sequence.Position) bool {
		return p.Sequence == v.Sequence && p.Subject == v.Subject && p.Ended == ""
	})
}

// held reports whether a hold of ours stands on an account.
func held(c *sequence.Case, id ar.AccountID) bool {
	return slices.ContainsFunc(c.Holds, func(e ar.HoldEntry) bool {
		return e.Account == id && (e.State == ar.EntryPlaced || e.State == ar.EntryShadow)
	})
}
