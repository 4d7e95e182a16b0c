// Package escalate plans handing a subject on: to a role in the house, to
// legal, or to the agency, with its dossier.
package escalate

import "holdfast/engine/sequence"

// Step is `do = "escalate"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "escalate" }

// Check wants to know to whom.
func (Step) Check(r *sequence.Rung) sequence.Fault {
	if r.Role == "" {
		return sequence.Fault{Key: "to", What: "nothing says to whom", Cure: `write to = "agency", "legal" or a role such as "head of sales"`}
	}
	return sequence.Fault{}
}

// Plan hands on all subjects of an account at once. Where the step needs a yes
// it is asked for first. What the agency or a lawyer gets leaves our hands.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	if !v.Working(due) {
		return nil
	}
	var intents []sequence.Intent
	for _, together := range sequence.ByAccountAndStep(due) {
		intents = append(intents, handOn(v, together)...)
	}
	return intents
}

func handOn(v *sequence.View, due []sequence.Due) []sequence.Intent {
	lead := due[0]
	needsYes, err := v.NeedsYes(lead)
	if err != nil {
		for _, d := range due {
			v.Wait(d, sequence.ReasonAbstain, err.Error(), 0)
		}
		return nil
	}
	if needsYes {
		switch v.Asked(lead) {
		case sequence.AnswerNo:
			for _, d := range due {
				v.Decline(d)
			}
			return nil
		case sequence.AnswerNone:
			return v.Ask(due...)
		}
	}
	in := v.TaskFor(lead, due, sequence.ReasonDue, "with the dossier of the account")
	if lead.Rung.Role == sequence.ToAgency || lead.Rung.Role == sequence.ToLegal {
		in.Away = lead.Rung.Role
	}
	return []sequence.Intent{in}
}
