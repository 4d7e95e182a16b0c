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

// Plan makes one message of all that is due: an answer to the customer before
// all else, alone; otherwise the sequence of the highest rank speaks, with its
// furthest step, and every subject's step is done by it. A party that only
// people speak to gets a task instead.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	if due = v.Undeclined(due); len(due) == 0 {
		return nil
	}
	due = apart(v, due)
	lead := slices.MinFunc(due, before)
	due = spoken(v, lead, due)
	if v.WhiteGlove() {
		return byPerson(v, lead, due)
	}
	in := sequence.Intent{
		Kind: sequence.Message, Account: lead.Account.Customer.Account, Sequence: lead.Sequence.Name, Step: lead.Rung.ID,
		Occasions: sequence.Occasions(due), Reason: sequence.ReasonDue, Purpose: lead.Purpose(),
		Template: lead.Rung.Template, Attach: lead.Rung.Attach, About: lead.Told, Month: lead.Month(),
	}
	return Send(v, lead, due, in)
}

// Send completes a message that is due, or says why it does not go today. The
// letter does so too.
func Send(v *sequence.View, lead sequence.Due, due []sequence.Due, in sequence.Intent) []sequence.Intent {
	opening, reason, ok := v.Window(lead.Sequence, nil)
	switch {
	case !ok:
		return waitAll(v, due, reason, "", opening.Next)
	case v.Speaks != "":
		return waitAll(v, due, sequence.ReasonSuperseded, v.Speaks+" goes today", opening.Next)
	}
	if reason, detail := Address(v, lead, &in); reason != "" {
		return append(waitAll(v, due, reason, detail, opening.Next), noAddress(v, lead, due, detail)...)
	}
	if opening, reason, ok = v.Window(lead.Sequence, &in); !ok {
		return waitAll(v, due, reason, "", opening.Next)
	}
	in.NotBefore, in.NotAfter = opening.From, opening.To
	if reason, detail, on := v.Quiet(&in, lead.Sequence); reason != "" {
		return waitAll(v, due, reason, detail, max(on, opening.Next))
	}
	if reason, detail := ask(v, lead, due, &in); reason != "" {
		return waitAll(v, due, reason, detail, 0)
	}
	in.Lines = v.Lines(due, lead)
	in.Cover = in.Digest()
	approve, err := v.NeedsYes(lead)
	if err != nil {
		return waitAll(v, due, sequence.ReasonAbstain, err.Error(), 0)
	}
	in.Approve = approve
	v.Speaks = "another message"
	return []sequence.Intent{in}
}

// apart returns what goes in one message: the answers of one step to one thing
// told where any is due, since they go alone and the rest waits, else all.
func apart(v *sequence.View, due []sequence.Due) []sequence.Due {
	answers := slices.DeleteFunc(slices.Clone(due), func(d sequence.Due) bool { return d.Purpose() != sequence.Response })
	if len(answers) == 0 {
		return due
	}
	lead := slices.MinFunc(answers, before)
	var together []sequence.Due
	for _, d := range due {
		if d.Sequence == lead.Sequence && d.Rung == lead.Rung && d.Told == lead.Told {
			together = append(together, d)
		} else {
			v.Wait(d, sequence.ReasonSuperseded, "an answer goes today", v.Case.Today+1)
		}
	}
	return together
}

// spoken leaves out what the message would not speak of: the warning of a hold
// that another's words would cover, so that nobody would have been warned; and
// a promise beside a debt, since each asks for a sum of its own.
func spoken(v *sequence.View, lead sequence.Due, due []sequence.Due) []sequence.Due {
	var together []sequence.Due
	for _, d := range due {
		warns := d.Sequence.Warns(d.Rung.ID) && d.Rung != lead.Rung
		if warns || (promised(d) || promised(lead)) && d.Told != lead.Told {
			v.Wait(d, sequence.ReasonSuperseded, "another message goes today, and this one goes by itself", v.Case.Today+1)
		} else {
			together = append(together, d)
		}
	}
	return together
}

func promised(d sequence.Due) bool { return d.Position.Subject.Kind == sequence.SubjectPromise }

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
// account below the floor, is not written to. An answer and a statement ask for
// nothing of their own; a promise asks for what is left of it.
func ask(v *sequence.View, lead sequence.Due, due []sequence.Due, in *sequence.Intent) (sequence.Reason, string) {
	switch {
	case promised(lead):
		in.Asked = lead.Told.Left
		return "", ""
	case in.Purpose == sequence.Response || in.Purpose == sequence.Statement:
		return "", ""
	case lead.Position.Subject.Kind != sequence.SubjectInvoice && in.Purpose == sequence.Courtesy:
		return "", ""
	}
	var coming []*sequence.Item
	for _, d := range due {
		if d.Item != nil && d.Position.Subject.Kind == sequence.SubjectInvoice {
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
