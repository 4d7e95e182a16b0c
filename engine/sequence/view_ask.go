package sequence

import (
	"fmt"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// Whom documents are given to for good.
const (
	ToAgency = "agency"
	ToLegal  = "legal"
)

// Answer is what a person said when asked for a yes.
type Answer int

// The answers to a question.
const (
	AnswerNone Answer = iota // not yet
	AnswerYes
	AnswerNo
)

// Asked returns what a person said to a step that needs a yes.
func (v *View) Asked(d Due) Answer {
	f := v.answer(d.Occasion().YesKey())
	switch {
	case f == nil:
		return AnswerNone
	case f.Code == intake.Yes:
		return AnswerYes
	}
	return AnswerNo
}

// Ask asks for a yes to steps of one account, once, and lets them wait for it.
func (v *View) Ask(due ...Due) []Intent {
	for _, d := range due {
		v.Wait(d, ReasonApproval, "asked on task list: yes or no", 0)
	}
	lead := due[0]
	key := lead.Occasion().YesKey()
	if !v.RaiseOnce(key) {
		return nil
	}
	in := v.TaskFor(lead, due, ReasonApproval, "")
	in.Occasions, in.Key, in.Yes, in.Outcomes = nil, key, true, []string{intake.Yes, intake.No}
	if in.Text == "" {
		in.Text = fmt.Sprintf("%s to %s", lead.Rung.Do, lead.Rung.Role)
	}
	return []Intent{in}
}

// Decline takes the way that a no opens: the step that `otherwise` names, or the
// end of the sequence.
func (v *View) Decline(d Due) {
	p, r := d.Position, d.Rung
	v.Wait(d, ReasonDeclined, "", 0)
	if r.Otherwise == "" {
		p.Ended, p.EndedOn = ReasonDeclined, v.Case.Today
		return
	}
	p.pass(r, d.Repeat, DoneSkipped, v.Case.Today)
	if r.Otherwise != "next" && r.Otherwise != "wait" {
		p.jump(d.Sequence, r, r.Otherwise, v.Case.Today)
	}
}

// Undeclined returns what is due without the messages and holds that a person
// said no to. Those are passed over as if their condition were false, so that
// they are not asked for again.
func (v *View) Undeclined(due []Due) []Due {
	var wanted []Due
	for _, d := range due {
		if !v.declined(d) {
			wanted = append(wanted, d)
			continue
		}
		v.Wait(d, ReasonDeclined, "", 0)
		d.Position.pass(d.Rung, d.Repeat, DoneSkipped, v.Case.Today)
		if d.Rung.Else != "" {
			d.Position.jump(d.Sequence, d.Rung, d.Rung.Else, v.Case.Today)
		}
	}
	return wanted
}

// declined reports whether a person said no to a step. A no to a hold is one to
// the customer's hold: it counts for what reaches the same step later, as long
// as something that it was said to is still open.
func (v *View) declined(d Due) bool {
	if d.Rung.Do != "hold" {
		return v.Asked(d) == AnswerNo
	}
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		if p.Sequence != d.Sequence.Name || p.Subject.Customer != d.Position.Subject.Customer || p.Ended != "" || p.SettledOn != 0 {
			continue
		}
		other := d
		other.Position = p
		if v.Asked(other) == AnswerNo {
			return true
		}
	}
	return false
}

// Working reports whether our own people work today; where they don't, what is
// due for them waits for the next day on which they do.
func (v *View) Working(due []Due) bool {
	business := v.Book.Policy.Business
	if business.IsBusinessDay(v.Case.Today) {
		return true
	}
	for _, d := range due {
		v.Wait(d, ReasonHoliday, "", business.AddBusinessDays(v.Case.Today, 1))
	}
	return false
}

// ByAccountAndStep groups what is due by account and step, in its order:
// invoices of one account at one step are one piece of work.
func ByAccountAndStep(due []Due) [][]Due {
	type key struct {
		customer ar.CustomerID
		rung     *Rung
		ref      string
	}
	var groups [][]Due
	at := map[key]int{}
	for _, d := range due {
		k := key{d.Position.Subject.Customer, d.Rung, d.Position.Subject.Ref}
		if i, ok := at[k]; ok {
			groups[i] = append(groups[i], d)
			continue
		}
		at[k] = len(groups)
		groups = append(groups, []Due{d})
	}
	return groups
}
