// Package statement plans the sending of account statements. A statement obeys
// neither gap nor dispute, goes to parties that only people speak to as well,
// and takes that day's reminder along.
package statement

import (
	"holdfast/engine/ar"
	"holdfast/engine/sequence"
	"holdfast/engine/steps/message"
)

// Step is `do = "statement"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "statement" }

// Check wants a template and a medium.
func (Step) Check(r *sequence.Rung) sequence.Fault { return message.Step{}.Check(r) }

// Plan makes one statement per party, with the account's workbook attached. A
// party that wants none has the step behind it.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	lead := due[0]
	if !v.WantsStatement() {
		v.State.MarkDone(sequence.Occasions(due), v.Case.Today, sequence.DoneSkipped, 0)
		return waitAll(v, due, sequence.ReasonDeclined, "the customer wants no statements", 0)
	}
	in := sequence.Intent{
		Kind: sequence.Message, Account: lead.Account.Customer.Account, Sequence: lead.Sequence.Name, Step: lead.Rung.ID,
		Occasions: sequence.Occasions(due), Reason: sequence.ReasonDue, Purpose: sequence.Statement,
		Template: lead.Rung.Template, Attach: []string{"statement"}, Month: lead.Month(),
	}
	opening, reason, ok := v.Window(lead.Sequence, nil)
	detail := ""
	if ok {
		reason, detail = message.Address(v, lead, &in)
	}
	if reason == "" {
		opening, reason, _ = v.Window(lead.Sequence, &in)
	}
	if reason != "" {
		return waitAll(v, due, reason, detail, opening.Next)
	}
	in.NotBefore, in.NotAfter = opening.From, opening.To
	v.Speaks = "the statement"
	in.Lines = v.AllLines()
	in.Asked = v.Net(nil)
	in.Cover = in.Digest()
	return []sequence.Intent{in}
}

func waitAll(v *sequence.View, due []sequence.Due, reason sequence.Reason, detail string, on ar.Day) []sequence.Intent {
	for _, d := range due {
		v.Wait(d, reason, detail, on)
	}
	return nil
}
