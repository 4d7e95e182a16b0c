// Package hold plans credit holds: only after a warning that was accepted and
// is old enough, and only so many new ones a day without a person's yes.
package hold

import (
	"fmt"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/sequence"
)

// Step is `do = "hold"`.
type Step struct{}

// Kind names the step kind.
func (Step) Kind() string { return "hold" }

// Check wants the warning that goes before.
func (Step) Check(r *sequence.Rung) sequence.Fault {
	switch {
	case r.WarnedBy == "":
		return sequence.Fault{Key: "warned_by", What: "a hold needs a warning before it", Cure: `write warned_by = "warn-hold"`}
	case r.WarnedAgo.N <= 0:
		return sequence.Fault{Key: "warned_ago", What: "nothing says how old the warning must be", Cure: `write warned_ago = "5bd"`}
	}
	return sequence.Fault{}
}

// Plan makes one hold per account of all that is due for one.
func (Step) Plan(v *sequence.View, due []sequence.Due) []sequence.Intent {
	var intents []sequence.Intent
	byAccount := map[ar.AccountID]int{}
	for _, d := range v.Undeclined(due) {
		id := d.Account.Customer.Account
		if i, planned := byAccount[id]; planned {
			intents[i].Occasions = append(intents[i].Occasions, d.Occasion())
			continue
		}
		if in, ok := plan(v, d); ok {
			byAccount[id] = len(intents)
			intents = append(intents, in)
		}
	}
	return intents
}

// plan makes the hold for one due step, or says why not now.
func plan(v *sequence.View, d sequence.Due) (sequence.Intent, bool) {
	in := sequence.Intent{
		Kind: sequence.Hold, Account: d.Account.Customer.Account, Sequence: d.Sequence.Name, Step: d.Rung.ID,
		Occasions: []sequence.Occasion{d.Occasion()}, Reason: sequence.ReasonDue, Asked: v.Net(nil),
	}
	in.Lines = v.Lines([]sequence.Due{d}, d)
	in.Detail = fmt.Sprintf("%s overdue", in.Asked)
	if len(v.Items) > 0 {
		in.Detail += fmt.Sprintf(", oldest since %s", v.Items[0].Doc.DueOn)
	}
	reason, detail := refusal(v, d)
	if reason == sequence.ReasonHeld {
		v.State.MarkDone(in.Occasions, v.Case.Today, sequence.DoneHold, 0)
	}
	if reason != "" {
		v.Wait(d, reason, detail, 0)
		return in, false
	}
	approve, err := v.NeedsYes(d)
	if err != nil {
		v.Wait(d, sequence.ReasonAbstain, err.Error(), 0)
		return in, false
	}
	switch {
	case approve:
		in.Because = sequence.ReasonApproval
	case releasedLately(v, in.Account):
		in.Because = sequence.ReasonAgain
	case v.HoldNeedsYes():
		in.Because = sequence.ReasonRules
	}
	in.Approve = in.Because != ""
	if !in.Approve && !v.TakeHold() {
		v.Wait(d, sequence.ReasonHoldQuota, "enough new holds today; hold place says yes to this one", 0)
		return in, false
	}
	return in, true
}

// refusal says why no new hold is placed for a due step.
func refusal(v *sequence.View, d sequence.Due) (sequence.Reason, string) {
	p := &v.Book.Policy
	customer := &d.Account.Customer
	if entry := live(v, customer.Account); entry != nil {
		switch entry.State {
		case ar.EntryPlaced, ar.EntryShadow:
			return sequence.ReasonHeld, fmt.Sprintf("held since %s", entry.PlacedOn)
		case ar.EntryProposed:
			return sequence.ReasonApproval, "the hold waits for a yes: hold place"
		}
		return sequence.ReasonPending, "the hold is being written"
	}
	switch {
	case !p.HoldWritable:
		return sequence.ReasonNoHold, "the preset cannot write a hold"
	case p.HoldExempt[customer.Number]:
		return sequence.ReasonBlocked, "the config exempts this customer from holds"
	case !p.Business.IsBusinessDay(v.Case.Today):
		return sequence.ReasonHoliday, ""
	case len(v.Net(nil)) == 0 || !aboveFloor(v):
		return sequence.ReasonTolerated, v.Net(nil).String()
	}
	return warned(v, d)
}

// warned says whether the warning was accepted and is old enough.
func warned(v *sequence.View, d sequence.Due) (sequence.Reason, string) {
	for _, done := range d.Position.Done {
		if done.Step != d.Rung.WarnedBy || done.How != sequence.DoneSent {
			continue
		}
		for _, ago := range []calendar.Span{d.Rung.WarnedAgo, v.Book.Policy.HoldWarned} {
			if !ago.Passed(done.On, v.Case.Today, v.Book.Policy.Business) {
				return sequence.ReasonNotWarned, fmt.Sprintf("warned on %s, %s are not over", done.On, ago)
			}
		}
		return "", ""
	}
	return sequence.ReasonNotWarned, "no warning was accepted"
}

func aboveFloor(v *sequence.View) bool {
	for _, m := range v.Net(nil) {
		if m.Minor > 0 && m.Minor >= v.FloorOfAccount(m.Currency) {
			return true
		}
	}
	return false
}

func live(v *sequence.View, id ar.AccountID) *ar.HoldEntry {
	for i := range v.Case.Holds {
		if e := &v.Case.Holds[i]; e.Account == id && e.State.Live() {
			return e
		}
	}
	return nil
}

// releasedLately reports whether a hold on the account was lifted so lately
// that placing it again needs a yes.
func releasedLately(v *sequence.View, id ar.AccountID) bool {
	for _, e := range v.Case.Holds {
		if e.Account == id && e.State == ar.EntryReleased && int(v.Case.Today-e.ReleasedOn) < v.Book.Policy.HoldAgain {
			return true
		}
	}
	return false
}
