// Package letter plans letters: on paper where a channel carries them, else as
// a task to print and post one.
package letter

import (
	"cmp"
	"slices"

	"holdfast/engine/sequence"
	"holdfast/engine/steps/message"
)

// Step is `do = "letter"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "letter" }

// Check wants a template; a letter's medium is the letter.
func (Step) Check(r *sequence.Rung) sequence.Fault {
	switch {
	case r.Template == "":
		return sequence.Fault{Key: "template", What: "a letter needs a template", Cure: `write template = "final-notice"`}
	case len(r.Media) > 0:
		return sequence.Fault{Key: "channel", What: "a letter goes by letter", Cure: `remove channel, or write do = "message"`}
	}
	r.Media = []string{sequence.MediumLetter}
	return message.CheckAttachments(r)
}

// Plan makes one letter per party: of the furthest step that is due, for all
// subjects at that step. Other letters wait.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	if due = v.Undeclined(due); len(due) == 0 {
		return nil
	}
	lead := slices.MaxFunc(due, func(a, b sequence.Due) int {
		return cmp.Or(cmp.Compare(a.Sequence.Rank, b.Sequence.Rank), cmp.Compare(a.Rung.Index, b.Rung.Index))
	})
	var together []sequence.Due
	for _, d := range due {
		if d.Rung == lead.Rung {
			together = append(together, d)
		} else {
			v.Wait(d, sequence.ReasonSuperseded, "another letter goes today", v.Case.Today+1)
		}
	}
	if v.Book.Policy.Channels[sequence.MediumLetter] == "" || v.WhiteGlove() {
		return byPerson(v, lead, together)
	}
	in := sequence.Intent{
		Kind: sequence.Message, Account: lead.Account.Customer.Account, Sequence: lead.Sequence.Name, Step: lead.Rung.ID,
		Occasions: sequence.Occasions(together), Reason: sequence.ReasonDue, Purpose: lead.Purpose(),
		Template: lead.Rung.Template, Attach: lead.Rung.Attach, About: lead.Told, Month: lead.Month(),
	}
	return message.Send(v, lead, together, in)
}

// byPerson gives the letter to a person, on a day on which people work.
func byPerson(v *sequence.View, lead sequence.Due, due []sequence.Due) []sequence.Intent {
	if !v.Working(due) {
		return nil
	}
	return []sequence.Intent{v.TaskFor(lead, due, sequence.ReasonDue, "print and post the letter "+lead.Rung.Template)}
}
