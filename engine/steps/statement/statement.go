// Package statement plans the sending of account statements. A statement obeys
// neither gap nor dispute, goes to parties that only people speak to as well,
// and takes that day's reminder along.
package statement

import (
	"holdfast/engine/sequence"
	"holdfast/engine/steps/message"
)

// Step is `do = "statement"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "statement" }

// Check wants a template and a medium.
func (Step) Check(r *sequence.Rung) sequence.Fault { return message.Step{}.Check(r) }

// Plan makes one statement per party, with the account's workbook attached.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	lead := due[0]
	opening, reason, ok := v.Window(lead.Sequence)
	in := sequence.Intent{
		Kind: sequence.Message, Account: lead.Account.Customer.Account, Sequence: lead.Sequence.Name, Step: lead.Rung.ID,
		Occasions: sequence.Occasions(due), Reason: sequence.ReasonDue, Purpose: sequence.Statement,
		Template: lead.Rung.Template, Attach: []string{"statement"}, NotBefore: opening.From, NotAfter: opening.To,
	}
	detail := ""
	if ok {
		reason, detail = message.Address(v, lead, &in)
	}
	if reason != "" {
		for _, d := range due {
			v.Wait(d, reason, detail, opening.Next)
		}
		return nil
	}
	v.Speaks = true
	in.Lines = v.AllLines()
	in.Asked = v.Net(nil)
	in.Cover = in.Digest()
	return []sequence.Intent{in}
}
