// Package message plans the one message that a party gets on a day, over all
// of its due documents and over the sequences that would speak.
package message

import (
	"cmp"
	"fmt"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// Step is `do = "message"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "message" }

// Check wants a template and a medium.
func (Step) Check(r *sequence.Rung) sequence.Fault {
	switch {
	case r.Template == "":
		return sequence.Fault{Key: "template", What: "a message needs a template", Cure: `write template = "past-due-1"`}
	case len(r.Media) == 0:
		return sequence.Fault{Key: "channel", What: "a message needs a medium", Cure: `write channel = ["email"]`}
	}
	return CheckAttachments(r)
}

// CheckAttachments refuses an attachment that nothing makes.
func CheckAttachments(r *sequence.Rung) sequence.Fault {
	for _, name := range r.Attach {
		if name != "statement" && name != "invoice" {
			return sequence.Fault{Key: "attach", What: fmt.Sprintf("there is no attachment %q", name), Cure: `the attachments are "statement" and "invoice"`}
		}
	}
	return sequence.Fault{}
}

// Plan makes one message of all that is due: the sequence of the highest rank
// speaks, with its furthest step, and every subject's step is done by it. A
// party that only people speak to gets a task instead.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	lead := slices.MinFunc(due, before)
	if v.WhiteGlove() {
		return byPerson(v, lead, due)
	}
	opening, reason, ok := v.Window(lead.Sequence)
	if !ok {
		return waitAll(v, due, reason, "", opening.Next)
	}
	if v.Speaks {
		return waitAll(v, due, sequence.ReasonSuperseded, "the statement goes today", opening.Next)
	}
	in := sequence.Intent{
		Kind: sequence.Message, Account: lead.Account.Customer.Account, Sequence: lead.Sequence.Name, Step: lead.Rung.ID,
		Occasions: sequence.Occasions(due), Reason: sequence.ReasonDue, Purpose: lead.Sequence.Purpose,
		Template: lead.Rung.Template, Attach: lead.Rung.Attach, NotBefore: opening.From, NotAfter: opening.To,
	}
	if reason, detail := Address(v, lead, &in); reason != "" {
		return append(waitAll(v, due, reason, detail, opening.Next), noAddress(v, lead, due)...)
	}
	if reason, detail, on := v.Quiet(&in, lead.Sequence); reason != "" {
		return waitAll(v, due, reason, detail, max(on, opening.Next))
	}
	if reason, detail := ask(v, due, &in); reason != "" {
		return waitAll(v, due, reason, detail, 0)
	}
	in.Lines = v.Lines(due, lead)
	in.Cover = in.Digest()
	approve, err := v.NeedsYes(lead)
	if err != nil {
		return waitAll(v, due, sequence.ReasonAbstain, err.Error(), 0)
	}
	in.Approve = approve
	return []sequence.Intent{in}
}

// before orders due steps by who leads: rank, then the furthest step, then the
// oldest document.
func before(a, b sequence.Due) int {
	return cmp.Or(
		cmp.Compare(b.Sequence.Rank, a.Sequence.Rank),
		cmp.Compare(b.Rung.Index, a.Rung.Index),
		cmp.Compare(a.On, b.On),
		cmp.Compare(a.Position.Subject.Document, b.Position.Subject.Document),
	)
}

// ask works out what is asked for, per currency. What credits cover, and an
// account below the floor, is not written to.
func ask(v *sequence.View, due []sequence.Due, in *sequence.Intent) (sequence.Reason, string) {
	var coming []*sequence.Item
	for _, d := range due {
		if d.Item != nil {
			coming = append(coming, d.Item)
		}
	}
	net := v.Net(coming)
	for _, m := range net {
		if m.Minor > 0 && m.Minor >= v.FloorOfAccount(m.Currency) {
			in.Asked = append(in.Asked, m)
		}
	}
	switch {
	case len(in.Asked) > 0:
		return "", ""
	case slices.ContainsFunc(net, func(m ar.Money) bool { return m.Minor > 0 }):
		return sequence.ReasonTolerated, net.String()
	}
	return sequence.ReasonNothingAsked, v.Credits.String() + " unapplied"
}

func waitAll(v *sequence.View, due []sequence.Due, reason sequence.Reason, detail string, on ar.Day) []sequence.Intent {
	for _, d := range due {
		v.Wait(d, reason, detail, on)
	}
	return nil
}
